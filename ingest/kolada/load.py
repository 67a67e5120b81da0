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
# The manifest drops entries without news, to which no figure refers. Others have lost their line: their figures stay.
_FORGET = f"""
    delete from raw.kolada_batches
    where not list_contains($1, batch_no) and batch_no not in ({BATCHES_WITH_FIGURES})
"""
_REGISTER = "insert into raw.kolada_batches by name from manifest where list_contains($1, batch_no)"


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
        with transaction(connection):
            connection.execute(_REGISTER, [[entry.batch_no for entry in whole]])
            _load_run(connection, landing, [entry for entry in whole if entry.status == LANDED])
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
                _take_in(connection, table, answer_query(table.name, files))


def _take_in(connection: duckdb.DuckDBPyConnection, table: Versioned, arrived: str) -> None:
    """Add what is new, and move what has changed or gone to the twin ``…_earlier``."""
    if connection.execute(f"select 1 from raw.{table.name} limit 1").fetchone() is None:
        connection.execute(f"insert into raw.{table.name} from ({arrived}) where not is_deleted")
        return
    key = ", ".join(table.key)
    connection.execute(f"create or replace temp table arrived as {arrived}")
    connection.execute(f"create or replace temp table changed as {_changed(table)} union all by name {_gone(table)}")
    connection.execute(
        f"insert into raw.{table.name}_earlier select known.*, changed.batch_no, changed.seen_at"
        f" from raw.{table.name} as known inner join changed using ({key})"
    )
    same_thing = " and ".join(f"known.{name} = changed.{name}" for name in table.key)
    connection.execute(f"delete from raw.{table.name} as known using changed where {same_thing}")
    connection.execute(f"insert into raw.{table.name} by name from changed")


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
    if table is VALUES:
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
            where not known.is_deleted and {condition}
        )
    """
