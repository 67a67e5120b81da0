with source as (select * from {{ source("published", "published_gaps") }}) select mart, column_name from source
