with
    figures as (select * from {{ ref("int_subject_figures") }} where subject_kind = 'budget_line'),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    forecasts as (select * from {{ ref("budget_deviations") }} where comparison = 'forecast_vs_budget'),
    retired_lines as (select * from {{ ref("int_retired_lines") }} where is_retired),

    years as (
        select
            document_id,
            document_title,
            municipality_code,
            municipality,
            information_date,
            coalesce(plan_from_year, year(information_date)) as fiscal_year,
            case when plan_from_year is null then month(information_date) end as months_elapsed
        from documents
    ),

    dated as (
        select
            figures.*,
            budget_figures.period_budget_source,
            years.document_title,
            years.fiscal_year,
            years.months_elapsed,
            case
                when figures.value_kind = 'budget' and figures.period_basis = 'full_year'
                then 'budget'
                when figures.value_kind = 'period_budget'
                then 'period_budget'
                when figures.value_kind = 'forecast'
                then 'forecast'
                when figures.value_kind = 'outcome' and figures.period_end = years.information_date
                then 'outcome_to_date'
            end as this_year,
            figures.value_kind = 'outcome'
            and figures.period_end = {{ year_before("years.information_date") }} as is_same_period_last_year
        from figures
        inner join years on figures.document_id = years.document_id
        inner join budget_figures on figures.figure_id = budget_figures.figure_id
    ),

    wide as (
        select
            document_id,
            document_title,
            municipality_code,
            municipality,
            information_date,
            committee,
            subject_scope,
            subject_code as line_code,
            activity_code,
            fiscal_year,
            months_elapsed,
            min_by(subject_label, (table_no, row_no, col_no)) as line_label,
            bool_and(is_mapped) as is_mapped,
            min_by(table_id, table_no) as table_id,
            min_by(figure_id, (table_no, row_no, col_no)) as first_figure_id,
            {% for kind in ["budget", "period_budget", "outcome_to_date", "forecast"] %}
                max(value) filter (where this_year = '{{ kind }}' and year(period_end) = fiscal_year) as {{ kind }}_tkr,
                max(coalesce(printed_figure_id, input_figure_ids[1])) filter (
                    where this_year = '{{ kind }}' and year(period_end) = fiscal_year
                ) as {{ kind }}_figure_id,
            {% endfor %}
            max(period_budget_source) filter (
                where this_year = 'period_budget' and year(period_end) = fiscal_year
            ) as period_budget_source,
            max(value) filter (where is_same_period_last_year) as same_period_last_year_tkr,
            max(printed_figure_id) filter (where is_same_period_last_year) as same_period_last_year_figure_id
        from dated
        group by all
    )

