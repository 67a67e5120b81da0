-- Each figure of a document once, where several tables print it: a printed figure before a derived one, then the first
-- table and row. Of two columns it is the one that the printed deviation is about, else the revised budget, else the
-- one
-- to the right (a decided budget is printed before the total that replaces it).
with
    figures as (select * from {{ ref("int_figures") }}),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),

    subjects as (
        select
            figure_id,
            row_id,
            table_id,
            document_id,
            table_no,
            row_no,
            col_no,
            'budget_line' as subject_kind,
            line_code as subject_code,
            line_label as subject_label,
            activity_code,
            committee,
            subject_scope,
            'T' as gender,
            'tkr' as unit,
            value_kind,
            period_start,
            period_end,
            period_basis,
            cast(amount_tkr as decimal(18, 4)) as value,
            precision_tkr as precision,
            is_mapped,
            is_derived,
            input_figure_ids,
            has_printed_deviation,
            budget_version
        from budget_figures
        union all
        select
            figure_id,
            row_id,
            table_id,
            document_id,
            table_no,
            row_no,
            col_no,
            'measure' as subject_kind,
            subject_code,
            subject_label,
            activity_code,
            committee,
            subject_scope,
            gender,
            unit,
            value_kind,
            period_start,
            period_end,
            period_basis,
            coalesce(value, case when value_kind = 'target' then printed_target end) as value,
            precision,
            is_mapped,
            false as is_derived,
            cast(null as varchar[]) as input_figure_ids,
            false as has_printed_deviation,
            cast(null as varchar) as budget_version
        from figures
        where not is_money and (value is not null or printed_target is not null)
    )

select
    subjects.*,
    -- A derived figure has no printed cell; its inputs have.
    case when not subjects.is_derived then subjects.figure_id end as printed_figure_id,
    documents.municipality_code,
    documents.municipality,
    documents.document_kind,
    documents.information_date
from subjects
inner join documents on subjects.document_id = documents.document_id
where subjects.value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'target', 'deviation', 'change')
qualify
    row_number() over (
        partition by
            subjects.document_id,
            subjects.committee,
            subjects.subject_scope,
            subjects.subject_kind,
            subjects.subject_code,
            subjects.activity_code,
            subjects.gender,
            subjects.value_kind,
            subjects.period_basis,
            subjects.period_end
        order by
            subjects.is_derived,
            subjects.table_no,
            subjects.row_no,
            subjects.has_printed_deviation desc,
            subjects.budget_version = 'original',
            subjects.budget_version = 'unspecified',
            subjects.col_no desc
    )
    = 1
