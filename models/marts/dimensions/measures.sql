with
    definitions as (select * from {{ ref("measure_definitions") }}),
    comparisons as (select * from {{ ref("comparisons") }} where value_source <> 'report'),
    figures as (select * from {{ ref("int_figures") }} where {{ holds_a_figure() }}),
    units as (
        select
            measure_code,
            {{ first_printed("row_label") }} as row_label,
            {{ first_printed("unit") }} as unit,
            count(*) as figure_count
        from figures
        where measure_code is not null
        group by measure_code
    ),

    unmapped as (
        select
            units.measure_code,
            units.row_label as measure_label,
            units.measure_code as measure_family,
            units.unit,
            cast(null as varchar) as better_when,
            cast(null as boolean) as is_accumulating,
            cast(null as varchar) as kpi_id,
            cast(null as varchar) as share_of_measure_code,
            cast(null as integer) as survey_cycle_years,
            false as is_derived,
            false as is_mapped
        from units
        left join definitions on units.measure_code = definitions.measure_code
        where definitions.measure_code is null
    ),

    -- What municipality_comparisons computes from printed figures.
    derived as (
        select
            comparison_code as measure_code,
            comparison_label as measure_label,
            comparison_code as measure_family,
            unit,
            better_when,
            false as is_accumulating,
            cast(null as varchar) as kpi_id,
            cast(null as varchar) as share_of_measure_code,
            cast(null as integer) as survey_cycle_years,
            true as is_derived,
            true as is_mapped
        from comparisons
    ),

    together as (
        select
            measure_code,
            measure_label,
            measure_family,
            unit,
            better_when,
            is_accumulating,
            kpi_id,
            share_of_measure_code,
            survey_cycle_years,
            false as is_derived,
            true as is_mapped
        from definitions
        union all
        select *
        from unmapped
        union all
        select *
        from derived
    )

select
    together.measure_code,
    together.measure_label,
    together.measure_family,
    together.unit,
    {{ wording_sv("'unit'", "together.unit") }} as unit_sv,
    together.better_when,
    {{ wording_sv("'better_when'", "together.better_when") }} as better_when_sv,
    together.is_accumulating,
    together.kpi_id,
    together.share_of_measure_code,
    together.survey_cycle_years,
    together.is_derived,
    together.is_mapped,
    cast(coalesce(units.figure_count, 0) as integer) as figure_count
from together
left join units on together.measure_code = units.measure_code
