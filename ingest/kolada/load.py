"""Loads landed batches into schema ``raw`` without the network: one transaction per sync run, each batch once."""

import hashlib
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from ingest.kolada.answers import answer_query
from ingest.kolada.landing import LANDED, Entry, Landing
from ingest.kolada.raw_tables import (
    AREAS,
    BATCHES_WITH_FIGURES,
    GROUP_MEMBERS,
    GROUPS,
    KPIS,
    REFUSED_FIGURES,
    VALUES,
    Versioned,
    create_kolada_tables,
    drop_kolada_tables,
)
from ingest.raw.input_files import LoadResult, transaction

_TABLES_OF_KIND = {
    "data": (VALUES,),
    "kpi": (KPIS,),
    "municipality": (AREAS,),
    "municipality_groups": (GROUPS, GROUP_MEMBERS),
    "kpi_groups": (GROUPS, GROUP_MEMBERS),
}
# A line that is being written, or was cut by a kill, is not a batch: Landing skips it, and so does ignore_errors.
_MANIFEST = """
    create or replace temp table manifest as
    select *, current_timestamp as loaded_at
    from read_json($1, format = 'newline_delimited', ignore_errors = true, columns = {
        batch_no: 'bigint', run_id: 'varchar', kind: 'varchar', address: 'varchar', status: 'varchar',
        fetched_at: 'timestamp', kpi_ids: 'varchar[]', area_ids: 'varchar[]', years: 'varchar[]', from_date: 'date',
        problem: 'varchar', file_name: 'varchar', sha256: 'varchar', pages: 'bigint', "rows": 'bigint',
        figures: 'bigint'
    })
"""
# What DuckDB raises for the content of a file, unlike a full disk or a lack of memory.
_UNREADABLE = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.OutOfRangeException)
# The manifest drops entries without news, to which no figure refers. Others have lost their line: their figures stay.
_FORGET = f"""
    delete from raw.kolada_batches
    where not list_contains($1, batch_no) and batch_no not in ({BATCHES_WITH_FIGURES})
"""
_REGISTER = "insert into raw.kolada_batches by name from manifest where list_contains($1, batch_no)"
# A full response replaces all that was noted about its KPIs, areas and years.
_FORGET_ASKED_IN_FULL = f"""
    delete from raw.{REFUSED_FIGURES} as earlier
    using (select unnest(kpi_ids) as kpi_id, area_ids, years from loading where from_date is null) as asked
    where asked.kpi_id = earlier.kpi_id
        and list_contains(asked.area_ids, earlier.municipality_code)
        and (asked.years = [] or list_contains(asked.years, format('{{:.15g}}', earlier."year")))
"""


def load_kolada(connection: duckdb.DuckDBPyConnection, state: Path) -> LoadResult:
    """Load what has landed under ``state`` since the last time; a damaged file is refused, the others are loaded."""
    create_kolada_tables(connection)
    landing = Landing(state)
    if _has_other_batches(connection, landing):
        drop_kolada_tables(connection)
        create_kolada_tables(connection)
    connection.execute(_FORGET, [[entry.batch_no for entry in landing.entries]])
    known = {number for (number,) in connection.execute("select batch_no from raw.kolada_batches").fetchall()}
    old = [entry for entry in landing.entries if entry.batch_no in known]
    result = LoadResult(unchanged=[entry.file_name for entry in old if entry.file_name])
    new = [entry for entry in landing.entries if entry.batch_no not in known]
    if new:
        connection.execute(_MANIFEST, [str(landing.manifest)])
    for _, run in groupby(new, key=lambda entry: entry.run_id):
        whole = [entry for entry in run if _is_whole(landing, entry, result)]
        try:
            _load_together(connection, landing, whole)
        except _UNREADABLE:
            whole = [entry for entry in whole if _is_loaded(connection, landing, entry, result)]
        result.loaded += [entry.file_name for entry in whole if entry.file_name]
    return result


def _has_other_batches(connection: duckdb.DuckDBPyConnection, landing: Landing) -> bool:
    """Whether other batches were loaded under the same numbers, as when the folder was emptied or put back."""
    rows = connection.execute("select batch_no, run_id, address from raw.kolada_batches").fetchall()
    loaded = {number: request for number, *request in rows}
    landed = {entry.batch_no: [entry.run_id, entry.address] for entry in landing.entries}
    return any(landed[number] != loaded[number] for number in landed.keys() & loaded.keys())


def damaged_batches(landing: Landing) -> list[Path]:
    """The landed files that are missing or have changed, each once."""
    return [*dict.fromkeys(landing.file(entry) for entry in landing.entries if not _has_its_file(landing, entry))]


def _has_its_file(landing: Landing, entry: Entry) -> bool:
    if entry.status != LANDED or entry.file_name is None:
        return True
    file = landing.file(entry)
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == entry.sha256


def _is_whole(landing: Landing, entry: Entry, result: LoadResult) -> bool:
    if entry.file_name is None or _has_its_file(landing, entry):
        return True
    file = landing.file(entry)
    result.refused[entry.file_name] = (
        f"{file}: is missing or damaged since it was fetched from Kolada."
        " Delete it if it still exists and run `kommunlager kolada sync` to fetch it again."
    )
    return False


def _load_together(connection: duckdb.DuckDBPyConnection, landing: Landing, entries: Sequence[Entry]) -> None:
    with transaction(connection):
        connection.execute(_REGISTER, [[entry.batch_no for entry in entries]])
        _load_run(connection, landing, [entry for entry in entries if entry.status == LANDED])


