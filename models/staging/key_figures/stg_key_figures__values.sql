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

-- The same figure may stand on two pages or be printed in two reports; the loader refuses differing values.
select distinct kpi_id, municipality_code, year, gender, value, status, value_count, is_deleted, file_name
from typed
