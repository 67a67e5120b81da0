"""A copy of a published file without its keys, for tests that delete, repeat or change rows."""

from pathlib import Path

import duckdb


def changeable_copy(published: Path, target: Path) -> Path:
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{published}' as published (read_only)")
        connection.execute("create schema marts")
        marts = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'published' and schema_name = 'marts'"
        ).fetchall()
        for (mart,) in marts:
            connection.execute(f'create table marts."{mart}" as from published.marts."{mart}"')
    return target
