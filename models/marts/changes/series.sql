with
    figures as (select * from {{ ref("int_subject_figures") }}),
    retired_lines as (select * from {{ ref("int_retired_lines") }} where is_retired),
    versions as (select * from {{ ref("int_budget_versions") }}),

    latest as (
        select *
        from figures
        where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'target')
        qualify
            row_number() over (
                partition by
                    municipality_code,
                    committee,
                    subject_scope,
                    subject_kind,
                    subject_code,
                    activity_code,
                    gender,
                    value_kind,
                    period_basis,
                    period_end
                order by information_date desc, document_id
            )
            = 1
    ),

    -- Within a year the figures with the latest last day count.
    dated as (
        select
            latest.*,
            versions.budget_version as known_budget_version,
            versions.budget_version_source,
            retired_lines.figure_id is null
            and latest.period_end = max(latest.period_end) over (
                partition by
                    latest.municipality_code,
                    latest.committee,
                    latest.subject_scope,
                    latest.subject_kind,
                    latest.subject_code,
                    latest.activity_code,
                    latest.gender,
                    latest.value_kind,
                    latest.period_basis,
                    year(latest.period_end)
            ) as is_current
        from latest
        left join retired_lines on latest.figure_id = retired_lines.figure_id
        left join versions on latest.figure_id = versions.figure_id
    )

select
    municipality_code,
    municipality,
    committee,
    {{ committee_id("municipality_code", "committee") }} as committee_id,
    subject_scope,
    {{ wording_sv("'subject_scope'", "subject_scope") }} as subject_scope_sv,
    subject_kind,
    {{ wording_sv("'subject_kind'", "subject_kind") }} as subject_kind_sv,
    subject_code,
    subject_label,
    case when subject_kind = 'budget_line' then subject_code end as line_code,
    case when subject_kind = 'measure' then subject_code end as measure_code,
    activity_code,
    {{ activity_label("activity_code") }} as activity_label,
    unit,
    {{ wording_sv("'unit'", "unit") }} as unit_sv,
    value_kind,
    {{ wording_sv("'value_kind'", "value_kind") }} as value_kind_sv,
    gender,
    {{ wording_sv("'gender'", "gender") }} as gender_sv,
    cast(year(period_end) as integer) as fiscal_year,
    period_start,
    period_end,
    {{ period_label("period_start", "period_end", "period_basis") }} as period_label,
    period_basis,
    {{ wording_sv("'period_basis'", "period_basis") }} as period_basis_sv,
    value,
    cast(precision as decimal(18, 6)) as precision,
    is_mapped,
    is_derived,
    printed_figure_id as figure_id,
    input_figure_ids,
    known_budget_version as budget_version,
    {{ wording_sv("'budget_version'", "known_budget_version") }} as budget_version_sv,
    budget_version_source,
    {{ wording_sv("'budget_version_source'", "budget_version_source") }} as budget_version_source_sv,
    document_id,
    information_date,
    is_current,
    {{
        answer_row_id(
            [
                "municipality_code",
                "committee",
                "subject_scope",
                "subject_kind",
                "subject_code",
                "activity_code",
                "gender",
                "value_kind",
                "period_basis",
                "period_end",
            ]
        )
    }} as row_id
from dated
