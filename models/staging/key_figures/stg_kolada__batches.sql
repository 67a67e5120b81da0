with source as (select * from {{ source("kolada", "kolada_batches") }})

select
    batch_no,
    run_id,
    kind,
    address,
    status = 'landed' as is_landed,
    status = 'failed' as is_failed,
    fetched_at,
    kpi_ids,
    area_ids,
    years,
    from_date,
    problem,
    sha256,
    pages as page_count,
    "rows" as row_count,
    figures as figure_count,
    loaded_at
from source
where kind <> 'run_ended'
