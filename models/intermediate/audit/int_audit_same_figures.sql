-- Figures printed twice: the same subject, kind and period in two rows of a document, or an outcome in two
-- documents of a committee.
with
    cells as (
        select *
        from {{ ref("int_audit_cells") }}
        where
            not is_blank
            and value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'deviation', 'change')
    )

select
    case
        when cells.document_id = others.document_id then 'same_figure' else 'same_figure_elsewhere'
    end as relation_kind,
    cells.figure_id,
    cells.factor,
    others.figure_id as other_figure_id,
    others.factor as other_factor
from cells
inner join
    cells as others
    on cells.municipality_code = others.municipality_code
    and cells.committee = others.committee
    and cells.subject_kind = others.subject_kind
    and cells.subject_code = others.subject_code
    and cells.activity_code = others.activity_code
    and cells.gender = others.gender
    and cells.value_kind = others.value_kind
    and cells.period_basis = others.period_basis
    and cells.period_end = others.period_end
where
    (cells.document_id = others.document_id and (cells.table_no, cells.row_no) < (others.table_no, others.row_no))
    or (cells.information_date > others.information_date and cells.value_kind = 'outcome')
