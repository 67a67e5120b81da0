"""The release that the news compare with: what people see when the next one is made.

dbt knows one database. So the answers that people see now are copied beside the input (schema ``raw``) before the next
ones are built, and ``dbt build`` on its own finds them there. After a rollback they are those of the release that was
put back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kommunlager.duckdb_files import connect
from kommunlager.installation import Installation
from kommunlager.publishing.releases import Release, published_release

# The columns that macros/news/ reads. A mart that lacks one in the published release is not compared.
_COMPARED = {
    "documents": """
        municipality_code varchar, municipality varchar, committee varchar, document_id varchar,
        document_title varchar, information_date date, table_count integer, figure_count integer,
        set_aside_reason varchar
    """,
    "budget_deviations": """
        municipality_code varchar, municipality varchar, committee varchar, subject_scope varchar,
        document_id varchar, fiscal_year integer, as_of_date date, comparison varchar, answer_to varchar,
        period_basis varchar, breakdown varchar, line_code varchar, line_label varchar, row_label varchar,
        activity_code varchar, is_headline boolean, is_addable boolean, is_current boolean, deviation_tkr decimal(18,3),
        deviation_pct decimal(18,2), deviation_pct_of_net_budget decimal(18,2),
        deviation_previous_forecast_tkr decimal(18,3), forecast_doubt varchar, forecast_doubt_sv varchar,
        headline_sv varchar, compared_figure_id varchar, deviation_figure_id varchar
    """,
    "goal_fulfilment": """
        municipality_code varchar, municipality varchar, committee varchar, document_id varchar,
        value_document_id varchar, goal_kind varchar, measure_code varchar, activity_code varchar, gender varchar,
        indicator_label varchar, unit varchar, target_year integer, target_text varchar, value decimal(18,4),
        status varchar, status_sv varchar, value_figure_id varchar, target_figure_id varchar, is_current boolean
    """,
    "target_changes": """
        municipality_code varchar, municipality varchar, committee varchar, goal_kind varchar, measure_code varchar,
        activity_code varchar, gender varchar, indicator_label varchar, target_year integer,
        first_target_text varchar, later_document_id varchar, later_target_text varchar, counted_direction varchar,
        counted_direction_sv varchar, first_target_figure_id varchar, later_target_figure_id varchar
    """,
    "budget_changes": """
        municipality_code varchar, municipality varchar, committee varchar, subject_scope varchar, line_code varchar,
        line_label varchar, row_label varchar, activity_code varchar, breakdown varchar, line_role varchar,
        is_addable boolean, fiscal_year integer, first_document_id varchar, first_budget_version varchar,
        first_budget_tkr decimal(18,3), later_document_id varchar, later_budget_version varchar,
        later_budget_tkr decimal(18,3), change_kind varchar, change_kind_sv varchar, explanation varchar,
        first_figure_id varchar, later_figure_id varchar
    """,
    "restatements": """
        municipality_code varchar, municipality varchar, committee varchar, subject_scope varchar,
        subject_kind varchar, subject_code varchar, subject_label varchar, activity_code varchar, gender varchar,
        value_kind varchar, period_basis varchar, period_end date, period_label varchar, later_document_id varchar,
        first_value decimal(18,4), later_value decimal(18,4), unit varchar, explanation varchar,
        first_figure_id varchar, later_figure_id varchar
    """,
    "audit_findings": """
        municipality_code varchar, municipality varchar, committee varchar, finding_id varchar, document_id varchar,
        severity varchar, status varchar, table_title varchar, row_label varchar, message_sv varchar,
        figure_id varchar
    """,
    "reported_figures": """
        municipality_code varchar, municipality varchar, committee varchar, figure_id varchar, document_id varchar,
        table_title varchar, row_label varchar, column_header varchar, counted_text varchar, is_edited_by_hand boolean
    """,
    "data_coverage": """
        municipality_code varchar, municipality varchar, subject_kind varchar, figure_count integer
    """,
    "key_figure_revisions": "municipality_code varchar",
    "whats_new": """
        run_id varchar, released_at timestamp, previous_run_id varchar, previous_released_at timestamp,
        memo_order integer, change_kind varchar, change_kind_sv varchar, importance integer, heading_sv varchar,
        sentence_sv varchar, changes integer, subject_kind varchar, subject_key varchar, subject_label varchar,
        subject_year integer, municipality_code varchar, municipality varchar, committee varchar,
        document_id varchar, value_before decimal(18,4), value_now decimal(18,4), text_before varchar,
        text_now varchar, figure_id_before varchar, figure_id_now varchar
    """,
}
_RELEASE = """
    create or replace table raw.published_release (run_id varchar, released_at timestamp);
    create or replace table raw.published_gaps (mart varchar, column_name varchar);
