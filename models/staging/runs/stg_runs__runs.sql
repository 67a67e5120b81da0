with source as (select * from {{ source("raw", "pipeline_runs") }})

select run_id, command, started_at, finished_at, seconds, outcome, exit_code, failed_step
from source
