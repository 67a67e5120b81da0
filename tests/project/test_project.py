"""Promises of the project: no commentary in the data, no hosts in the lock file, no missing descriptions."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from ingest.workbook.reader import read_workbook
from tests.support.installation import PROJECT
from tests.support.markdown_tables import PAGES

WORKBOOKS = sorted((PROJECT / "data" / "reports").glob("*.xlsx"))


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_shipped_workbooks_hold_no_commentary(path: Path) -> None:
    document = read_workbook(path)
    for table in document.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                assert not (column.is_commentary and cell), (table.table_no, row.label)
                assert len(cell) < 160, (table.table_no, row.label)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_shipped_workbooks_hold_what_was_read(path: Path) -> None:
    sheets = load_workbook(path, read_only=True).sheetnames
    document = read_workbook(path)
    assert len(sheets) == len(document.tables) + 2
    assert [table.table_no for table in document.tables] == list(range(1, len(document.tables) + 1))
    assert document.read_texts


def test_the_lock_names_no_host() -> None:
    assert not re.search(r"https?://|--index|--find-links", (PROJECT / "requirements.lock").read_text())


def doc_blocks() -> dict[str, str]:
    """The texts that several columns share, by the name of their block."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "models").rglob("*.md")))
    return dict(re.findall(r"{% docs (\w+) %}\n(.*?)\n{% enddocs %}", text, re.DOTALL))


def described_models() -> dict[str, dict[str, str]]:
    """The full text of each model (under no name) and of each of its columns."""
    models = {}
    blocks = doc_blocks()
    for path in (PROJECT / "models").rglob("*.yml"):
        text = re.sub(r"{{ doc\('(\w+)'\) }}", lambda call: blocks[call[1]], path.read_text(encoding="utf-8"))
        for model in yaml.safe_load(text).get("models", []):
            columns = {column["name"]: column.get("description", "") for column in model.get("columns", [])}
            models[model["name"]] = {"": model.get("description", ""), **columns}
    return models


def test_every_model_is_described_with_its_grain() -> None:
    models = described_models()
    for path in (PROJECT / "models").rglob("*.sql"):
        assert "Grain: " in models.get(path.stem, {}).get("", ""), path.stem


# Words that say nothing beside the name of a column.
FILLERS = {"a", "an", "as", "for", "in", "is", "of", "sv", "swedish", "that", "the"}


def test_a_text_of_several_columns_is_written_once() -> None:
    """What three columns say is a doc block, and each block is used."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "models").rglob("*.yml"))
    written = Counter(re.findall(r"^ +description: \"([^{\"]+)\"$", text, re.MULTILINE))
    assert {description for description, count in written.items() if count > 2} == set()
    assert set(re.findall(r"doc\('(\w+)'\)", text)) == {*doc_blocks()} - {"__overview__"}


def test_no_description_merely_repeats_the_name() -> None:
    for model, columns in described_models().items():
        for name, description in columns.items():
            words = set(re.findall(r"[a-zåäö]+", description.lower()))
            assert words - set(name.split("_")) - FILLERS, (model, name)


def read_marts(*paths: Path) -> set[str]:
    """The marts that these files name, in SQL or as the mart of a sheet or table."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return set(re.findall(r"(?:(?:from|join) marts\.|\bmart=\")(\w+)", text))


KOMMUNLAGER = PROJECT / "kommunlager"
READERS = {
    "controller_workbook": read_marts(*KOMMUNLAGER.glob("controller_workbook/**/*.py")),
    "run_summary": read_marts(KOMMUNLAGER / "runs" / "summary.py", KOMMUNLAGER / "swedish.py"),
    "site": read_marts(*KOMMUNLAGER.glob("site/**/*.py")),
    "metabase_dashboard": read_marts(*PROJECT.glob("bi/metabase/*.sql")),
    "documented_queries": read_marts(*PAGES),
}


def test_each_exposure_names_the_marts_that_are_read() -> None:
    exposures = yaml.safe_load((PROJECT / "models" / "exposures.yml").read_text())["exposures"]
    named = {
        exposure["name"]: {re.sub(r"ref\('(\w+)'\)", r"\1", ref) for ref in exposure["depends_on"]}
        for exposure in exposures
    }
    # `release` is written by publishing, not by a model.
    assert named == {name: marts - {"release"} for name, marts in READERS.items()}
