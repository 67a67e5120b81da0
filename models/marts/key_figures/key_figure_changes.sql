{{ config(meta={"touched": "kolada"}, pre_hook="{{ delete_touched(touched_changes) }}") }}

with
    figures as (select * from {{ ref("key_figures") }} where value is not null and {{ only_touched(touched_changes) }}),
    all_figures as (
        select kpi_id, municipality_code, year, gender, source, value, is_preliminary
        from {{ ref("key_figures") }}
        where value is not null and {{ only_touched(touched_kpis) }}
    ),

    paired as (
        select
            figures.*,
            previous.value as previous_value,
            round(figures.value - previous.value, 6) as change,
            figures.is_preliminary or previous.is_preliminary as is_preliminary_change,
            case
                when figures.unit = 'percent'
                then 'percent_unit'
                when previous.value = 0
                then 'previous_is_zero'
                when figures.value * previous.value < 0
                then 'sign_turned'
            end as growth_reason
        from figures
        inner join
            all_figures as previous
            on figures.kpi_id = previous.kpi_id
            and figures.municipality_code = previous.municipality_code
            and figures.gender = previous.gender
            and figures.source = previous.source
            and figures.year = previous.year + 1
    ),

    directed as (
        select
            *,
            case
                when change = 0
                then 'unchanged'
                when better_when = 'neither'
                then case when change > 0 then 'increased' else 'decreased' end
                when (change > 0) = (better_when = 'higher')
                then 'better'
                else 'worse'
            end as direction
        from paired
    )

select
    kpi_id,
    kpi_title,
    municipality_code,
    municipality,
    area_type,
    year,
    gender,
    unit,
    better_when,
    value,
    previous_value,
    change,
    case when unit = 'percent' then 'pp' else unit end as change_unit,
    case
        when growth_reason is null then round(100 * (abs(value) - abs(previous_value)) / abs(previous_value), 2)
    end as growth_pct,
    growth_reason,
    {{ wording_sv("'growth_reason'", "growth_reason") }} as growth_reason_sv,
    direction,
    {{ wording_sv("'direction'", "direction") }} as direction_sv,
    is_preliminary_change as is_preliminary,
    {{ preliminary_in_words("is_preliminary_change") }} as is_preliminary_sv,
    source,
    {{ kolada_credit_own() }} as source_ref
from directed
