with source as (select * from {{ source("kolada", "kolada_municipalities") }})

select
    municipality_code,
    trim(title) as area_name,
    case when "type" = 'K' then 'municipality' else 'region' end as area_type,
    is_deleted as is_removed,
    seen_at
from source
