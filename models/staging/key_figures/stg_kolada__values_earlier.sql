with source as (select * from {{ source("kolada", "kolada_values_earlier") }})

select
    kpi_id,
    municipality_code,
    "year",
    gender,
    "value",
    coalesce(status, '') as status,
    value_count,
    is_deleted,
    batch_no,
    seen_at,
    superseded_by_batch_no,
    superseded_at
from source
