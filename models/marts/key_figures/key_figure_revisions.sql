with
    latest as (select * from {{ ref("stg_kolada__values") }}),
    earlier as (select * from {{ ref("stg_kolada__values_earlier") }}),
    kpis as (select * from {{ ref("int_kpis") }}),
    areas as (select * from {{ ref("int_kolada_areas") }}),

    versions as (
        select kpi_id, municipality_code, year, gender, value, status, is_deleted, batch_no, seen_at
        from earlier
        union all
        select kpi_id, municipality_code, year, gender, value, status, is_deleted, batch_no, seen_at
        from latest
        where
            -- The batch is part of the condition, since it narrows the search in a large table.
            (kpi_id, municipality_code, year, gender, batch_no)
            in (select kpi_id, municipality_code, year, gender, superseded_by_batch_no from earlier)
    ),

    numbered as (
        select
            *,
            row_number() over figure - 1 as revision_no,
            lag(value) over figure as previous_value,
            lag(status) over figure as previous_status,
            lag(is_deleted) over figure as was_deleted,
            lag(seen_at) over figure as previous_seen_at,
            lead(seen_at) over figure is null as is_latest
        from versions
        window figure as (partition by kpi_id, municipality_code, year, gender order by batch_no)
    ),

    revisions as (
        select
            *,
            case
                when is_deleted
                then 'deleted'
                when was_deleted
                then 'restored'
                when value is null and previous_value is not null
                then 'value_withdrawn'
                when value is not null and previous_value is null
                then 'value_given'
                when value is not distinct from previous_value
                then 'status_changed'
                else 'revised'
            end as revision_kind
        from numbered
        where revision_no > 0
    )

select
    revisions.kpi_id,
    kpis.kpi_title,
    revisions.municipality_code,
    areas.area_name as municipality,
    revisions.year,
    revisions.gender,
    cast(revisions.revision_no as integer) as revision_no,
    revisions.revision_kind,
    {{ wording_sv("'revision_kind'", "revisions.revision_kind") }} as revision_kind_sv,
    revisions.previous_value,
    revisions.value,
    round(revisions.value - revisions.previous_value, 6) as change,
    revisions.previous_status,
    revisions.status,
    revisions.is_deleted,
    revisions.previous_seen_at,
    revisions.seen_at,
    revisions.is_latest,
    {{ kolada_credit_raw() }} || '. Skillnaden: egen bearbetning' as source_ref
from revisions
left join kpis on revisions.kpi_id = kpis.kpi_id
left join areas on revisions.municipality_code = areas.municipality_code
