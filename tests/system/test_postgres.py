"""PostgreSQL for BI, against a real server: the published marts, complete for every reader at every moment."""

import threading
from dataclasses import replace

import duckdb
import psycopg
import pytest

from tests.support.installation import ONLY_PUBLISH, WITHOUT_SITE, TrialInstallation
from tests.support.star_diagram import JOINS, read_joins


@pytest.fixture
def served(released: TrialInstallation, database: str) -> TrialInstallation:
    """A published installation with PostgreSQL configured and loaded."""
    installation = with_postgres(released, database)
    run = installation.kommunlager("run")
    assert run.returncode == 0, run.stderr
    assert "postgres" in run.stdout
    return installation


def with_postgres(installation: TrialInstallation, conninfo: str) -> TrialInstallation:
    return replace(installation, settings={"KOMMUNLAGER_POSTGRES": conninfo})


def ask(database: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(question).fetchall()


def test_postgres_holds_what_is_published_value_by_value(served: TrialInstallation, database: str) -> None:
    with duckdb.connect(str(served.published), read_only=True) as published, psycopg.connect(database) as postgres:
        marts = [name for (name,) in published.execute("select table_name from duckdb_tables()").fetchall()]
        assert len(marts) > 15
        for mart in marts:
            expected = published.execute(f"select * from marts.{mart}").fetchall()
            assert postgres.execute(f"select * from marts.{mart}").fetchall() == expected, mart
    assert ask(database, "select run_id from marts.release") == [(served.run_id,)]


def test_types_and_descriptions_arrive(served: TrialInstallation, database: str) -> None:
    types = dict(
        ask(
            database,
            "select attname, format_type(atttypid, atttypmod) from pg_attribute"
            " where attrelid = 'marts.budget_deviations'::regclass and attnum > 0",
        )
    )
    assert types["deviation_tkr"] == "numeric(18,3)"
    assert types["period_end"] == "date"
    assert "input_figure_ids" not in types
    assert types["is_headline"] == "boolean"
    undescribed = ask(
        database,
        "select attrelid::regclass, attname from pg_attribute inner join pg_class on pg_class.oid = attrelid"
        " where relnamespace = 'marts'::regnamespace and relkind = 'r' and attnum > 0"
        " and (col_description(attrelid, attnum) is null or obj_description(attrelid, 'pg_class') is null)",
    )
    assert undescribed == []


def test_the_keys_of_the_file_arrive(served: TrialInstallation, database: str) -> None:
    """By the same standard views as in the file."""
    with duckdb.connect(str(served.published), read_only=True) as published:
        expected = read_joins(published)
    assert len(expected) > 50
    with psycopg.connect(database) as connection:
        assert {*connection.execute(JOINS).fetchall()} == {*expected}
    required = (
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'marts' and is_nullable = 'NO'"
    )
    assert {*ask(database, required)} == {*served.query(required)}


def test_the_reader_role_reads_marts_and_nothing_else(served: TrialInstallation, database: str) -> None:
    assert served.publish().returncode == 0
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create table public.made_up_other (a int)")
        connection.execute("create role made_up_bi_tool login in role kommunlager_reader")
    with psycopg.connect(database, user="made_up_bi_tool", autocommit=True) as connection:
        assert connection.execute("select count(*) > 900 from marts.reported_figures").fetchone() == (True,)
        for forbidden in (
            "delete from marts.reported_figures",
            "create table marts.mine (a int)",
            "create table public.mine (a int)",
            "create schema mine",
            "drop table marts.series",
            "select * from public.made_up_other",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_a_reader_in_the_middle_of_a_query_keeps_its_release(served: TrialInstallation, database: str) -> None:
    before = served.run_id
    with psycopg.connect(database) as reader, reader.cursor(name="held") as cursor:
        cursor.itersize = 1
        cursor.execute("select run_id, figure_id from marts.reported_figures, marts.release order by figure_id")
        first = cursor.fetchone()
        publish = served.publish()
        assert publish.returncode == 0, publish.stderr
        assert f"still in use: marts_before_{served.run_id.lower()}" in publish.stdout
        rest = cursor.fetchall()
    assert first is not None
    assert {row[0] for row in [first, *rest]} == {before}
    assert ask(database, "select run_id from marts.release") == [(served.run_id,)]
    assert served.publish().returncode == 0
    left = ask(database, "select nspname from pg_namespace where nspname like 'marts%'")
    assert left == [("marts",)]


def test_readers_meet_one_release_or_the_other_while_it_is_exchanged(served: TrialInstallation, database: str) -> None:
    """Queries that join the release's id with a mart's rows, one after another, while three releases are published."""
    seen: set[tuple[object, ...]] = set()
    over = threading.Event()

    def read() -> None:
        with psycopg.connect(database, autocommit=True) as connection:
            while not over.is_set():
                rows = connection.execute(
                    "select run_id, (select count(*) from marts.reported_figures), (select count(*) from marts.dates)"
                    " from marts.release"
                ).fetchall()
                seen.update(rows)

    reader = threading.Thread(target=read)
    reader.start()
    ids = [served.run_id]
    for _ in range(3):
        assert served.publish().returncode == 0
        ids.append(served.run_id)
    over.set()
    reader.join()
    counts = {row[1:] for row in seen}
    assert len(counts) == 1
    assert {row[0] for row in seen} == set(ids)


def test_a_view_that_somebody_built_on_a_mart_is_left_alone_and_named(served: TrialInstallation, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create view public.made_up_view as select count(*) from marts.series")
    publish = served.publish()
    assert publish.returncode == 0
    assert "still in use: marts_before_" in publish.stdout
    assert ask(database, "select * from public.made_up_view")[0][0] > 0


def test_a_schema_of_somebody_else_is_left_alone(released: TrialInstallation, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.made_up_table as select 1 as a")
    publish = with_postgres(released, database).publish()
    assert publish.returncode == 6
    assert "a schema `marts` that Kommunlager did not make" in publish.stderr
    assert ask(database, "select a from marts.made_up_table") == [(1,)]


def test_a_server_that_is_down_lags_and_is_caught_up(served: TrialInstallation, database: str) -> None:
    before = served.run_id
    down = with_postgres(served, "host=127.0.0.1 port=1 user=made_up password=made_up_secret dbname=made_up")
    publish = down.kommunlager("run", "--force", before=ONLY_PUBLISH)
    assert publish.returncode == 6
    assert "Could not load PostgreSQL" in publish.stderr
    assert served.run_id != before  # the files are published all the same
    status = down.kommunlager("status")
    assert "PostgreSQL can't be reached" in status.stdout
    assert f"PostgreSQL is behind: it holds release {before}" in served.kommunlager("status").stdout
    again = served.kommunlager("run")
    assert again.returncode == 0
    assert [step["step"] for step in served.runs()[-1]["steps"]] == ["postgres"]
    assert "PostgreSQL holds the same release" in served.kommunlager("status").stdout
    everything = publish.stdout + publish.stderr + status.stdout
    everything += "".join(
        path.read_text(errors="replace") for path in (served.work / "state").rglob("*") if path.is_file()
    )
    assert "made_up_secret" not in everything


def test_a_wrong_connection_string_is_not_repeated(released: TrialInstallation) -> None:
    publish = with_postgres(released, "host=127.0.0.1 made_up_secret").publish()
    assert publish.returncode == 2
    assert "KOMMUNLAGER_POSTGRES is not a connection string" in publish.stderr
    assert "made_up_secret" not in publish.stdout + publish.stderr


def test_rollback_puts_postgres_back_too(served: TrialInstallation, database: str) -> None:
    first = served.run_id
    assert served.publish().returncode == 0
    assert served.kommunlager("rollback").returncode == 0
    assert ask(database, "select run_id from marts.release") == [(first,)]


@pytest.mark.parametrize("moment", ["_copy_rows", "_let_read", "_move_away", "_drop_replaced"])
def test_a_kill_while_postgres_is_loaded_leaves_it_whole(served: TrialInstallation, database: str, moment: str) -> None:
    kill = (
        "import os, signal, kommunlager.publishing.postgres as postgres\n"
        f"postgres.{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    )
    before = served.run_id
    assert served.kommunlager("publish", before=WITHOUT_SITE + kill).returncode == -9
    [(held,)] = ask(database, "select run_id from marts.release")
    assert held == (served.run_id if moment == "_drop_replaced" else before)
    assert ask(database, "select count(*) > 900 from marts.reported_figures") == [(True,)]
    assert served.publish().returncode == 0
    assert ask(database, "select run_id from marts.release") == [(served.run_id,)]
    assert ask(database, "select count(*) from pg_namespace where nspname like 'marts%'") == [(1,)]
