with steps as (select * from {{ ref("stg_runs__steps") }})

select run_id, step_no, step, started_at, cast(seconds as decimal(18, 3)) as seconds, seconds is not null as is_done
from steps
