"""A released file with made-up copies of its reports: other ids, some of them other municipalities."""

from pathlib import Path

import duckdb

# Marts that are not about single reports.
_SHARED = ("kpis", "measures", "municipalities", "whats_new")


def write_copies(released: Path, target: Path, copies: int, of_the_same: int) -> None:
    """Write ``copies`` of each report to ``target``, the first being the original.

    The first ``of_the_same`` copies are further reports of the same committee, the others are of other municipalities.
    """
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{released}' as released (read_only)")
        connection.execute("create schema marts")
        _number_municipalities(connection, copies)
        marts = connection.execute(
            "select table_name, list(column_name order by column_index), list(data_type order by column_index)"
            " from duckdb_columns() where database_name = 'released' and schema_name = 'marts' group by 1 order by 1"
        ).fetchall()
        for mart, columns, types in marts:
            rows = f'released.marts."{mart}" as rows'
            if mart in _SHARED or not {"municipality_code", "document_id", "figure_id", "row_id"} & {*columns}:
                connection.execute(f'create table marts."{mart}" as select * from {rows}')
                continue
            is_somewhere = "municipality_code" in columns
            copied = [
                _copied(column, data_type, is_somewhere, of_the_same)
                for column, data_type in zip(columns, types, strict=True)
            ]
            join = "using (municipality_code)" if is_somewhere else "on true"
            connection.execute(
                f'create table marts."{mart}" as select {", ".join(copied)} from {rows} inner join'
                f" {'copies' if is_somewhere else f'range({copies}) as copies(copy_no)'} {join}"
            )
        connection.execute("drop table copies")
        connection.execute("detach released")


def _number_municipalities(connection: duckdb.DuckDBPyConnection, copies: int) -> None:
    """Which municipality each copy of a municipality's reports is about."""
    connection.execute(f"""
        create table copies as
        with
        here as (
            select municipality_code, row_number() over (order by municipality_code) - 1 as place
            from (select distinct municipality_code from released.marts.documents)
        ),
        others as (
            select
                municipality_code as other_code,
                municipality as other_name,
                row_number() over (order by municipality_code) - 1 as place
            from released.marts.municipalities
            where area_type = 'municipality' and municipality_code not in (select municipality_code from here)
        )
        select here.municipality_code, copy_no, other_code, other_name
        from here
        cross join range({copies}) as numbers(copy_no)
        inner join others
            on others.place = (copy_no * (select count(*) from here) + here.place) % (select count(*) from others)
    """)


def _copied(column: str, data_type: str, is_somewhere: bool, of_the_same: int) -> str:
    """The column of a copy, in SQL."""
    if is_somewhere and column in ("municipality_code", "municipality"):
        other = "other_code" if column == "municipality_code" else "other_name"
        return f"case when copy_no < {of_the_same} then rows.{column} else {other} end as {column}"
    if data_type == "VARCHAR" and (column.endswith(("figure_id", "document_id")) or column in ("row_id", "finding_id")):
        return f"if(copy_no = 0, rows.{column}, rows.{column} || '~' || copy_no) as {column}"
    return f'rows."{column}"'
