with runs as (select * from {{ ref("stg_runs__runs") }})

select
    run_id,
    command,
    started_at,
    finished_at,
    cast(seconds as decimal(18, 3)) as seconds,
    outcome,
    {{ wording_sv("'run_outcome'", "outcome") }} as outcome_sv,
    exit_code,
    failed_step,
    new_reports,
    reports_without_answers
from runs
