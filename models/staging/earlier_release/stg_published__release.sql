with source as (select * from {{ source("published", "published_release") }}) select run_id, released_at from source