"""
_COLUMNS = """
    select column_name
    from duckdb_columns()
    where database_name = coalesce($1, current_database()) and schema_name = $2 and table_name = $3
"""
_LEAVE_UNCOMPARED = """
    delete from marts.whats_new where run_id <> '' or change_kind <> 'summary';
    update marts.whats_new
    set
        changes = 0,
        previous_run_id = null,
        previous_released_at = null,
        sentence_sv = 'Utgåvan kan inte jämföras med den före: svaren var redan byggda när den publicerades,'
            || ' eller så gick den inte att läsa'
"""
_NAME_NEWS = """
    update marts.whats_new set run_id = release.run_id, released_at = release.released_at
    from marts.release where whats_new.run_id = ''
"""


def copy_compared_release(connection: duckdb.DuckDBPyConnection, installation: Installation) -> None:
    """Fill ``raw.published_*`` from the published release, unless they hold it already; without one they are empty."""
    release = published_release(installation)
    if release is not None and _compared_run_id(connection) == release.run_id:
        return
    _create_tables(connection)
    with _attached(connection, release) as is_attached:
        if is_attached:
            _copy_marts(connection)


def name_release_of_news(warehouse: Path, published: Release | None) -> None:
    """Name the release in the news of a new warehouse file: they were built before it had a name.

    If they don't compare it with the published release, they would be old news: the same build is published again, or
    another release was put back after the build. Then only that is said, beside the news of earlier releases.
    """
    with connect(warehouse) as connection:
        if not _names(connection, None, "marts", "whats_new"):
            return
        compared = connection.execute("select previous_run_id from marts.whats_new where run_id = ''").fetchone()
        if published is not None and compared is not None and compared[0] != published.run_id:
            connection.execute(_LEAVE_UNCOMPARED)
            with _attached(connection, published) as is_attached:
                if is_attached:
                    _copy_columns(connection, "whats_new", "marts.whats_new")
        connection.execute(_NAME_NEWS)
        connection.execute("checkpoint")


def _compared_run_id(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The release whose answers ``raw`` holds; None if it holds none."""
    if not _names(connection, None, "raw", "published_release"):
        return None
    found = connection.execute("select run_id from raw.published_release").fetchone()
    return str(found[0]) if found else None


def _create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(_RELEASE)
    for mart, columns in _COMPARED.items():
        connection.execute(f"create or replace table raw.published_{mart} ({columns})")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, release: Release | None) -> Iterator[bool]:
    """Attach a release as ``published``; False if there is none, or if its file can't be read.

    The run makes a new release of a damaged one, and its news say that there was nothing to compare with.
    """
    if release is None:
        yield False
        return
    file_name = str(release.warehouse).replace("'", "''")
    try:
        connection.execute(f"attach '{file_name}' as published (read_only)")
    except duckdb.Error:
        yield False
        return
    try:
        yield True
    finally:
        connection.execute("detach published")


def _copy_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy the columns that the release has, and list those that it lacks; nothing if a part of it is damaged."""
    try:
        for mart in _COMPARED:
            for name in _copy_columns(connection, mart, f"raw.published_{mart}"):
                connection.execute("insert into raw.published_gaps values (?, ?)", [mart, name])
        connection.execute("insert into raw.published_release select run_id, released_at from published.marts.release")
    except duckdb.Error:
        _create_tables(connection)


def _copy_columns(connection: duckdb.DuckDBPyConnection, mart: str, target: str) -> list[str]:
    """Add the rows of a published mart to a table; returns the columns of the table that the mart lacks."""
    schema, table = target.split(".")
    wanted = _names(connection, None, schema, table)
    held = _names(connection, "published", "marts", mart)
    common = ", ".join(name for name in wanted if name in held)
    if common:
        connection.execute(f"insert into {target} by name select {common} from published.marts.{mart}")
    return [name for name in wanted if name not in held]


def _names(connection: duckdb.DuckDBPyConnection, database: str | None, schema: str, table: str) -> list[str]:
    return [name for (name,) in connection.execute(_COLUMNS, [database, schema, table]).fetchall()]
