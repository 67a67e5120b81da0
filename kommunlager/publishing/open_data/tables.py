"""The tables that are open data, as the released file describes them, and their CSV files."""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

# Runs are of interest to the installation alone, and Kolada publishes its key figures itself.
_NOT_OPEN = ("pipeline_runs", "pipeline_run_steps", "kpis", "municipality_groups", "kolada_findings")
_KOLADA = "key_figure"
_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
}
_TABLES = "select table_name, comment from duckdb_tables() where schema_name = 'marts' order by table_name"
_COLUMNS = """
    select table_name, column_name, data_type, comment, not is_nullable
    from duckdb_columns()
    where schema_name = 'marts' and data_type not like '%[]'
    order by table_name, column_index
"""
_KEYS = """
    select table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
    from duckdb_constraints()
    where schema_name = 'marts' and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
    order by table_name, constraint_index
"""


@dataclass(frozen=True)
class Column:
    """A column, with its type in the terms of a table schema."""

    name: str
    type: str
    description: str
    is_required: bool


@dataclass(frozen=True)
class ForeignKey:
    """Columns that refer to another table, or to the same one."""

    columns: list[str]
    table: str
    table_columns: list[str]


@dataclass(frozen=True)
class Table:
    """A mart that is open data."""

    name: str
    description: str
    columns: list[Column]
    primary_key: list[str]
    foreign_keys: list[ForeignKey]

    @property
    def file_name(self) -> str:
        """Its CSV file."""
        return f"{self.name}.csv"


def read_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The open tables with the types, keys and descriptions of the released file; lists have no place in CSV."""
    described = [(name, text) for name, text in connection.execute(_TABLES).fetchall() if _is_open(name)]
    columns, keys = connection.execute(_COLUMNS).fetchall(), connection.execute(_KEYS).fetchall()
    names = {name for name, _ in described}
    return [
        Table(
            name=name,
            description=text or "",
            columns=[
                Column(column, _type(kind), about or "", must)
                for table, column, kind, about, must in columns
                if table == name
            ],
            primary_key=[
                column for table, kind, own, *_ in keys if (table, kind) == (name, "PRIMARY KEY") for column in own
            ],
            foreign_keys=[
                ForeignKey(own, other, theirs)
                for table, kind, own, other, theirs in keys
                if (table, kind) == (name, "FOREIGN KEY") and other in names
            ],
        )
        for name, text in described
    ]


def _is_open(name: str) -> bool:
    return name not in _NOT_OPEN and not name.startswith(_KOLADA)


def _type(kind: str) -> str:
    return "number" if re.match(r"DECIMAL\(", kind) else _TYPES[kind]


def write_tables(connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path) -> None:
    """Write a CSV file for each table: UTF-8, commas, quoted text, and nothing at all for a missing value."""
    for table in tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        texts = ", ".join(f'"{column.name}"' for column in table.columns if column.type == "string")
        connection.execute(
            f"""
            copy (select {columns} from marts."{table.name}") to $1
            (format csv, header, force_quote ({texts}), timestampformat '%Y-%m-%dT%H:%M:%S.%fZ')
            """,
            [str(folder / table.file_name)],
        )
