with source as (select * from {{ source("raw", "pipeline_runs") }})

select
    run_id,
    command,
    started_at,
    finished_at,
    seconds,
    outcome,
    exit_code,
    failed_step,
    new_reports,
    reports_without_answers
from source
