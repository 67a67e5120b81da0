"""What DuckDB alone needs: ``python -m benchmarks.kolada_scale.floor load|marts WORK``.

It reads the same bytes into one table, and runs the plain SELECTs that dbt compiled from the models, one after another,
as ``create table as`` under the same memory limit: without history, checks, contracts, comments or tests.
"""

import sys
from pathlib import Path

from benchmarks.kolada_scale.installation import MARTS, Installation
from kommunlager.duckdb_files import connect

_READ = """
    create or replace table kolada_values as
    select row.kpi as kpi_id, row.municipality as municipality_code, row.period as "year", figure.gender,
        figure."value", figure.status, figure."count", figure.isdeleted
    from (
        select row, unnest(row."values") as figure
        from (
            select unnest("values") as row
            from read_json($1, format = 'unstructured', columns = {
                'values': 'struct(kpi varchar, municipality varchar, period integer, "values" struct(gender varchar,
                    count integer, status varchar, value double, isdeleted boolean)[])[]'
            })
        )
    )
"""


def load(installation: Installation) -> None:
    with connect(installation.work / "floor.duckdb") as connection:
        files = sorted(str(path) for path in (installation.landed / "batches").glob("*.gz"))
        connection.execute(_READ, [[file for file in files if not _is_list(file)]])


def _is_list(file: str) -> bool:
    """The first three files of the made-up Kolada are its lists."""
    return Path(file).name <= "0000003.json.gz"


def marts(installation: Installation) -> None:
    with connect(installation.work / "floor.duckdb") as connection:
        connection.execute(f"attach '{installation.database}' as warehouse (read_only)")
        for name in MARTS:
            compiled = next((installation.compiled / "marts").rglob(f"{name}.sql")).read_text(encoding="utf-8")
            connection.execute(f"create or replace table {name} as {compiled}")


if __name__ == "__main__":
    {"load": load, "marts": marts}[sys.argv[1]](Installation(Path(sys.argv[2])))
