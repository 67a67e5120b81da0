"""The README keeps its word: each query gives the output printed under it, and each verb and file it names is there."""

import re

import duckdb
import pytest
from installation import PROJECT
from markdown_tables import as_markdown

README = (PROJECT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```\n+((?:\|[^\n]*\n)+)", README, flags=re.DOTALL)


def test_the_readme_has_queries() -> None:
    assert len(QUERIES) >= 7
    assert README.count("```sql") == len(QUERIES)


@pytest.mark.parametrize(("sql", "printed"), QUERIES, ids=[sql.split("\n")[0][:40] for sql, _ in QUERIES])
def test_a_query_gives_its_printed_output(warehouse: duckdb.DuckDBPyConnection, sql: str, printed: str) -> None:
    assert as_markdown(warehouse, sql) == printed.strip()


def test_files_named_in_the_readme_exist() -> None:
    named = re.findall(r"`((?:data|seeds|models|macros|ingest|kommunlager|tests|benchmarks)/[\w./]*)`", README)
    assert named
    missing = [name for name in named if not (PROJECT / name).exists()]
    assert missing == []
