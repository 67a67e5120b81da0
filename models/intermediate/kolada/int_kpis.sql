with
    versions as (select * from {{ ref("stg_kolada__kpis") }}),
    definitions as (select * from {{ ref("kpi_definitions") }}),
    batches as (select * from {{ ref("stg_kolada__batches") }}),

    catalogue as (select * from versions where is_latest),

    first_catalogue as (select min(fetched_at) as seen_at from batches where kind = 'kpi' and is_landed),

    appeared as (select kpi_id, min(seen_at) as first_seen_at from versions group by kpi_id),

    titles as (
        select
            kpi_id,
            kpi_title,
            superseded_at,
            batch_no,
            lead(kpi_title) over (partition by kpi_id order by batch_no) as next_title
        from versions
    ),

    renamed as (
        select kpi_id, max(superseded_at) as renamed_at, max_by(kpi_title, batch_no) as earlier_title
        from titles
        where next_title <> kpi_title
        group by kpi_id
    )

select
    coalesce(catalogue.kpi_id, definitions.kpi_id) as kpi_id,
    coalesce(catalogue.kpi_title, {{ tidy_title("definitions.kpi_title") }}) as kpi_title,
    {{ tidy_title("definitions.kpi_title") }} as reviewed_title,
    catalogue.description,
    coalesce(definitions.unit, 'other') as unit,
    coalesce(definitions.better_when, 'neither') as better_when,
    definitions.theme,
    definitions.kpi_id is not null as is_mapped,
    catalogue.operating_area,
    catalogue.perspective,
    catalogue.municipality_type,
    catalogue.is_divided_by_gender,
    catalogue.has_ou_data,
    catalogue.prel_publication_date,
    catalogue.publication_date,
    catalogue.next_published_year,
    case
        when first_catalogue.seen_at is null
        then 'not_looked_up'
        when catalogue.kpi_id is null
        then 'not_found'
        when catalogue.is_removed
        then 'removed'
        when catalogue.ended_year is not null
        then 'ended'
        else 'current'
    end as life_cycle,
    catalogue.ended_year,
    appeared.first_seen_at,
    appeared.first_seen_at > first_catalogue.seen_at as is_new,
    renamed.earlier_title,
    renamed.renamed_at,
    case when catalogue.is_removed then catalogue.seen_at end as removed_at
from definitions
full outer join catalogue on definitions.kpi_id = catalogue.kpi_id
left join appeared on catalogue.kpi_id = appeared.kpi_id
left join renamed on catalogue.kpi_id = renamed.kpi_id
cross join first_catalogue
