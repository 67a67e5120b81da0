with
    -- In a full build nothing needs to be looked up.
    built as (select last_batch_no, last_day from {{ source("built", "marts_built") }} where {{ is_only_touched() }}),
    figures as (select * from {{ ref("stg_kolada__values") }}),
    -- Separate CTE: DuckDB materialises a CTE that is used twice; here only the newest batches are needed.
    arrived as (select kpi_id, year, batch_no from {{ ref("stg_kolada__values") }}),
    versions as (select * from {{ ref("stg_kolada__kpis") }}),
    batches as (select * from {{ ref("stg_kolada__batches") }}),

    checked as (select cast(max(fetched_at) as date) as last_day from batches where kind = 'data' and is_landed),

    known as (
        select versions.*
        from versions
        cross join built
        where versions.batch_no <= built.last_batch_no
        qualify row_number() over (partition by versions.kpi_id order by versions.batch_no desc) = 1
    ),

    compared as (
        select
            latest.kpi_id,
            latest.next_published_year,
            known.next_published_year as known_published_year,
            latest.kpi_title is distinct from known.kpi_title
            or (latest.next_published_year is null) <> (known.next_published_year is null) as is_other_throughout,
            (
                latest.next_published_year,
                latest.prel_publication_date <= checked.last_day,
                latest.publication_date <= checked.last_day
            ) is distinct from (
                known.next_published_year,
                known.prel_publication_date <= built.last_day,
                known.publication_date <= built.last_day
            ) as is_otherwise_published
        from versions as latest
        cross join built
        cross join checked
        left join known on latest.kpi_id = known.kpi_id
        where latest.is_latest
    ),

    new_batches as (select batches.batch_no from batches cross join built where batches.batch_no > built.last_batch_no),

    touched as (
        select arrived.kpi_id, arrived.year
        from arrived
        inner join new_batches on arrived.batch_no = new_batches.batch_no
        union
        -- Whether a figure is preliminary follows from the publication dates of its KPI, for one year.
        select kpi_id, unnest([next_published_year, known_published_year]) as year
        from compared
        where is_otherwise_published
        union
        select figures.kpi_id, figures.year
        from figures
        inner join compared on figures.kpi_id = compared.kpi_id
        where compared.is_other_throughout
    )

select kpi_id, "year"
from touched
where "year" is not null
