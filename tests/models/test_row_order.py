"""The same data gives the same marts, whatever the order of workbooks and rows and the number of threads."""

import shutil
from pathlib import Path

import duckdb
import pytest
import yaml

from ingest.raw.load import key_figure_files, load_key_figures, load_reports, report_files
from ingest.raw.schema import create_raw_schema
from tests.support.installation import PROJECT, TrialInstallation

# The time of loading is not part of the data.
COLUMNS_OF_THE_LOAD = {"loaded_at"}
# They record the run itself.
MARTS_OF_THE_RUN = {"pipeline_runs", "pipeline_run_steps"}
THREADS = 5
COPIES = 99


@pytest.fixture(scope="module")
def shuffled(built: TrialInstallation, tmp_path_factory: pytest.TempPathFactory) -> TrialInstallation:
    """The shipped data, its workbooks loaded last to first and its raw rows shuffled, built by more threads."""
    folder = tmp_path_factory.mktemp("shuffled")
    installation = TrialInstallation(data=folder / "data", work=folder / "work")
    installation.working_database.parent.mkdir(parents=True)
    with duckdb.connect(str(installation.working_database)) as connection:
        connection.execute(f"attach '{built.working_database}' as built (read_only)")
        _copy_other_tables(connection)
        _load_backwards(connection, installation.data)
        _shuffle(connection)
    built_anew = installation.dbt(
        "build", "--exclude-resource-type", "test", "unit_test", "--profiles-dir", str(_profiles(folder))
    )
    assert built_anew.returncode == 0, built_anew.stdout
    return installation


def _raw_tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[str]:
    query = "select table_name from duckdb_tables() where schema_name = 'raw' and database_name = ?"
    return [name for (name,) in connection.execute(query, [catalog]).fetchall()]


def _copy_other_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the raw tables that no workbook fills as they are in the usual database."""
    create_raw_schema(connection)
    own = set(_raw_tables(connection, "warehouse"))
    for name in set(_raw_tables(connection, "built")) - own - {"marts_built"}:
        connection.execute(f"create table raw.{name} as from built.raw.{name}")


def _load_backwards(connection: duckdb.DuckDBPyConnection, data: Path) -> None:
    municipalities = dict(connection.execute("from built.seeds.municipality_codes select #1, #2").fetchall())
    reports = report_files(connection, municipalities, data / "last_good", "code")
    key_figures = key_figure_files(connection, data / "last_good", "code")
    for kind in ("reports", "key_figures"):
        (data / kind).mkdir(parents=True)
        for path in sorted((PROJECT / "data" / kind).iterdir(), reverse=True):
            shutil.copy(path, data / kind)
            assert not load_reports(reports, data / "reports").refused
    assert not load_key_figures(key_figures, data / "key_figures").refused


def _shuffle(connection: duckdb.DuckDBPyConnection) -> None:
    for name in _raw_tables(connection, "warehouse"):
        connection.execute(f"create temp table rows as from raw.{name} order by md5(rowid || '{name}')")
        connection.execute(f"delete from raw.{name}")
        connection.execute(f"insert into raw.{name} from rows")
        connection.execute("drop table rows")


def _profiles(folder: Path) -> Path:
    """dbt's profile with another number of threads, which need not keep rows in the order of their writing."""
    profiles = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    output = profiles["kommunlager"]["outputs"]["build"]
    output["settings"] |= {"threads": THREADS, "preserve_insertion_order": False}
    (folder / "profiles.yml").write_text(yaml.safe_dump(profiles), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_no_mart_depends_on_the_order_of_rows(built: TrialInstallation, shuffled: TrialInstallation) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built.working_database}' as usual (read_only)")
        connection.execute(f"attach '{shuffled.working_database}' as shuffled (read_only)")
        marts = connection.execute("""
            select table_name, list(column_name order by column_index)
            from duckdb_columns() where database_name = 'usual' and schema_name = 'marts'
            group by table_name order by table_name
        """).fetchall()
        different = []
        for mart, all_columns in marts:
            if mart in MARTS_OF_THE_RUN:
                continue
            columns = ", ".join(f'"{column}"' for column in all_columns if column not in COLUMNS_OF_THE_LOAD)
            for one, other in (("usual", "shuffled"), ("shuffled", "usual")):
                rows = connection.execute(
                    f"select {columns} from {one}.marts.{mart} except all select {columns} from {other}.marts.{mart}"
                ).fetchall()
                different += [f"{mart}, only in {one}: {row}" for row in rows]
    assert len(marts) > 20
    assert different == []


@pytest.mark.slow
def test_copies_of_a_table_get_one_verdict(shuffled: TrialInstallation) -> None:
    compiled = shuffled.work / "target/compiled/kommunlager/models/intermediate/audit/relations/int_audit_sums.sql"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{shuffled.working_database}' as built (read_only)")
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("create schema warehouse.intermediate")
        connection.execute(f"""
            create table warehouse.intermediate.int_audit_lines as
            select lines.* replace (table_id || ' made up ' || copy_no as table_id)
            from built.intermediate.int_audit_lines as lines
            cross join range({COPIES}) as copies(copy_no)
        """)
        verdicts = connection.execute(f"""
            select count(*), columns(* exclude (table_id)), regexp_extract(table_id, '^\\S+') as original
            from ({compiled.read_text(encoding="utf-8")}) as sums
            group by all
        """).fetchall()
    assert len(verdicts) > 20
    assert {copies for copies, *_ in verdicts} == {COPIES}
