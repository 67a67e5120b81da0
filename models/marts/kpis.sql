with
    definitions as (select * from {{ ref("kpi_definitions") }}),
    figures as (select * from {{ ref("key_figures") }}),

    used as (select kpi_id, count(*) as figure_count from figures group by kpi_id)

select
    coalesce(definitions.kpi_id, used.kpi_id) as kpi_id,
    definitions.kpi_title,
    coalesce(definitions.unit, 'other') as unit,
    coalesce(definitions.better_when, 'neither') as better_when,
    definitions.theme,
    definitions.kpi_id is not null as is_mapped,
    cast(coalesce(used.figure_count, 0) as integer) as figure_count
from definitions
full outer join used on definitions.kpi_id = used.kpi_id
