with kpis as (select * from {{ ref("int_kpis") }}), used as (select * from {{ ref("int_kpi_coverage") }})

select
    coalesce(kpis.kpi_id, used.kpi_id) as kpi_id,
    kpis.kpi_title,
    kpis.description,
    coalesce(kpis.unit, 'other') as unit,
    {{ wording_sv("'unit'", "coalesce(kpis.unit, 'other')") }} as unit_sv,
    coalesce(kpis.better_when, 'neither') as better_when,
    {{ wording_sv("'better_when'", "coalesce(kpis.better_when, 'neither')") }} as better_when_sv,
    kpis.theme,
    {{ wording_sv("'kpi_theme'", "kpis.theme") }} as theme_sv,
    coalesce(kpis.is_mapped, false) as is_mapped,
    kpis.operating_area,
    kpis.perspective,
    kpis.municipality_type,
    kpis.is_divided_by_gender,
    kpis.prel_publication_date,
    kpis.publication_date,
    kpis.next_published_year,
    coalesce(kpis.life_cycle, 'not_found') as life_cycle,
    {{ wording_sv("'kpi_life_cycle'", "coalesce(kpis.life_cycle, 'not_found')") }} as life_cycle_sv,
    kpis.ended_year,
    kpis.first_seen_at,
    kpis.is_new,
    kpis.earlier_title,
    kpis.renamed_at,
    kpis.removed_at,
    cast(coalesce(used.figure_count, 0) as integer) as figure_count,
    cast(coalesce(used.municipalities_with_values, 0) as integer) as municipalities_with_values,
    used.first_year,
    used.last_year
from kpis
full outer join used on kpis.kpi_id = used.kpi_id
