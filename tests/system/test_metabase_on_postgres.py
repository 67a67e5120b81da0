"""Metabase's questions return the same rows from PostgreSQL as from the published file."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.support.installation import PROJECT, WITHOUT_SITE, TrialInstallation
from tests.support.postgres_server import new_database

QUESTIONS = sorted((PROJECT / "bi" / "metabase").glob("*.sql"))


@pytest.fixture(scope="module")
def served(built: TrialInstallation, server: str) -> tuple[TrialInstallation, str]:
    """The built installation and the PostgreSQL that its release is put into."""
    database = new_database(server, "made_up_metabase")
    run = replace(built, settings={"KOMMUNLAGER_POSTGRES": database}).kommunlager("run", before=WITHOUT_SITE)
    assert run.returncode == 0, run.stderr
    return built, database


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_gets_the_same_rows_from_both(served: tuple[TrialInstallation, str], question: Path) -> None:
    installation, database = served
    sql = question.read_text(encoding="utf-8")
    expected = installation.query(sql)
    assert expected
    with psycopg.connect(database) as connection:
        # The order is each server's own: by its locale, and among rows that the question holds equal.
        assert Counter(connection.execute(sql).fetchall()) == Counter(expected)