def _is_loaded(connection: duckdb.DuckDBPyConnection, landing: Landing, entry: Entry, result: LoadResult) -> bool:
    """Load one batch alone; one that can't be read is refused, so that the others of its run are loaded."""
    try:
        _load_together(connection, landing, [entry])
    except _UNREADABLE as error:
        result.refused[str(entry.file_name)] = (
            f"{landing.file(entry)}: can't be read ({str(error).splitlines()[0][:200]})."
            " Delete it and run `kommunlager kolada sync` to fetch it again."
        )
        return False
    return True


def _load_run(connection: duckdb.DuckDBPyConnection, landing: Landing, entries: Sequence[Entry]) -> None:
    for kind, tables in _TABLES_OF_KIND.items():
        of_kind = [entry for entry in entries if entry.kind == kind]
        if of_kind:
            files = [str(landing.file(entry)) for entry in of_kind]
            numbers = [entry.batch_no for entry in of_kind]
            connection.execute(
                "create or replace temp table loading as select $1 || file_name as file, kind, batch_no,"
                " fetched_at as seen_at, kpi_ids, area_ids, years, from_date from raw.kolada_batches"
                " where list_contains($2, batch_no)",
                [str(landing.folder / "batches") + "/", numbers],
            )
            for table in tables:
                _take_in(connection, table, files, sum(entry.figures for entry in of_kind))


def _take_in(connection: duckdb.DuckDBPyConnection, table: Versioned, files: list[str], figures: int) -> None:
    """Add what is new, and move what has changed or gone to the twin ``…_earlier``.

    ``figures`` is how many figures the files hold.
    """
    arrived = answer_query(table.name, files)
    if connection.execute(f"select 1 from raw.{table.name} limit 1").fetchone() is None:
        in_range = _count(connection, f"insert into raw.{table.name} from ({arrived}) where not is_deleted")
        if table is VALUES:
            _note_out_of_range(connection, files, figures - in_range)
        return
    connection.execute(f"create or replace temp table arrived as {arrived}")
    if table is VALUES:
        _note_out_of_range(connection, files, figures - _count(connection, "select count(*) from arrived"))
    key = ", ".join(table.key)
    connection.execute(f"create or replace temp table changed as {_changed(table)} union all by name {_gone(table)}")
    connection.execute(
        f"insert into raw.{table.name}_earlier select known.*, changed.batch_no, changed.seen_at"
        f" from raw.{table.name} as known inner join changed using ({key})"
    )
    same_thing = " and ".join(f"known.{name} = changed.{name}" for name in table.key)
    connection.execute(f"delete from raw.{table.name} as known using changed where {same_thing}")
    connection.execute(f"insert into raw.{table.name} by name from changed")


def _note_out_of_range(connection: duckdb.DuckDBPyConnection, files: list[str], lacking: int) -> None:
    """Note the figures that are out of range, and forget those that were and have since been answered otherwise.

    Where no figure is ``lacking``, all are in range, and the files need not be read a second time.
    """
    if connection.execute(f"select 1 from raw.{REFUSED_FIGURES} limit 1").fetchone():
        _forget_refused(connection, answer_query(VALUES.name, files))
        connection.execute(_FORGET_ASKED_IN_FULL)
    query = answer_query(REFUSED_FIGURES, files) if lacking else f"from raw.{REFUSED_FIGURES} limit 0"
    connection.execute(f"create or replace temp table refused as {query}")
    _forget_refused(connection, "from refused")
    connection.execute(f"insert into raw.{REFUSED_FIGURES} by name from refused")


def _forget_refused(connection: duckdb.DuckDBPyConnection, arrived: str) -> None:
    same_figure = " and ".join(f'earlier."{name}" = arrived."{name}"' for name in VALUES.key)
    connection.execute(f"delete from raw.{REFUSED_FIGURES} as earlier using ({arrived}) as arrived where {same_figure}")


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The number that a query returns: of rows counted, or inserted."""
    (count,) = connection.execute(query).fetchone() or (0,)
    return int(count)


def _changed(table: Versioned) -> str:
    """The rows that are new or different. A thing that was deleted before it was ever seen is not new."""
    facts = (*table.facts, "is_deleted")
    arrived, known = (", ".join(f'{side}."{name}"' for name in facts) for side in ("arrived", "known"))
    return f"""
        select arrived.*
        from arrived
        left join raw.{table.name} as known using ({", ".join(table.key)})
        where row({arrived}) is distinct from row({known})
            and not (arrived.is_deleted and coalesce(known.is_deleted, true))
    """


def _gone(table: Versioned) -> str:
    """The rows of an earlier response that are missing in a full one."""
    refused = ""
    if table is VALUES:
        # A figure that is out of range now was not withdrawn: its last version in range stays.
        refused = f"anti join refused using ({', '.join(table.key)})"
        scope = """
            select kpi_id, unnest(area_ids) as municipality_code, years, batch_no, seen_at
            from (select *, unnest(kpi_ids) as kpi_id from loading where from_date is null)
        """
        inside = "kpi_id, municipality_code"
        condition = "(scope.years = [] or list_contains(scope.years, cast(known.year as varchar)))"
        facts = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in table.facts.items())
    else:
        scope = "select kind as group_kind, batch_no, seen_at from loading"
        inside = "group_kind" if "group_kind" in table.key else ""
        condition = "true"
        facts = ", ".join(f'known."{name}"' for name in table.facts)
    key = ", ".join(table.key)
    join = f"inner join scope using ({inside})" if inside else "cross join scope"
    return f"""
        (
            with scope as ({scope})
            select {", ".join(f"known.{name}" for name in table.key)}, {facts}, true as is_deleted, scope.batch_no,
                scope.seen_at
            from raw.{table.name} as known
            {join}
            anti join arrived using ({key})
            {refused}
            where not known.is_deleted and {condition}
        )
    """
