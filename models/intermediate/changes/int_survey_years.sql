-- When surveys that aren't made every year were made. A report repeats the latest result until the next survey, so a
-- result that differs from that of the year before is new, and the survey was made that year.
with
    outcomes as (select * from {{ ref("series") }} where value_kind = 'outcome' and period_basis = 'full_year'),
    surveys as (select * from {{ ref("measure_definitions") }} where survey_cycle_years > 1),

    results as (
        select
            outcomes.municipality_code,
            outcomes.committee,
            outcomes.subject_scope,
            outcomes.subject_code,
            outcomes.activity_code,
            outcomes.gender,
            outcomes.fiscal_year,
            surveys.survey_cycle_years,
            outcomes.value <> previous.value as is_new
        from outcomes
        inner join surveys on outcomes.subject_code = surveys.measure_code
        left join
            outcomes as previous
            on outcomes.municipality_code = previous.municipality_code
            and outcomes.committee = previous.committee
            and outcomes.subject_scope = previous.subject_scope
            and outcomes.subject_kind = previous.subject_kind
            and outcomes.subject_code = previous.subject_code
            and outcomes.activity_code = previous.activity_code
            and outcomes.gender = previous.gender
            and outcomes.fiscal_year - 1 = previous.fiscal_year
    )

select
    municipality_code,
    committee,
    subject_scope,
    subject_code,
    activity_code,
    gender,
    survey_cycle_years,
    max(fiscal_year) filter (where is_new) as known_survey_year
from results
group by municipality_code, committee, subject_scope, subject_code, activity_code, gender, survey_cycle_years
-- New results in years that the cycle leaves out: the survey is made more often here.
having count(distinct fiscal_year % survey_cycle_years) filter (where is_new) < 2
