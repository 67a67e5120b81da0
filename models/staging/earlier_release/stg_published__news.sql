with source as (select * from {{ source("published", "published_whats_new") }}) select * from source
