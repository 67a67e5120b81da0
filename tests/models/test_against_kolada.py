"""If real Kolada values are beside the project, the loader is tried on them and the cited figures are compared."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from ingest.raw.load import key_figure_files, load_key_figures
from tests.support.installation import PROJECT

REAL_VALUES = PROJECT.parent / "shared" / "kolada" / "values_three_municipalities_all_kpis.csv.gz"

pytestmark = pytest.mark.skipif(not REAL_VALUES.is_file(), reason="real Kolada values are not beside the project")


def test_real_values_load_row_by_row(tmp_path: Path) -> None:
    shutil.copy(REAL_VALUES, tmp_path)
    with duckdb.connect() as connection:
        result = load_key_figures(key_figure_files(connection, tmp_path / "last_good", "code"), tmp_path)
        assert not result.refused
        rows, total = connection.execute(
            "select count(*), sum(cast(value as double)) from raw.key_figure_values"
        ).fetchone()
    expected = pd.read_csv(REAL_VALUES)
    assert rows == len(expected)
    assert total == pytest.approx(expected["value"].sum())


def test_cited_figures_are_kolada_s_own() -> None:
    key = ["kpi_id", "municipality_code", "year", "gender"]
    cited = pd.read_csv(PROJECT / "data/key_figures/cited_in_reports.csv", dtype={"municipality_code": str})
    real = pd.read_csv(REAL_VALUES, dtype={"municipality_id": str}).rename(
        columns={"municipality_id": "municipality_code"}
    )
    both = cited.merge(real, on=key, suffixes=("_cited", "_real"))
    assert len(both) >= 5
    for figure in both.itertuples():
        assert round(figure.value_real) == figure.value_cited, figure
