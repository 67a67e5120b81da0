with
    figures as (select * from {{ ref("int_subject_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    places as (select * from {{ ref("int_figures") }}),
    budget_lines as (select * from {{ ref("budget_line_definitions") }}),
    measures as (select * from {{ ref("measure_definitions") }}),

    breaks as (select * from {{ ref("int_breaks") }}),
    survey_years as (select *, 'measure' as subject_kind from {{ ref("int_survey_years") }}),

    -- A report repeats the latest result of a survey as its forecast for a year without one.
    forecasts as (
        select figures.*
        from figures
        left join
            survey_years
            on figures.subject_kind = survey_years.subject_kind
            and figures.municipality_code = survey_years.municipality_code
            and figures.committee = survey_years.committee
            and figures.subject_scope = survey_years.subject_scope
            and figures.subject_code = survey_years.subject_code
            and figures.activity_code = survey_years.activity_code
            and figures.gender = survey_years.gender
        where
            figures.value_kind = 'forecast'
            and coalesce({{ is_survey_year("year(figures.period_end)", "survey_years") }}, true)
    ),

    -- Forecasts made before a reorganisation or a new method that changed what the outcome means.
    broken as (
        select forecasts.figure_id, string_agg(distinct breaks.note, '; ' order by breaks.note) as note
        from forecasts
        inner join breaks on {{ is_about_figure("breaks", "forecasts") }}
        where breaks.valid_from > forecasts.information_date and breaks.valid_from <= forecasts.period_end
        group by forecasts.figure_id
    ),

    -- The outcome is the latest printing for exactly the same period.
    outcomes as (
        select *
        from figures
        where value_kind = 'outcome'
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
                    unit,
                    period_basis,
                    period_end
                order by information_date desc, document_id
            )
            = 1
    ),

    met as (
        select
            forecasts.*,
            outcomes.document_id as outcome_document_id,
            outcomes.value as outcome_value,
            outcomes.precision as outcome_precision,
            outcomes.printed_figure_id as outcome_figure_id,
            outcomes.input_figure_ids as outcome_input_figure_ids,
            outcomes.value - forecasts.value as forecast_error,
            -- For investments neither more nor less is better; for other money a lower amount is worse.
            case
                when forecasts.subject_kind = 'measure'
                then measures.better_when
                when coalesce(budget_lines.cost_type_code, '') <> 'investment'
                then 'higher'
            end as better_when
        from forecasts
        inner join
            outcomes
            on forecasts.municipality_code = outcomes.municipality_code
            and forecasts.committee = outcomes.committee
            and forecasts.subject_scope = outcomes.subject_scope
            and forecasts.subject_kind = outcomes.subject_kind
            and forecasts.subject_code = outcomes.subject_code
            and forecasts.activity_code = outcomes.activity_code
            and forecasts.gender = outcomes.gender
            and forecasts.unit = outcomes.unit
            and forecasts.period_basis = outcomes.period_basis
            and forecasts.period_end = outcomes.period_end
            and forecasts.information_date < outcomes.information_date
        left join budget_lines on forecasts.subject_code = budget_lines.line_code
        left join measures on forecasts.subject_code = measures.measure_code
    ),

    directed as (
        select
            *,
            case
                when forecast_error = 0 or abs(forecast_error) < precision + outcome_precision
                then 'exact'
                when better_when in ('higher', 'lower')
                then case when (forecast_error < 0) = (better_when = 'higher') then 'optimistic' else 'pessimistic' end
                when abs(value) > abs(outcome_value)
                then 'too_high'
                else 'too_low'
            end as direction,
            case
                when unit = 'percent' then 'percent_unit' when outcome_value = 0 then 'outcome_is_zero'
            end as error_pct_reason
        from met
    )

select
    directed.municipality_code,
    directed.municipality,
    directed.committee,
    {{ committee_id("directed.municipality_code", "directed.committee") }} as committee_id,
    directed.subject_scope,
    {{ wording_sv("'subject_scope'", "directed.subject_scope") }} as subject_scope_sv,
    directed.subject_kind,
    {{ wording_sv("'subject_kind'", "directed.subject_kind") }} as subject_kind_sv,
    directed.subject_code,
    directed.subject_label,
    case when directed.subject_kind = 'budget_line' then directed.subject_code end as line_code,
    case when directed.subject_kind = 'measure' then directed.subject_code end as measure_code,
    directed.activity_code,
    {{ activity_label("directed.activity_code") }} as activity_label,
    directed.gender,
    {{ wording_sv("'gender'", "directed.gender") }} as gender_sv,
    cast(year(directed.period_end) as integer) as fiscal_year,
    directed.period_basis,
    {{ wording_sv("'period_basis'", "directed.period_basis") }} as period_basis_sv,
    directed.period_end,
    directed.document_id as forecast_document_id,
    directed.value as forecast_value,
    directed.outcome_document_id,
    directed.outcome_value,
    cast(directed.forecast_error as decimal(18, 4)) as forecast_error,
    case when directed.unit = 'percent' then 'pp' else directed.unit end as error_unit,
    case
        when directed.error_pct_reason is null
        then cast(100 * directed.forecast_error / abs(directed.outcome_value) as decimal(18, 2))
    end as forecast_error_pct,
    directed.error_pct_reason,
    {{ wording_sv("'error_pct_reason'", "directed.error_pct_reason") }} as error_pct_reason_sv,
    cast(date_diff('month', directed.information_date, directed.period_end) as integer) as months_ahead,
    directed.direction,
    {{ wording_sv("'forecast_direction'", "directed.direction") }} as direction_sv,
    broken.note is null as is_comparable,
    broken.note as comparability_note,
    directed.unit,
    {{ wording_sv("'unit'", "directed.unit") }} as unit_sv,
    directed.printed_figure_id as forecast_figure_id,
    directed.outcome_figure_id,
    list_concat(directed.input_figure_ids, directed.outcome_input_figure_ids) as input_figure_ids,
    {{
        source_ref(
            "directed.municipality",
            "documents.document_title",
            "places.section",
            "places.table_title",
            "places.row_label",
        )
    }} as source_ref,
    directed.is_mapped,
    {{
        answer_row_id(
            [
                "directed.municipality_code",
                "directed.committee",
                "directed.subject_scope",
                "directed.subject_kind",
                "directed.subject_code",
                "directed.activity_code",
                "directed.gender",
                "directed.period_basis",
                "directed.period_end",
                "directed.document_id",
            ]
        )
    }} as row_id
from directed
inner join documents on directed.document_id = documents.document_id
inner join places on coalesce(directed.printed_figure_id, directed.input_figure_ids[1]) = places.figure_id
left join broken on directed.figure_id = broken.figure_id
