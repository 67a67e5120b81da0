"""Loads the records of all runs into schema ``raw``, as the source of the mart ``pipeline_runs``.

The run that loads them is recorded as under way, since it ends after the marts are built. Paths, hosts and messages
stay in ``state/``, so that what is published can be given to anyone.
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
            reports: 'struct(document_id varchar, lacks_answers boolean)[]',
            steps: 'struct(step varchar, started_at timestamp, seconds double)[]'
        }
    )
"""
_TABLES = """
    create or replace table raw.pipeline_runs as
    select
        run_id, command, started_at, finished_at, seconds, outcome, exit_code, failed_step,
        len(reports)::integer as new_reports,
        len(list_filter(reports, lambda report: report.lacks_answers))::integer as reports_without_answers
    from runs
    order by run_id;

    create or replace table raw.pipeline_run_steps as
    select run_id, generate_subscripts(steps, 1)::integer as step_no, unnest(steps, recursive := true) from runs
    order by run_id, step_no;

    drop table runs;
"""


def load_run_history(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Fill ``raw.pipeline_runs`` and ``raw.pipeline_run_steps`` from the records below ``folder``."""
    connection.execute(_RUNS, [str(folder / "*" / "run.json")])
    connection.execute(_TABLES)
