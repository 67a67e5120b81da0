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
TITLES = {
    "activities": "Verksamheter",
    "assessments": "Bedömningar i ord: uppdrag, risker, kontroller och behov",
    "audit_findings": "Granskning: vad som inte stämmer i rapporterna",
    "budget_changes": "Ändrade budgetar",
    "budget_deviations": "Avvikelser från budget",
    "budget_follow_up": "Budgetuppföljning, en rad per budgetpost",
    "budget_lines": "Budgetposter",
    "committees": "Nämnder",
    "data_coverage": "Vilka år och uppgifter som finns",
    "data_dictionary": "Beskrivning av alla kolumner",
    "dates": "Kalender",
    "documents": "Rapporter",
    "figure_sources": "Vilka tryckta uppgifter varje rad bygger på",
    "forecast_accuracy": "Prognoser jämförda med utfall",
    "forecast_accuracy_by_document": "Träffsäkerhet i varje rapports prognoser",
    "goal_fulfilment": "Måluppfyllelse",
    "measures": "Mått",
    "municipalities": "Kommuner",
    "municipality_comparisons": "Jämförelser mellan kommuner",
    "municipality_results": "Kommunernas resultat och balanskrav",
    "organisation_changes": "Ändrad organisation",
    "release": "Utgåva",
    "reported_figures": "Alla uppgifter som rapporterna anger",
    "reported_vs_kolada": "Rapporternas uppgifter jämförda med Kolada",
    "restatements": "Uppgifter som ändrats i en senare rapport",
    "series": "Tidsserier",
    "target_changes": "Ändrade mål",
    "whats_new": "Nytt sedan förra utgåvan",
    "year_over_year_changes": "Förändringar sedan förra året",
}
_TABLES = "select table_name, comment from duckdb_tables() where schema_name = 'marts' order by table_name"
# The table release is made with the release, so the dictionary does not have it.
_COLUMNS = """
    select
        listed.table_name,
        listed.column_name,
        listed.data_type,
        dictionary.label_sv,
        coalesce(dictionary.description_sv, listed.comment)
    from duckdb_columns() as listed
    left join marts.data_dictionary as dictionary
        on listed.table_name = dictionary.mart and listed.column_name = dictionary.column_name
    where listed.schema_name = 'marts' and listed.data_type not like '%[]'
    order by listed.table_name, listed.column_index
"""
_KEYS = """
    select table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
    from duckdb_constraints()
    where schema_name = 'marts' and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
    order by table_name, constraint_index
"""


@dataclass(frozen=True)
class Column:
    """A column, with its type in the terms of a table schema and its wording in Swedish."""

    name: str
    type: str
    title: str | None
    description: str


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
    title: str | None
    description: str
    columns: list[Column]
    primary_key: list[str]
    foreign_keys: list[ForeignKey]

    @property
    def file_name(self) -> str:
        """Its CSV file, compressed: the text is many times larger than the rest of a release."""
        return f"{self.name}.csv.gz"


def read_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The open tables with the types, keys and wordings of the released file; lists have no place in CSV."""
    described = {name: text for name, text in connection.execute(_TABLES).fetchall() if _is_open(name)}
    columns: dict[str, list[Column]] = {name: [] for name in described}
    for name, column, kind, title, text in connection.execute(_COLUMNS).fetchall():
        if name in columns:
            columns[name].append(Column(column, _type(kind), title, text or ""))
    primary: dict[str, list[str]] = {}
    foreign: dict[str, list[ForeignKey]] = {}
    for name, kind, own, other, theirs in connection.execute(_KEYS).fetchall():
        if kind == "PRIMARY KEY":
            primary[name] = own
        elif other in described:
            foreign.setdefault(name, []).append(ForeignKey(own, other, theirs))
    return [
        Table(name, TITLES.get(name), text or "", columns[name], primary.get(name, []), foreign.get(name, []))
        for name, text in described.items()
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
            (format csv, header, compression gzip, force_quote ({texts}), timestampformat '%Y-%m-%dT%H:%M:%S.%fZ')
            """,
            [str(folder / table.file_name)],
        )
