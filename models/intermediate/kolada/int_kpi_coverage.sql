{{ config(meta={"touched": "kolada"}, pre_hook="{{ delete_touched(touched_kpis) }}") }}

with figures as (select * from {{ ref("key_figures") }} where {{ only_touched(touched_kpis) }})

select
    kpi_id,
    count(*) as figure_count,
    count(distinct municipality_code) filter (
        where area_type = 'municipality' and value is not null
    ) as municipalities_with_values,
    min(year) filter (where value is not null) as first_year,
    max(year) filter (where value is not null) as last_year
from figures
group by kpi_id
