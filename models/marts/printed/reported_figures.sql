with
    figures as (select * from {{ ref("int_figures") }}),
    series as (select * from {{ ref("series") }}),
    summed_lines as (select * from {{ ref("int_summed_lines") }}),
    versions as (select * from {{ ref("int_budget_versions") }}),

    held as (
        -- A figure, a target, a mark, or `-` in place of one; the words of assessment tables are in the mart
        -- assessments.
        select *
        from figures
        where
            (value_kind = 'text' and cell_kind in ('number', 'target') and assessment_field is null)
            or (value_kind = 'mark' and cell_kind <> 'blank')
            or (value_kind not in ('text', 'mark') and cell_kind <> 'blank')
    ),

    -- Figures that are in no series also have a latest printing.
    latest_others as (
        select figure_id
        from held
        where value_kind in ('mark', 'approved_range', 'deviation', 'change', 'text')
        qualify
            row_number() over (
                partition by
                    municipality_code,
                    committee,
                    subject_kind,
                    subject_code,
                    activity_code,
                    gender,
                    value_kind,
                    -- A risk value or priority is about its own row, which is not in any other document.
                    case when assessment_field is not null then figure_id end,
                    period_basis,
                    period_end
                order by information_date desc, document_id, table_no, row_no, col_no
            )
            = 1
    )

select
    held.figure_id,
    held.document_id,
    held.municipality_code,
    held.municipality,
    held.committee,
    held.subject_scope,
    held.table_no,
    held.page,
    held.source_line,
    held.section,
    held.table_title,
    held.unit_printed,
    held.row_no,
    held.row_label,
    held.col_no,
    held.column_header,
    held.cell_ref,
    held.raw_text,
    held.value,
    held.unit,
    case when held.unit_source is not null and held.unit is not null then held.unit_source end as unit_source,
    held.kind_source,
    held.sign_source,
    held.role_source,
    held.statement,
    held.amount_tkr,
    held.precision,
    held.value_kind,
    {{ wording_sv("'value_kind'", "held.value_kind") }} as value_kind_sv,
    coalesce(versions.budget_version, held.budget_version) as budget_version,
    coalesce(
        versions.budget_version_source, case when held.budget_version in ('original', 'revised') then 'printed' end
    ) as budget_version_source,
    held.gender,
    cast(year(held.period_end) as integer) as fiscal_year,
    held.period_start,
    held.period_end,
    {{ period_label("held.period_start", "held.period_end", "held.period_basis") }} as period_label,
    held.period_basis,
    case when held.value_kind in ('target', 'approved_range') then held.printed_operator end as operator,
    case
        when held.value_kind not in ('target', 'approved_range')
        then null
        when held.printed_operator in ('>=', '>', '=')
        then held.printed_target
        when held.printed_operator = 'range'
        then held.range_low
    end as target_low,
    case
        when held.value_kind not in ('target', 'approved_range')
        then null
        when held.printed_operator in ('<=', '<', '=')
        then held.printed_target
        when held.printed_operator = 'range'
        then held.range_high
    end as target_high,
    held.measure_code,
    held.activity_code,
    held.line_code,
    summed_lines.sums_to,
    summed_lines.sums_to_label,
    held.is_mapped,
    held.is_edited_by_hand,
    held.is_corrected,
    held.counted_text,
    held.correction_reason,
    series.figure_id is not null or latest_others.figure_id is not null as is_latest,
    held.notes
from held
left join series on held.figure_id = series.figure_id
left join summed_lines on held.row_id = summed_lines.row_id
left join versions on held.figure_id = versions.figure_id
left join latest_others on held.figure_id = latest_others.figure_id
