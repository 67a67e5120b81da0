with
    figures as (select * from {{ ref("int_figures") }}),
    series as (select * from {{ ref("series") }}),
    summed_lines as (select * from {{ ref("int_summed_lines") }}),
    versions as (select * from {{ ref("int_budget_versions") }}),
    budget_lines as (select * from {{ ref("budget_lines") }}),
    measures as (select * from {{ ref("measures") }}),
    activities as (select * from {{ ref("activities") }}),

    held as (select * from figures where {{ holds_a_figure() }}),

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
    {{ committee_id("held.municipality_code", "held.committee") }} as committee_id,
    held.subject_scope,
    {{ wording_sv("'subject_scope'", "held.subject_scope") }} as subject_scope_sv,
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
    {{ wording_sv("'unit'", "held.unit") }} as unit_sv,
    case when held.unit_source is not null and held.unit is not null then held.unit_source end as unit_source,
    {{
        wording_sv(
            "'how_known'",
            "case when held.unit_source is not null and held.unit is not null then held.unit_source end",
        )
    }} as unit_source_sv,
    held.kind_source,
    {{ wording_sv("'how_known'", "held.kind_source") }} as kind_source_sv,
    held.sign_source,
    {{ wording_sv("'how_known'", "held.sign_source") }} as sign_source_sv,
    held.role_source,
    {{ wording_sv("'how_known'", "held.role_source") }} as role_source_sv,
    held.statement,
    {{ wording_sv("'statement'", "held.statement") }} as statement_sv,
    held.amount_tkr,
    held.precision,
    held.value_kind,
    {{ wording_sv("'value_kind'", "held.value_kind") }} as value_kind_sv,
    coalesce(versions.budget_version, held.budget_version) as budget_version,
    {{ wording_sv("'budget_version'", "coalesce(versions.budget_version, held.budget_version)") }} as budget_version_sv,
    coalesce(
        versions.budget_version_source, case when held.budget_version in ('original', 'revised') then 'printed' end
    ) as budget_version_source,
    held.gender,
    {{ wording_sv("'gender'", "held.gender") }} as gender_sv,
    cast(year(held.period_end) as integer) as fiscal_year,
    held.period_start,
    held.period_end,
    {{ period_label("held.period_start", "held.period_end", "held.period_basis") }} as period_label,
    held.period_basis,
    {{ wording_sv("'period_basis'", "held.period_basis") }} as period_basis_sv,
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
    measures.measure_label,
    held.activity_code,
    activities.activity_label,
    held.line_code,
    budget_lines.line_label,
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
left join activities on held.activity_code = activities.activity_code
left join measures on held.measure_code = measures.measure_code
left join budget_lines on held.line_code = budget_lines.line_code
