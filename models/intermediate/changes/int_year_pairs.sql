-- Each figure beside the one a year earlier: same basis and same day; for a forecast it is last year's outcome. A
-- survey that is made every second year is compared with the survey before, and printed twice it is one value.
with
    series as (
        select * from {{ ref("series") }} where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan')
    ),
    survey_years as (select *, 'measure' as subject_kind from {{ ref("int_survey_years") }}),

    paired as (
        select
            series.*,
            previous.value as previous_value,
            previous.precision as previous_precision,
            previous.value_kind as previous_value_kind,
            previous.figure_id as previous_figure_id,
            previous.input_figure_ids as previous_input_figure_ids,
            previous.document_id as previous_document_id,
            previous.information_date as previous_information_date,
            previous.period_end as previous_period_end
        from series
        inner join
            series as previous
            on series.municipality_code = previous.municipality_code
            and series.committee = previous.committee
            and series.subject_scope = previous.subject_scope
            and series.subject_kind = previous.subject_kind
            and series.subject_code = previous.subject_code
            and series.activity_code = previous.activity_code
            and series.gender = previous.gender
            and series.unit = previous.unit
            and series.period_basis = previous.period_basis
            and {{ year_before("series.period_end") }} = previous.period_end
            and previous.value_kind = case when series.value_kind = 'forecast' then 'outcome' else series.value_kind end
    )

select
    paired.*,
    paired.value - paired.previous_value as change,
    -- A change within the precision of both figures may be nothing but rounding.
    case
        when {{ is_exact_count("paired.unit", "paired.precision", "paired.subject_label") }}
        then 0
        else paired.precision
    end + case
        when {{ is_exact_count("paired.unit", "paired.previous_precision", "paired.subject_label") }}
        then 0
        else paired.previous_precision
    end as rounding,
    case when survey_years.subject_code is null then 'last_year' else 'previous_survey' end as change_since
from paired
left join
    survey_years
    on paired.subject_kind = survey_years.subject_kind
    and paired.municipality_code = survey_years.municipality_code
    and paired.committee = survey_years.committee
    and paired.subject_scope = survey_years.subject_scope
    and paired.subject_code = survey_years.subject_code
    and paired.activity_code = survey_years.activity_code
    and paired.gender = survey_years.gender
where
    survey_years.subject_code is null
    or case
        when survey_years.known_survey_year is null
        then paired.value <> paired.previous_value
        else {{ is_survey_year("paired.fiscal_year", "survey_years") }}
    end
