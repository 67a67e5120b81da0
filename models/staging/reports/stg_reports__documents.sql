with source as (select * from {{ source("raw", "report_documents") }})

select
    document_id,
    title as document_title,
    municipality_code,
    municipality,
    issuer_kind,
    committee,
    document_kind,
    cast(information_date as date) as information_date,
    cast(nullif(plan_from_year, '') as integer) as plan_from_year,
    cast(nullif(plan_to_year, '') as integer) as plan_to_year,
    source as document_source,
    nullif(source_url, '') as source_url,
    file_name,
    file_hash,
    loaded_at
from source
