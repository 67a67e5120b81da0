"""Kolada's tables in schema ``raw``: the latest version of each thing, and the versions that it replaced.

Each versioned table ends with ``is_deleted``, ``batch_no`` and ``seen_at`` (when this version was first seen). Its twin
``…_earlier`` holds the earlier versions, with the batch and time that ended them. Unchanged things add nothing.
``kolada_refused_figures`` holds the figures that were out of range when they were last received.
"""

from dataclasses import dataclass

import duckdb

_VERSION = "is_deleted boolean, batch_no bigint, seen_at timestamp"
_BATCHES = """
    batch_no bigint, run_id varchar, kind varchar, address varchar, status varchar, fetched_at timestamp,
    kpi_ids varchar[], area_ids varchar[], years varchar[], from_date date, problem varchar, file_name varchar,
    sha256 varchar, pages bigint, "rows" bigint, figures bigint, loaded_at timestamp
"""
# ``year`` and ``found`` may be any number. ``problem`` names the column that is out of range.
_REFUSED = """
    kpi_id varchar, municipality_code varchar, "year" double, gender varchar, problem varchar, "found" double,
    batch_no bigint, seen_at timestamp
"""


@dataclass(frozen=True)
class Versioned:
    """A table of things that Kolada may change: their key and their other columns."""

    name: str
    key: dict[str, str]
    facts: dict[str, str]

    @property
    def columns(self) -> str:
        """The columns with their types, for ``create table``."""
        return ", ".join(f'"{name}" {kind}' for name, kind in (self.key | self.facts).items()) + ", " + _VERSION


VALUES = Versioned(
    "kolada_values",
    {"kpi_id": "varchar", "municipality_code": "varchar", "year": "integer", "gender": "varchar"},
    {"value": "double", "status": "varchar", "value_count": "integer"},
)
KPIS = Versioned(
    "kolada_kpis",
    {"kpi_id": "varchar"},
    {
        "title": "varchar",
        "description": "varchar",
        "is_divided_by_gender": "boolean",
        "municipality_type": "varchar",
        "auspice": "varchar",
        "operating_area": "varchar",
        "perspective": "varchar",
        "prel_publication_date": "varchar",
        "publication_date": "varchar",
        "publ_period": "varchar",
        "has_ou_data": "boolean",
    },
)
AREAS = Versioned("kolada_municipalities", {"municipality_code": "varchar"}, {"title": "varchar", "type": "varchar"})
GROUPS = Versioned("kolada_groups", {"group_kind": "varchar", "group_id": "varchar"}, {"title": "varchar"})
GROUP_MEMBERS = Versioned(
    "kolada_group_members",
    {"group_kind": "varchar", "group_id": "varchar", "member_id": "varchar"},
    {"member_title": "varchar"},
)
REFUSED_FIGURES = "kolada_refused_figures"
_VERSIONED = (VALUES, KPIS, AREAS, GROUPS, GROUP_MEMBERS)
BATCHES_WITH_FIGURES = "select batch_no from raw.kolada_values union select batch_no from raw.kolada_values_earlier"


def create_kolada_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create Kolada's tables in schema ``raw`` where they don't exist yet."""
    connection.execute("create schema if not exists raw")
    connection.execute(f"create table if not exists raw.kolada_batches ({_BATCHES})")
    connection.execute(f"create table if not exists raw.{REFUSED_FIGURES} ({_REFUSED})")
    for table in _VERSIONED:
        connection.execute(f"create table if not exists raw.{table.name} ({table.columns})")
        connection.execute(
            f"create table if not exists raw.{table.name}_earlier"
            f" ({table.columns}, superseded_by_batch_no bigint, superseded_at timestamp)"
        )


def drop_kolada_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop Kolada's tables, so that everything that has landed is loaded again."""
    versioned = (name for table in _VERSIONED for name in (table.name, f"{table.name}_earlier"))
    for name in ("kolada_batches", REFUSED_FIGURES, *versioned):
        connection.execute(f"drop table raw.{name}")
