with
    reported as (
        select *
        from {{ ref("series") }}
        -- Kolada's figures are for whole years, so a figure to August can't be compared.
        where subject_kind = 'measure' and value_kind = 'outcome' and period_basis = 'full_year' and value is not null
    ),
    measures as (select * from {{ ref("measures") }} where kpi_id is not null),
    figures as (
        select kpi_id, municipality_code, year, gender, value, is_preliminary
        from {{ ref("key_figures") }}
        where source = 'kolada' and value is not null and kpi_id in (select kpi_id from measures)
    ),
    kpis as (select * from {{ ref("int_kpis") }}),

    published as (select kpi_id, max(year) as last_year from figures group by kpi_id),

    of_measure as (
        select
            reported.*,
            measures.kpi_id,
            reported.fiscal_year > published.last_year as is_ahead_of_kolada,
            -- A year for which Kolada has no figures yet can't be compared.
            case when reported.fiscal_year <= published.last_year then reported.fiscal_year end as last_year_of_use
        from reported
        inner join measures on reported.subject_code = measures.measure_code
        left join published on measures.kpi_id = published.kpi_id
    ),

    -- Surveys are not made every year, and a report prints the latest one: from the same year or up to two years
    -- before.
    met as (
        select of_measure.*, figures.year as kolada_year, figures.value as kolada_value, figures.is_preliminary
        from of_measure
        left join
            figures
            on of_measure.kpi_id = figures.kpi_id
            and of_measure.municipality_code = figures.municipality_code
            and of_measure.gender = figures.gender
            and figures.year between of_measure.last_year_of_use - 2 and of_measure.last_year_of_use
        qualify
            row_number() over (
                partition by
                    of_measure.municipality_code,
                    of_measure.committee,
                    of_measure.subject_code,
                    of_measure.activity_code,
                    of_measure.gender,
                    of_measure.fiscal_year
                order by figures.year desc nulls last
            )
            = 1
    ),

    judged as (
        select
            *,
            round(cast(value as double precision) - kolada_value, 6) as difference,
            case
                when is_ahead_of_kolada
                then 'not_yet'
                when kolada_value is null
                then 'no_figure'
                when abs(cast(value as double precision) - kolada_value) <= precision + 1e-9
                then 'agrees'
                when kolada_year = fiscal_year
                then 'differs'
                else 'other_year'
            end as outcome
        from met
    )

select
    judged.subject_code as measure_code,
    judged.subject_label as measure_label,
    judged.activity_code,
    {{ activity_label("judged.activity_code") }} as activity_label,
    judged.kpi_id,
    kpis.kpi_title,
    judged.municipality_code,
    judged.municipality,
    judged.committee,
    {{ committee_id("judged.municipality_code", "judged.committee") }} as committee_id,
    judged.fiscal_year,
    judged.period_basis,
    {{ wording_sv("'period_basis'", "judged.period_basis") }} as period_basis_sv,
    judged.period_end,
    judged.gender,
    {{ wording_sv("'gender'", "judged.gender") }} as gender_sv,
    judged.unit,
    {{ wording_sv("'unit'", "judged.unit") }} as unit_sv,
    judged.value as reported_value,
    cast(judged.precision as decimal(18, 6)) as precision,
    judged.kolada_year,
    judged.kolada_value,
    judged.difference,
    judged.outcome,
    {{ wording_sv("'kolada_agreement'", "judged.outcome") }} as outcome_sv,
    case
        when judged.outcome = 'agrees' and judged.kolada_year < judged.fiscal_year
        then 'Rapporten återger talet för ' || judged.kolada_year
        when judged.outcome = 'other_year'
        then 'Kolada har inget tal för ' || judged.fiscal_year || '; närmast före är ' || judged.kolada_year
        when judged.outcome = 'not_yet'
        then 'Kolada har här ännu inga tal för ' || judged.fiscal_year || ', för någon kommun'
        when judged.outcome = 'no_figure'
        then 'Kolada har här inget tal för kommunen ' || judged.fiscal_year || ' eller de två åren före'
    end as note_sv,
    judged.is_preliminary,
    {{ preliminary_in_words("judged.is_preliminary") }} as is_preliminary_sv,
    judged.figure_id,
    judged.document_id,
    {{ kolada_credit_raw() }} || '. Skillnaden: egen bearbetning' as source_ref,
    {{
        answer_row_id(
            [
                "judged.subject_code",
                "judged.activity_code",
                "judged.municipality_code",
                "judged.committee",
                "judged.period_basis",
                "judged.period_end",
                "judged.gender",
            ]
        )
    }} as row_id
from judged
left join kpis on judged.kpi_id = kpis.kpi_id
