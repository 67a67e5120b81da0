-- What the figures so far say about the year's end, beside each forecast: the same pace as until now, the pace of last
-- year, and how far off the committee's previous forecast was.
with
    figures as (select * from {{ ref("int_subject_figures") }} where subject_kind = 'budget_line'),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    series as (select * from {{ ref("series") }} where subject_kind = 'budget_line' and value_kind = 'outcome'),
    accuracy as (select * from {{ ref("forecast_accuracy") }} where subject_kind = 'budget_line'),
    breaks as (select * from {{ ref("int_breaks") }}),
    changes as (select * from {{ ref("year_over_year_changes") }} where subject_kind = 'budget_line'),

    -- Investments come when they come; a stock has no pace.
    forecasts as (
        select figures.*
        from figures
        inner join budget_figures on figures.figure_id = budget_figures.figure_id
        where
            figures.value_kind = 'forecast'
            and figures.period_basis = 'full_year'
            and budget_figures.breakdown <> 'investment'
    ),

    outcomes_to_date as (
        select *
        from figures
        where value_kind = 'outcome' and period_basis = 'year_to_date' and period_end = information_date
    ),

    paced as (
        select
            forecasts.figure_id,
            forecasts.municipality_code,
            forecasts.committee,
            forecasts.subject_scope,
            forecasts.subject_code,
            forecasts.activity_code,
            forecasts.period_end,
            forecasts.information_date,
            outcomes_to_date.value as outcome_to_date_tkr,
            outcomes_to_date.precision as outcome_precision,
            12 * outcomes_to_date.value / month(outcomes_to_date.period_end) as linear_forecast_tkr,
            same_period.value as same_period_tkr,
            last_year.value as last_year_tkr,
            changes.is_comparable
        from forecasts
        left join
            outcomes_to_date
            on forecasts.document_id = outcomes_to_date.document_id
            and forecasts.committee = outcomes_to_date.committee
            and forecasts.subject_scope = outcomes_to_date.subject_scope
            and forecasts.subject_code = outcomes_to_date.subject_code
            and forecasts.activity_code = outcomes_to_date.activity_code
            and year(forecasts.period_end) = year(outcomes_to_date.period_end)
        left join
            series as same_period
            on forecasts.municipality_code = same_period.municipality_code
            and forecasts.committee = same_period.committee
            and forecasts.subject_scope = same_period.subject_scope
            and forecasts.subject_code = same_period.subject_code
            and forecasts.activity_code = same_period.activity_code
            and same_period.period_basis = 'year_to_date'
            and same_period.period_end = {{ year_before("outcomes_to_date.period_end") }}
        left join
            series as last_year
            on forecasts.municipality_code = last_year.municipality_code
            and forecasts.committee = last_year.committee
            and forecasts.subject_scope = last_year.subject_scope
            and forecasts.subject_code = last_year.subject_code
            and forecasts.activity_code = last_year.activity_code
            and last_year.period_basis = 'full_year'
            and last_year.period_end = {{ year_before("forecasts.period_end") }}
        left join
            changes
            on forecasts.municipality_code = changes.municipality_code
            and forecasts.committee = changes.committee
            and forecasts.subject_scope = changes.subject_scope
            and forecasts.subject_code = changes.subject_code
            and forecasts.activity_code = changes.activity_code
            and changes.value_kind = 'outcome'
            and changes.period_basis = 'year_to_date'
            and changes.period_end = outcomes_to_date.period_end
    ),

    -- Last year's course is the better guide where it is known and comparable. As a decimal, the product of two amounts
    -- in kronor that are taken for thousands would not fit.
    seasoned as (
        select
            *,
            case
                when is_comparable and sign(same_period_tkr) = sign(last_year_tkr)
                then cast(outcome_to_date_tkr as double precision) * last_year_tkr / same_period_tkr
            end as seasonal_forecast_tkr
        from paced
    ),

    errors as (
        select
            paced.figure_id,
            accuracy.forecast_error,
            accuracy.fiscal_year,
            accuracy.period_end,
            accuracy.forecast_document_id,
            accuracy.subject_kind,
            accuracy.municipality_code,
            accuracy.committee,
            accuracy.subject_scope,
            accuracy.subject_code,
            accuracy.activity_code,
            paced.period_end as this_period_end,
            abs(accuracy.months_ahead - date_diff('month', paced.information_date, paced.period_end)) as months_apart
        from paced
        inner join
            accuracy
            on paced.municipality_code = accuracy.municipality_code
            and paced.committee = accuracy.committee
            and paced.subject_scope = accuracy.subject_scope
            and paced.subject_code = accuracy.subject_code
            and paced.activity_code = accuracy.activity_code
            and accuracy.period_end < paced.period_end
            and accuracy.period_basis = 'full_year'
    ),

    -- A line that has been divided anew since is another line.
    outdated as (
        select distinct errors.figure_id, errors.period_end
        from errors
        inner join breaks on {{ is_about_figure("breaks", "errors") }}
        where breaks.valid_from > errors.period_end and breaks.valid_from <= errors.this_period_end
    ),

    earlier_errors as (
        select errors.*
        from errors
        left join outdated on errors.figure_id = outdated.figure_id and errors.period_end = outdated.period_end
        where outdated.figure_id is null
        qualify
            row_number() over (
                partition by errors.figure_id
                order by errors.period_end desc, errors.months_apart, errors.forecast_document_id
            )
            = 1
    )

select
    seasoned.figure_id,
    cast(seasoned.linear_forecast_tkr as decimal(18, 3)) as linear_forecast_tkr,
    cast(seasoned.seasonal_forecast_tkr as decimal(18, 3)) as seasonal_forecast_tkr,
    -- What the rounding of the outcome to date can do to a whole year.
    cast(
        abs(
            seasoned.outcome_precision
            * coalesce(seasoned.seasonal_forecast_tkr, seasoned.linear_forecast_tkr)
            / nullif(seasoned.outcome_to_date_tkr, 0)
        ) as decimal(18, 3)
    ) as pace_precision_tkr,
    cast(earlier_errors.forecast_error as decimal(18, 3)) as previous_forecast_error_tkr,
    earlier_errors.fiscal_year as previous_forecast_year
from seasoned
left join earlier_errors on seasoned.figure_id = earlier_errors.figure_id
