"""Commands that only answer a question, or have nothing to do, import none of the slow libraries."""

import pytest

from tests.support.installation import TrialInstallation

LIST_IMPORTED = "import atexit, sys; atexit.register(lambda: print('imported:', *sys.modules))"
HEAVY = ("altair", "dbt", "great_expectations", "httpx", "openpyxl", "pandas", "pdfplumber", "pyarrow", "pydantic")


def imported(installation: TrialInstallation, words: str, exit_code: int) -> set[str]:
    """The modules that a command imported."""
    run = installation.kommunlager(*words.split(), before=LIST_IMPORTED)
    assert run.returncode == exit_code, run.stdout + run.stderr
    return set(run.stdout.rpartition("imported:")[2].split())


@pytest.mark.parametrize("words", ["--help", "read --help", "kolada status"])
def test_help_imports_no_database(installation: TrialInstallation, words: str) -> None:
    assert not imported(installation, words, 0) & {*HEAVY, "duckdb", "psycopg"}


@pytest.mark.parametrize(("words", "exit_code"), [("status", 0), ("run", 8)])
def test_without_work_nothing_heavy_is_imported(released: TrialInstallation, words: str, exit_code: int) -> None:
    modules = imported(released, words, exit_code)
    assert "duckdb" in modules
    assert not modules & set(HEAVY)
