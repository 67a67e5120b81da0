-- Printed counts and net costs divided by Kolada's population on the last day of the same year; a forecast by the
-- latest
-- one up to that day.
with
    series as (
        select * exclude (measure_code)
        from {{ ref("series") }}
        where
            value_kind in ('outcome', 'forecast')
            and subject_scope = 'committee'
            and period_basis = 'full_year'
            and value is not null
    ),
    comparisons as (
        select *, coalesce(population_kpi_id, '{{ var("population_kpi_id") }}') as kpi_id
        from {{ ref("comparisons") }}
        where value_source = 'per_inhabitant'
    ),
    members as (select * from {{ ref("comparison_members") }}),
    populations as (select * from {{ ref("key_figures") }} where source = 'kolada' and value > 0),

    counted as (
        select
            series.*,
            members.comparison_code,
            series.subject_code as measure_code,
            series.value as amount,
            members.comparability,
            members.comparability_note
        from series
        inner join
            members
            on series.subject_code = members.measure_code
            and series.activity_code = members.activity_code
            and {{ any_or("members.municipality_code", "series.municipality_code") }}
        where series.subject_kind = 'measure'
    ),

    -- The marts have costs as negative thousand kronor; a cost per inhabitant is given in positive kronor.
    cost as (
        select
            series.*,
            members.comparison_code,
            members.comparison_code as measure_code,
            -1000 * series.value as amount,
            members.comparability,
            members.comparability_note
        from series
        inner join comparisons on series.subject_code = comparisons.line_code
        inner join
            members
            on comparisons.comparison_code = members.comparison_code
            and {{ any_or("members.municipality_code", "series.municipality_code") }}
        where series.subject_kind = 'budget_line' and series.activity_code = 'total'
    ),

    amounts as (
        select *
        from counted
        union all
        select *
        from cost
    )

select
    amounts.comparison_code,
    amounts.measure_code,
    amounts.activity_code,
    amounts.municipality_code,
    amounts.municipality,
    amounts.committee,
    amounts.fiscal_year,
    amounts.period_basis,
    amounts.period_end,
    amounts.value_kind,
    amounts.gender,
    cast(
        comparisons.inhabitants * cast(amounts.amount as double precision) / populations.value as decimal(18, 2)
    ) as value,
    amounts.comparability,
    amounts.comparability_note,
    coalesce(amounts.input_figure_ids, [amounts.figure_id]) as input_figure_ids,
    populations.kpi_id as input_kpi_id,
    populations.kpi_title as denominator_label,
    make_date(populations.year, 12, 31) as denominator_date,
    populations.year as input_kpi_year,
    populations.value as input_kpi_value
from amounts
inner join comparisons on amounts.comparison_code = comparisons.comparison_code
inner join
    populations
    on comparisons.kpi_id = populations.kpi_id
    and amounts.municipality_code = populations.municipality_code
    and amounts.gender = populations.gender
    and (
        amounts.fiscal_year = populations.year
        -- The population of the year that is forecast is published after it.
        or (amounts.value_kind = 'forecast' and amounts.fiscal_year - populations.year between 1 and 2)
    )
qualify
    row_number() over (
        partition by
            amounts.comparison_code,
            amounts.measure_code,
            amounts.activity_code,
            amounts.municipality_code,
            amounts.committee,
            amounts.period_end,
            amounts.value_kind,
            amounts.gender
        order by populations.year desc
    )
    = 1
