{{ config(meta={"touched": "kolada"}, pre_hook="{{ delete_touched(touched_years) }}") }}

with
    municipal as (
        select *
        from {{ ref("key_figures") }}
        where
            source = 'kolada' and area_type = 'municipality' and value is not null and {{ only_touched(touched_years) }}
    ),
    -- Separate and narrow, since DuckDB keeps a CTE that is used twice in memory, here for all of Kolada.
    municipal_values as (
        select kpi_id, municipality_code, year, gender, value
        from {{ ref("key_figures") }}
        where
            source = 'kolada' and area_type = 'municipality' and value is not null and {{ only_touched(touched_years) }}
    ),
    nation as (
        select kpi_id, year, gender, value
        from {{ ref("key_figures") }}
        where source = 'kolada' and area_type = 'nation' and value is not null and {{ only_touched(touched_years) }}
    ),
    areas as (select * from {{ ref("int_kolada_areas") }}),

    asked as (select count(*) as municipality_count from areas where area_type = 'municipality'),

    everywhere as (
        select
            kpi_id,
            year,
            gender,
            count(*) as answered,
            min(value) as lowest,
            quantile_cont(value, [0.25, 0.5, 0.75]) as quartiles,
            max(value) as highest,
            {{ mean_of_figures("value") }} as mean
        from municipal_values
        group by kpi_id, year, gender
    ),

    -- The first two digits of a municipality code are the county.
    counties as (
        select
            kpi_id,
            year,
            gender,
            left(municipality_code, 2) as county_code,
            count(*) as answered,
            median(value) as county_median
        from municipal_values
        group by kpi_id, year, gender, left(municipality_code, 2)
    ),

    sexes as (
        select
            kpi_id,
            municipality_code,
            year,
            max(value) filter (where gender = 'K') as women,
            max(value) filter (where gender = 'M') as men
        from municipal_values
        where gender <> 'T'
        group by kpi_id, municipality_code, year
    ),

    -- One sort gives the rank from both ends: those below, and those not above.
    placed as (
        select
            *,
            rank() over from_lowest as place_from_lowest,
            count(*) over (partition by kpi_id, year, gender order by value) as not_above
        from municipal
        window from_lowest as (partition by kpi_id, year, gender order by value)
    )

select
    placed.kpi_id,
    placed.kpi_title,
    placed.municipality_code,
    placed.municipality,
    placed.year,
    placed.gender,
    placed.unit,
    placed.better_when,
    placed.value,
    cast(
        case
            placed.better_when
            when 'lower'
            then placed.place_from_lowest
            when 'higher'
            then everywhere.answered - placed.not_above + 1
        end as integer
    ) as rank,
    cast(everywhere.answered as integer) as municipalities_answered,
    cast(asked.municipality_count as integer) as municipalities_in_all,
    case
        when everywhere.answered > 1 then round(100.0 * (placed.place_from_lowest - 1) / (everywhere.answered - 1), 1)
    end as percentile,
    everywhere.lowest as lowest_value,
    everywhere.quartiles[1] as lower_quartile,
    everywhere.quartiles[2] as median_of_municipalities,
    everywhere.quartiles[3] as upper_quartile,
    everywhere.highest as highest_value,
    everywhere.mean as unweighted_mean_of_municipalities,
    round(placed.value - everywhere.quartiles[2], 6) as difference_to_median,
    nation.value as nation_value,
    round(placed.value - nation.value, 6) as difference_to_nation,
    counties.county_code,
    counties.county_median,
    cast(counties.answered as integer) as county_municipalities_answered,
    sexes.women as women_value,
    sexes.men as men_value,
    round(sexes.women - sexes.men, 6) as women_minus_men,
    placed.is_preliminary,
    placed.is_preliminary_sv,
    placed.source,
    {{ kolada_credit_own() }} as source_ref
from placed
inner join
    everywhere
    on placed.kpi_id = everywhere.kpi_id
    and placed.year = everywhere.year
    and placed.gender = everywhere.gender
inner join
    counties
    on placed.kpi_id = counties.kpi_id
    and placed.year = counties.year
    and placed.gender = counties.gender
    and left(placed.municipality_code, 2) = counties.county_code
left join nation on placed.kpi_id = nation.kpi_id and placed.year = nation.year and placed.gender = nation.gender
left join
    sexes
    on placed.kpi_id = sexes.kpi_id
    and placed.municipality_code = sexes.municipality_code
    and placed.year = sexes.year
cross join asked
