"""One variable limits the memory of DuckDB, both in our own code and inside dbt."""

import re
from pathlib import Path

import duckdb
import pytest
from dbt.cli.main import dbtRunner

from kommunlager.duckdb_files import duckdb_config
from kommunlager.errors import StepFailedError
from tests.support.installation import PROJECT


@pytest.mark.parametrize(("limit", "of_duckdb"), [("4GB", "2.7 GiB"), ("1000MB", "715.2 MiB"), ("1.5GB", "1.0 GiB")])
def test_duckdb_gets_three_quarters(
    limit: str, of_duckdb: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOMMUNLAGER_MEMORY_LIMIT", limit)
    monkeypatch.setenv("KOMMUNLAGER_DATABASE", str(tmp_path / "warehouse.duckdb"))
    query = "select current_setting('memory_limit')"
    with duckdb.connect(config=duckdb_config()) as connection:
        assert connection.execute(query).fetchall() == [(of_duckdb,)]
    shown = dbtRunner().invoke(
        [
            "show",
            "--inline",
            f"{query} as given",
            "--project-dir",
            str(PROJECT),
            "--profiles-dir",
            str(PROJECT),
            "--target-path",
            str(tmp_path / "target"),
            "--log-path",
            str(tmp_path),
        ]
    )
    assert shown.success
    assert re.search(rf"\| +{of_duckdb} +\|", capfd.readouterr().out)


@pytest.mark.parametrize("limit", ["4", "80%", "much", "4GiB"])
def test_an_invalid_limit_is_reported(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMMUNLAGER_MEMORY_LIMIT", limit)
    with pytest.raises(StepFailedError, match="such as 4GB"):
        duckdb_config()
