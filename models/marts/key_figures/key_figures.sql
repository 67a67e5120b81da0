{{ config(meta={"touched": "kolada"}, pre_hook="{{ delete_touched(touched_years) }}") }}

with
    synced as (
        select * from {{ ref("stg_kolada__values") }} where not is_deleted and {{ only_touched(touched_years) }}
    ),
    filed as (
        select * from {{ ref("stg_key_figures__values") }} where not is_deleted and {{ only_touched(touched_years) }}
    ),
    batches as (select * from {{ ref("stg_kolada__batches") }}),
    kpis as (select * from {{ ref("int_kpis") }}),
    areas as (select * from {{ ref("int_kolada_areas") }}),
    statuses as (select * from {{ ref("kolada_statuses") }}),

    checked as (select cast(max(fetched_at) as date) as last_day from batches where kind = 'data' and is_landed),

    filed_once as (
        select *, case when file_name like 'cited_in_reports%' then 'report' else 'kolada' end as source
        from filed
        qualify
            row_number() over (
                partition by kpi_id, municipality_code, year, gender, source
                order by value is null, file_name, status, value_count
            )
            = 1
    ),

    -- Synchronised figures are newer than those of a saved file and take precedence.
    figures as (
        select
            kpi_id,
            municipality_code,
            year,
            gender,
            value,
            status,
            value_count,
            'kolada' as source,
            cast(null as varchar) as file_name,
            batch_no,
            seen_at
        from synced
        union all
        select
            kpi_id,
            municipality_code,
            year,
            gender,
            value,
            status,
            value_count,
            source,
            file_name,
            cast(null as bigint) as batch_no,
            cast(null as timestamp) as seen_at
        from filed_once
        where
            source = 'report'
            or not exists (
                select 1
                from synced
                where
                    synced.kpi_id = filed_once.kpi_id
                    and synced.municipality_code = filed_once.municipality_code
                    and synced.year = filed_once.year
                    and synced.gender = filed_once.gender
            )
    )

select
    figures.kpi_id,
    kpis.kpi_title,
    kpis.theme,
    figures.municipality_code,
    areas.area_name as municipality,
    areas.area_type,
    figures.year,
    figures.gender,
    figures.value,
    figures.value_count,
    figures.status,
    case when figures.value is null then coalesce(statuses.missing_reason, 'other') end as missing_reason,
    case when figures.value is null then coalesce(statuses.missing_reason_sv, 'Annan orsak') end as missing_reason_sv,
    coalesce(kpis.unit, 'other') as unit,
    coalesce(kpis.better_when, 'neither') as better_when,
    case
        when figures.batch_no is null or kpis.next_published_year is null
        then null
        when figures.year <> kpis.next_published_year or kpis.publication_date <= checked.last_day
        then false
        else kpis.prel_publication_date <= checked.last_day
    end as is_preliminary,
    {{ preliminary_in_words("is_preliminary") }} as is_preliminary_sv,
    figures.source,
    case
        when figures.source = 'report'
        then 'Källa: kommunens rapport (uppgift som kommunen har hämtat från Kolada)'
        else {{ kolada_credit_raw() }}
    end as source_ref,
    coalesce(kpis.is_mapped, false) as is_mapped,
    figures.file_name,
    figures.batch_no,
    figures.seen_at
from figures
left join kpis on figures.kpi_id = kpis.kpi_id
left join areas on figures.municipality_code = areas.municipality_code
left join statuses on coalesce(nullif(figures.status, ''), '(empty)') = statuses.status
cross join checked
