with
    source as (select * from {{ source("raw", "key_figure_values") }}),

    typed as (
        select
            kpi_id,
            municipality_code,
            cast(year as integer) as year,
            coalesce(nullif(gender, ''), 'T') as gender,
            cast(value as double precision) as value,
            coalesce(status, '') as status,
            cast(value_count as integer) as value_count,
            coalesce(cast(is_deleted as boolean), false) as is_deleted,
            file_name
        from source
    )

-- The same figure may be on two pages or in two reports; the loader refuses values that differ.
select distinct kpi_id, municipality_code, year, gender, value, status, value_count, is_deleted, file_name
from typed
