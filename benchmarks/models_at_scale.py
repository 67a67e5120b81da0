"""CPU seconds of each dbt model on made-up copies of the shipped reports, and how they grow with the number of reports.

    models_at_scale.py [--project FOLDER] COPIES [COPIES ...]

The shipped reports are loaded once; their raw rows, and the seed rows about them, are then written again under other
document ids and committees, both of which say that they are made up. Models are built without tests, each in dbt's one
thread, and measured with all of DuckDB's own threads. With two sizes or more, the last column is the power of the
number of copies with which a model's time grew between the smallest and the largest.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
from dbt.cli.main import dbtRunner

from benchmarks.measured import KOMMUNLAGER, PROJECT

# Below this a model's time is dbt's overhead and says nothing about growth.
NOTICEABLE_SECONDS = 0.2


def load_shipped_reports(database: Path) -> None:
    work = database.parent
    environment = {**os.environ, "KOMMUNLAGER_WORK": str(work), "KOMMUNLAGER_DATA": str(PROJECT / "data")}
    environment["KOMMUNLAGER_DATABASE"] = str(database)
    subprocess.run([*KOMMUNLAGER, "ingest"], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)


def make_up_copies(database: Path, copies: int) -> None:
    """Repeat each row that names a document, for this many copies of each document."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"""
            create temp table copies as
            select
                document_id,
                document_id || '_made_up_' || copy_no as new_document_id,
                committee || ' (made up ' || copy_no || ')' as new_committee
            from (select row_number() over (order by document_id) as place, * from raw.report_documents)
            cross join range(1, {copies} + 1) as numbers(copy_no)
            where (copy_no - 1) * (select count(*) from raw.report_documents) + place <= {copies}
        """)
        tables = connection.execute("""
            select schema_name || '.' || table_name, list(column_name order by column_index)
            from duckdb_columns()
            where schema_name in ('raw', 'seeds')
            group by all
            having list_contains(list(column_name), 'document_id')
        """).fetchall()
        new = {"document_id": "new_document_id", "committee": "new_committee"}
        for table, columns in tables:
            values = ", ".join(new.get(column, f"rows.{column}") for column in columns)
            connection.execute(f"""
                insert into {table} select {values} from {table} as rows inner join copies using (document_id)
            """)


def dbt(project: Path, folder: Path, *words: str, callbacks: list[Any] | None = None) -> None:
    places = ["--project-dir", project, "--profiles-dir", project, "--target-path", folder, "--log-path", folder]
    result = dbtRunner(callbacks=callbacks or []).invoke(["--quiet", *words, *map(str, places)])
    if not result.success:
        sys.exit(f"dbt {' '.join(words)} failed: {result.exception or 'see its messages above'}")


def cpu_of_models(project: Path, copies: int) -> Counter[str]:
    """CPU seconds (user and system, all threads) from the start to the end of each model."""
    seconds: Counter[str] = Counter()

    def listen(event: Any) -> None:
        if event.info.name in ("NodeStart", "NodeFinished"):
            sign = -1 if event.info.name == "NodeStart" else 1
            seconds[event.data.node_info.node_name] += sign * time.process_time()

    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "warehouse.duckdb"
        os.environ["KOMMUNLAGER_DATABASE"] = str(database)
        load_shipped_reports(database)
        dbt(project, Path(folder), "seed")
        make_up_copies(database, copies)
        dbt(project, Path(folder), "run", callbacks=[listen])
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("copies", nargs="+", type=int, help="how many documents to make up")
    parser.add_argument("--project", type=Path, default=PROJECT, help="the dbt project to measure")
    arguments = parser.parse_args()
    sizes = sorted(arguments.copies)
    measured = {copies: cpu_of_models(arguments.project.resolve(), copies) for copies in sizes}
    largest = measured[sizes[-1]]
    print("".join(f"{copies:>12}" for copies in sizes) + f"{'growth':>9}  CPU seconds at that many copies")
    for model, seconds in largest.most_common():
        print("".join(f"{measured[copies][model]:>12.2f}" for copies in sizes), end="")
        if len(sizes) > 1 and seconds >= NOTICEABLE_SECONDS:
            growth = math.log(seconds / measured[sizes[0]][model]) / math.log(sizes[-1] / sizes[0])
            print(f"{growth:>9.2f}  {model}")
        else:
            print(f"{'':>9}  {model}")
    print("".join(f"{measured[copies].total():>12.2f}" for copies in sizes) + f"{'':>9}  all models")


if __name__ == "__main__":
    main()
