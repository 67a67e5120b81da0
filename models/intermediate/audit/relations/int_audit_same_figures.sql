-- Figures printed twice: the same subject, kind and period in two rows of a document, or an outcome in two
-- documents of a committee.
with
    cells as (
        select *
        from {{ ref("int_audit_cells") }}
        where
            not is_blank
            and not spans_project
            and value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'deviation', 'change')
    ),

    pairs as (
        select
            case
                when cells.document_id = others.document_id then 'same_figure' else 'same_figure_elsewhere'
            end as relation_kind,
            cells.figure_id,
            cells.factor,
            others.figure_id as other_figure_id,
            others.factor as other_factor,
            cells.subject_code,
            not starts_with(cells.subject_code, 'unmapped_') as is_known,
            abs(cells.value * cells.factor) as magnitude,
            abs(others.value * others.factor) as other_magnitude,
            abs(cells.value * cells.factor - others.value * others.factor)
            <= cells.precision * abs(cells.factor) + others.precision * abs(others.factor) as agrees,
            concat_ws(' ', cells.table_id, others.table_id) as tables
        from cells
        inner join
            cells as others
            on cells.municipality_code = others.municipality_code
            and cells.committee = others.committee
            and cells.subject_scope = others.subject_scope
            and cells.subject_kind = others.subject_kind
            and cells.subject_code = others.subject_code
            and cells.activity_code = others.activity_code
            and cells.gender = others.gender
            and cells.value_kind = others.value_kind
            and cells.period_basis = others.period_basis
            and cells.period_end = others.period_end
        where
            (
                cells.document_id = others.document_id
                and (cells.table_no, cells.row_no) < (others.table_no, others.row_no)
            )
            or (cells.information_date > others.information_date and cells.value_kind = 'outcome')
    ),

    weighed as (
        select
            *,
            count(*) filter (where agrees) over whole_tables as agreements,
            count(*) filter (where not agrees) over whole_tables as disagreements,
            count(distinct subject_code) over whole_tables as lines
        from pairs
        window whole_tables as (partition by tables)
    )

-- Equal labels are not enough (`Totalt`, `Kostnader` of a project): either most of what the two tables have in common
-- agrees, or it is a single line, a seed knows the label and the figures are of similar size. Tables that have several
-- lines in common and no figure are about different activities.
select relation_kind, figure_id, factor, other_figure_id, other_factor
from weighed
where
    (agreements > 0 and agreements >= disagreements)
    or (is_known and lines = 1 and 20 * least(magnitude, other_magnitude) >= greatest(magnitude, other_magnitude))
