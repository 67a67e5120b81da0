with source as (select * from {{ source("kolada", "kolada_refused_figures") }})

select
    kpi_id,
    municipality_code,
    format('{:.15g}', "year") as printed_year,
    gender,
    problem,
    format('{:.15g}', "found") as printed_number,
    batch_no,
    seen_at
from source
