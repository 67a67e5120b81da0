-- Lines of a list (the parts of one printed total) that a newer document prints without them: the newer list counts,
-- and
-- what it no longer has counts no more. Where the newer parts do not add up to the newer total, nothing is retired.
with
    figures as (select * from {{ ref("int_budget_figures") }} where not is_derived),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    row_sums as (select * from {{ ref("int_row_sums") }}),

    placed as (
        select
            figures.*,
            documents.municipality_code,
            documents.information_date,
            concat_ws(' ', figures.line_code, figures.activity_code) as line_key
        from figures
        inner join documents on figures.document_id = documents.document_id
        where figures.value_kind in ('budget', 'period_budget', 'plan', 'forecast', 'outcome')
    ),

    parts as (
        select
            placed.*,
            totals.line_key as total_key,
            totals.amount_tkr as total_tkr,
            totals.precision_tkr as total_precision_tkr
        from placed
        inner join row_sums on placed.row_id = row_sums.row_id
        inner join placed as totals on row_sums.total_row_id = totals.row_id and placed.col_no = totals.col_no
        where placed.line_key <> totals.line_key
    ),

    lists as (
        select
            municipality_code,
            committee,
            subject_scope,
            document_id,
            information_date,
            breakdown,
            total_key,
            value_kind,
            period_basis,
            period_end,
            abs(sum(amount_tkr) - max(total_tkr)) <= sum(precision_tkr) + max(total_precision_tkr) as adds_up
        from parts
        group by
            municipality_code,
            committee,
            subject_scope,
            document_id,
            information_date,
            breakdown,
            total_key,
            value_kind,
            period_basis,
            period_end,
            table_id,
            col_no
    ),

    -- Lines that the newer document prints anywhere are not gone.
    printed_lines as (select distinct document_id, line_key, value_kind, period_basis, period_end from placed),

    gone as (
        select parts.figure_id, parts.document_id, newer.document_id as newer_document_id, newer.adds_up
        from parts
        inner join
            lists as newer
            on parts.municipality_code = newer.municipality_code
            and parts.committee = newer.committee
            and parts.subject_scope = newer.subject_scope
            and parts.breakdown = newer.breakdown
            and parts.total_key = newer.total_key
            and parts.value_kind = newer.value_kind
            and parts.period_basis = newer.period_basis
            and parts.period_end = newer.period_end
            and (newer.information_date, newer.document_id) > (parts.information_date, parts.document_id)
        left join
            printed_lines
            on newer.document_id = printed_lines.document_id
            and parts.line_key = printed_lines.line_key
            and parts.value_kind = printed_lines.value_kind
            and parts.period_basis = printed_lines.period_basis
            and parts.period_end = printed_lines.period_end
        where printed_lines.line_key is null
    )

select
    figure_id,
    document_id,
    min_by(newer_document_id, (not adds_up, newer_document_id)) as newer_document_id,
    bool_or(adds_up) as is_retired
from gone
group by figure_id, document_id
