"""Loads the records of all runs into schema ``raw``, as the source of the mart ``pipeline_runs``.

The run that loads them is recorded as under way, since it ends after the marts are built. Paths, hosts and messages
stay in ``state/``, so that what is published can be given to anyone.
"""

import dataclasses
import json

import duckdb

from kommunlager.installation import Installation
from kommunlager.runs.record import read_runs

_RUNS = """
    create or replace temporary table runs as
    select unnest(
        from_json(
            $1,
            '[{
                "run_id": "varchar", "command": "varchar", "started_at": "timestamp", "finished_at": "timestamp",
                "seconds": "double", "outcome": "varchar", "exit_code": "integer", "failed_step": "varchar",
                "reports": [{"document_id": "varchar", "lacks_answers": "boolean"}],
                "steps": [{"step": "varchar", "started_at": "timestamp", "seconds": "double"}]
            }]'
        ),
        max_depth := 2
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


def load_run_history(connection: duckdb.DuckDBPyConnection, installation: Installation) -> None:
    """Fill ``raw.pipeline_runs`` and ``raw.pipeline_run_steps`` from the records of all runs."""
    runs, _ = read_runs(installation)
    connection.execute(_RUNS, [json.dumps([dataclasses.asdict(run) for run in runs])])
    connection.execute(_TABLES)
