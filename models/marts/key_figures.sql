with
    figures as (select * from {{ ref("stg_key_figures__values") }}),
    kpis as (select * from {{ ref("kpi_definitions") }}),
    municipalities as (select * from {{ ref("municipality_codes") }}),

    sourced as (
        select *, case when file_name like 'cited_in_reports%' then 'report' else 'kolada' end as source
        from figures
        where not is_deleted
    )

select
    sourced.kpi_id,
    kpis.kpi_title,
    kpis.theme,
    sourced.municipality_code,
    municipalities.municipality,
    sourced.year,
    sourced.gender,
    sourced.value,
    sourced.status,
    coalesce(kpis.unit, 'other') as unit,
    coalesce(kpis.better_when, 'neither') as better_when,
    cast(null as boolean) as is_preliminary,
    sourced.source,
    case
        when sourced.source = 'report' then 'Källa: Kolada, så som kommunens rapport återger talet' else 'Källa: Kolada'
    end as source_line,
    kpis.kpi_id is not null as is_mapped,
    sourced.file_name
from sourced
left join kpis on sourced.kpi_id = kpis.kpi_id
left join municipalities on sourced.municipality_code = municipalities.municipality_code
qualify
    row_number() over (
        partition by sourced.kpi_id, sourced.municipality_code, sourced.year, sourced.gender, sourced.source
        order by sourced.value is null, sourced.file_name
    )
    = 1
