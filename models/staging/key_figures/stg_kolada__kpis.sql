{%- set columns -%}
    kpi_id,
    {{ tidy_title("title") }} as kpi_title,
    replace(description, '\n', chr(10)) as description,
    is_divided_by_gender,
    municipality_type,
    operating_area,
    perspective,
    try_cast(prel_publication_date as date) as prel_publication_date,
    try_cast(publication_date as date) as publication_date,
    try_cast(publ_period as integer) as next_published_year,
    try_cast(regexp_extract(title, '\(-\s*(\d{4})\)\s*$', 1) as integer) as ended_year,
    has_ou_data,
    is_deleted as is_removed,
    batch_no,
    seen_at
{%- endset -%}
with
    latest as (select * from {{ source("kolada", "kolada_kpis") }}),
    earlier as (select * from {{ source("kolada", "kolada_kpis_earlier") }})

select {{ columns }}, cast(null as timestamp) as superseded_at, true as is_latest
from latest
union all
select {{ columns }}, superseded_at, false as is_latest
from earlier
