"""Parts of the bench, each in its own process: ``python -m benchmarks.report_scale.jobs NAME FOLDER``.

Each writes its result beside the installation, as ``NAME.json``.
"""

import dataclasses
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner

from benchmarks.report_scale.installation import BenchInstallation
from benchmarks.report_scale.questions import ask_about_reports
from kommunlager.duckdb_files import connect

_AS_A_RUN_DOES = ("--exclude", "resource_type:test,path:seeds", "--exclude-resource-type", "unit_test")


def models(bench: BenchInstallation) -> dict[str, float]:
    """Build everything with dbt; CPU seconds (of all threads) from the start to the end of each node."""
    seconds: Counter[str] = Counter()

    def listen(event: Any) -> None:
        if event.info.name in ("NodeStart", "NodeFinished"):
            sign = -1 if event.info.name == "NodeStart" else 1
            seconds[event.data.node_info.unique_id] += sign * time.process_time()

    places = ("--target-path", str(bench.build / "target"), "--log-path", str(bench.build / "logs"))
    result = dbtRunner(callbacks=[listen]).invoke(["--quiet", "build", *_AS_A_RUN_DOES, *places])
    if not result.success:
        sys.exit(f"dbt build failed: {result.exception or 'see its messages above'}")
    return dict(seconds)


def floor(bench: BenchInstallation) -> dict[str, float]:
    """The compiled SQL of all models and data tests, one after another in one connection of DuckDB; CPU seconds.

    What is loaded, and the seeds, are copied before the clock starts. There are no contracts and no comments.
    """
    target = bench.build / "target"
    manifest = json.loads((target / "manifest.json").read_text())["nodes"]
    results = json.loads((target / "run_results.json").read_text())["results"]
    seconds: Counter[str] = Counter()
    database = bench.folder / "floor" / bench.database.name
    database.parent.mkdir()
    with connect(database) as connection:
        _copy_what_is_loaded(connection, bench.database)
        for result in results:
            node, sql = manifest.get(result["unique_id"]), result["compiled_code"]
            if node is None or node["resource_type"] not in ("model", "test"):
                continue
            started = time.process_time()
            if node["resource_type"] == "model":
                kind = "view" if node["config"]["materialized"] == "view" else "table"
                connection.execute(f'create {kind} "{node["schema"]}"."{node["name"]}" as {sql}')
            else:
                connection.execute(sql).fetchall()
            seconds[node["resource_type"]] += time.process_time() - started
    return dict(seconds)


def ask(bench: BenchInstallation) -> list[dict[str, object]]:
    """Typical questions about what is published."""
    answered = ask_about_reports(bench.work / "published" / "warehouse.duckdb")
    return [dataclasses.asdict(answer) for answer in answered]


def _copy_what_is_loaded(connection: Any, database: Path) -> None:
    connection.execute(f"attach '{database}' as built (read_only)")
    for (schema,) in connection.execute(
        "select distinct schema_name from duckdb_tables() where database_name = 'built'"
    ).fetchall():
        connection.execute(f'create schema if not exists "{schema}"')
    loaded = """
        select schema_name, table_name from duckdb_tables()
        where database_name = 'built' and schema_name in ('raw', 'seeds')
    """
    for schema, table in connection.execute(loaded).fetchall():
        connection.execute(f'create table "{schema}"."{table}" as from built."{schema}"."{table}"')
    connection.execute("detach built")


if __name__ == "__main__":
    job = {job.__name__: job for job in (models, floor, ask)}[sys.argv[1]]
    folder = Path(sys.argv[2])
    (folder / f"{sys.argv[1]}.json").write_text(json.dumps(job(BenchInstallation(folder))))