select
    wide.municipality_code,
    wide.municipality,
    wide.committee,
    {{ committee_id("wide.municipality_code", "wide.committee") }} as committee_id,
    wide.subject_scope,
    {{ wording_sv("'subject_scope'", "wide.subject_scope") }} as subject_scope_sv,
    wide.document_id,
    cast(wide.fiscal_year as integer) as fiscal_year,
    wide.line_code,
    wide.line_label,
    first_rows.row_label,
    wide.activity_code,
    {{ activity_label("wide.activity_code") }} as activity_label,
    first_rows.breakdown,
    {{ wording_sv("'breakdown'", "first_rows.breakdown") }} as breakdown_sv,
    first_rows.line_role,
    {{ wording_sv("'line_role'", "first_rows.line_role") }} as line_role_sv,
    wide.activity_code = 'total' and wide.line_code in ('net_cost', 'investment') as is_headline,
    wide.is_mapped,
    cast(wide.months_elapsed as integer) as months_elapsed,
    cast(wide.budget_tkr as decimal(18, 3)) as budget_tkr,
    cast(wide.period_budget_tkr as decimal(18, 3)) as period_budget_tkr,
    cast(wide.outcome_to_date_tkr as decimal(18, 3)) as outcome_to_date_tkr,
    cast(wide.same_period_last_year_tkr as decimal(18, 3)) as same_period_last_year_tkr,
    cast(wide.forecast_tkr as decimal(18, 3)) as forecast_tkr,
    cast(
        coalesce(wide.forecast_tkr, case when wide.months_elapsed = 12 then wide.outcome_to_date_tkr end)
        - wide.budget_tkr as decimal(18, 3)
    ) as deviation_tkr,
    -- A percentage of an amount with the opposite sign would be meaningless.
    cast(
        case
            when sign(wide.outcome_to_date_tkr) <> - sign(wide.budget_tkr)
            then 100 * wide.outcome_to_date_tkr / nullif(wide.budget_tkr, 0)
        end as decimal(18, 2)
    ) as budget_used_pct,
    cast(
        case
            when sign(wide.outcome_to_date_tkr) <> - sign(wide.same_period_last_year_tkr)
            then
                100
                * (abs(wide.outcome_to_date_tkr) - abs(wide.same_period_last_year_tkr))
                / nullif(abs(wide.same_period_last_year_tkr), 0)
        end as decimal(18, 2)
    ) as change_since_last_year_pct,
    cast(
        case
            when
                wide.months_elapsed < 12
                and sign(wide.forecast_tkr - wide.outcome_to_date_tkr) <> - sign(wide.outcome_to_date_tkr)
            then
                100 * (
                    ((wide.forecast_tkr - wide.outcome_to_date_tkr) / (12 - wide.months_elapsed))
                    / nullif(wide.outcome_to_date_tkr / wide.months_elapsed, 0)
                    - 1
                )
        end as decimal(18, 2)
    ) as implied_rest_of_year_change_pct,
    wide.period_budget_source,
    {{ wording_sv("'period_budget_source'", "wide.period_budget_source") }} as period_budget_source_sv,
    forecasts.budget_version,
    {{ wording_sv("'budget_version'", "forecasts.budget_version") }} as budget_version_sv,
    forecasts.deviation_against_original_tkr,
    forecasts.remaining_forecast_tkr,
    forecasts.linear_forecast_tkr,
    forecasts.seasonal_forecast_tkr,
    forecasts.previous_forecast_error_tkr,
    forecasts.forecast_doubt,
    forecasts.forecast_doubt_sv,
    wide.budget_figure_id,
    wide.period_budget_figure_id,
    wide.outcome_to_date_figure_id,
    wide.same_period_last_year_figure_id,
    wide.forecast_figure_id,
    {{
        source_ref(
            "wide.municipality", "wide.document_title", "tables.section", "tables.table_title", "first_rows.row_label"
        )
    }} as source_ref,
    -- Of several reports on a year the latest one counts.
    retired_lines.figure_id is null
    and row_number() over (
        partition by
            wide.municipality_code,
            wide.committee,
            wide.subject_scope,
            wide.fiscal_year,
            wide.line_code,
            wide.activity_code,
            first_rows.breakdown
        order by wide.information_date desc, wide.document_id
    )
    = 1 as is_current,
    {{
        answer_row_id(
            ["wide.document_id", "wide.committee", "wide.subject_scope", "wide.line_code", "wide.activity_code"]
        )
    }} as row_id
from wide
inner join tables on wide.table_id = tables.table_id
inner join budget_figures as first_rows on wide.first_figure_id = first_rows.figure_id
left join retired_lines on wide.budget_figure_id = retired_lines.figure_id
left join
    forecasts
    on wide.document_id = forecasts.document_id
    and wide.committee = forecasts.committee
    and wide.subject_scope = forecasts.subject_scope
    and wide.line_code = forecasts.line_code
    and wide.activity_code = forecasts.activity_code
    and wide.fiscal_year = forecasts.fiscal_year
where
    coalesce(
        wide.budget_tkr,
        wide.period_budget_tkr,
        wide.outcome_to_date_tkr,
        wide.same_period_last_year_tkr,
        wide.forecast_tkr
    )
    is not null
