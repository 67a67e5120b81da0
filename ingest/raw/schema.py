"""The tables of schema ``raw``: texts as printed, each with its place. Only dbt's staging models read them."""

import re

import duckdb

_TABLES = {
    "report_documents": """
        document_id varchar primary key, title varchar, municipality_code varchar, municipality varchar,
        committee varchar, document_kind varchar, information_date varchar, plan_from_year varchar,
        plan_to_year varchar, source varchar, issuer_kind varchar, source_url varchar,
        file_name varchar, file_hash varchar, loaded_at timestamp
    """,
    "report_tables": """
        document_id varchar, table_no integer, sheet_name varchar, section varchar, title varchar,
        label_header varchar, unit varchar, page integer, source_line integer, notes varchar
    """,
    "report_columns": """
        document_id varchar, table_no integer, col_no integer, header varchar, read_header varchar,
        is_commentary boolean
    """,
    "report_rows": """
        document_id varchar, table_no integer, row_no integer, label varchar, read_label varchar,
        source_line integer, is_heading boolean, notes varchar
    """,
    "report_cells": """
        document_id varchar, table_no integer, row_no integer, col_no integer, cell_ref varchar,
        raw_text varchar, read_text varchar
    """,
    "key_figure_files": "file_name varchar primary key, file_hash varchar, row_count bigint, loaded_at timestamp",
    "key_figure_values": """
        file_name varchar, kpi_id varchar, municipality_code varchar, year varchar, gender varchar, value varchar,
        status varchar, value_count varchar, is_deleted varchar
    """,
    "set_aside": """
        register varchar, file_name varchar, file_hash varchar, reason varchar, is_refused boolean, code_hash varchar,
        document_id varchar, title varchar, municipality_code varchar, municipality varchar, issuer_kind varchar,
        committee varchar, document_kind varchar, information_date varchar, set_aside_at timestamp,
        primary key (register, file_name)
    """,
}

REPORT_TABLES = tuple(name for name in _TABLES if name.startswith("report_"))


def create_raw_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema ``raw`` and its tables where they don't exist yet.

    Where an earlier version left other columns, all of these tables begin anew: the input files fill them again.
    """
    connection.execute("create schema if not exists raw")
    query = "select table_name, list(column_name) from duckdb_columns() where schema_name = 'raw' group by all"
    existing = dict(connection.execute(query).fetchall())
    if any(set(existing[name]) != _column_names(_TABLES[name]) for name in _TABLES.keys() & existing.keys()):
        for name in _TABLES.keys() & existing.keys():
            connection.execute(f"drop table raw.{name}")
    for name, columns in _TABLES.items():
        connection.execute(f"create table if not exists raw.{name} ({columns})")


def _column_names(columns: str) -> set[str]:
    return set(re.findall(r"(\w+) (?:varchar|integer|bigint|boolean|timestamp)\b", columns))
