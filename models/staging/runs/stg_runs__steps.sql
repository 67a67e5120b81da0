with source as (select * from {{ source("raw", "pipeline_run_steps") }})

select run_id, step_no, step, started_at, seconds
from source
