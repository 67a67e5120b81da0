"""The README keeps its word: each query gives the output printed under it, and each verb and file it names is there."""

import re

import duckdb
import pytest
from installation import PROJECT
from markdown_tables import QUERIES, README, as_markdown, is_asked_after_a_sync

# What is asked after a sync is tried in test_kolada_job and, on real values, in test_kolada_real_marts.
AT_ONCE = [(sql, printed) for sql, printed in QUERIES if not is_asked_after_a_sync(sql)]


def test_the_readme_has_queries() -> None:
    assert len(QUERIES) >= 7
    assert README.count("```sql") == len(QUERIES)


@pytest.mark.parametrize(("sql", "printed"), AT_ONCE, ids=[sql.split("\n")[0][:40] for sql, _ in AT_ONCE])
def test_a_query_gives_its_printed_output(warehouse: duckdb.DuckDBPyConnection, sql: str, printed: str) -> None:
    assert as_markdown(warehouse, sql) == printed.strip()


def test_files_named_in_the_readme_exist() -> None:
    named = re.findall(r"`((?:data|seeds|models|macros|ingest|kommunlager|tests|benchmarks)/[\w./]*)`", README)
    assert named
    missing = [name for name in named if not (PROJECT / name).exists()]
    assert missing == []
