"""Loads the records of all runs into schema ``raw``, where the mart ``pipeline_runs`` begins.

The run that loads them stands there as under way: nobody knows its end before the marts are built. Places, hosts and
messages stay in ``state/``: what is published can be handed to anyone.
"""

from pathlib import Path

import duckdb

_RUNS = """
    create or replace temporary table runs as
    from read_json(
        $1,
        columns = {
            run_id: 'varchar', command: 'varchar', started_at: 'timestamp', finished_at: 'timestamp',
            seconds: 'double', outcome: 'varchar', exit_code: 'integer', failed_step: 'varchar',
            steps: 'struct(step varchar, started_at timestamp, seconds double)[]'
        }
    )
"""
_TABLES = """
    create or replace table raw.pipeline_runs as
    select run_id, command, started_at, finished_at, seconds, outcome, exit_code, failed_step from runs order by run_id;

    create or replace table raw.pipeline_run_steps as
    select run_id, generate_subscripts(steps, 1)::integer as step_no, unnest(steps, recursive := true) from runs
    order by run_id, step_no;

    drop table runs;
"""


def load_run_history(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make ``raw.pipeline_runs`` and ``raw.pipeline_run_steps`` what the records below ``folder`` say."""
    connection.execute(_RUNS, [str(folder / "*" / "run.json")])
    connection.execute(_TABLES)
