"""If the text dumps of the reports are beside the project, every typed cell is looked up on its printed line."""

import re
from pathlib import Path

import pytest

from ingest.document import Row
from ingest.workbook.reader import read_workbook
from tests.support.installation import PROJECT

PRINTS = PROJECT.parent / "shared" / "reports"
WORKBOOKS = sorted((PROJECT / "data" / "reports").glob("*.xlsx"))

pytestmark = pytest.mark.skipif(not PRINTS.is_dir(), reason="the printed reports are not beside the project")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def lines_around(lines: list[str], row: Row) -> str:
    """A row's figures are on its line; words of one row may wrap over the lines before and after."""
    assert row.source_line is not None
    return squeezed("".join(lines[max(0, row.source_line - 12) : row.source_line + 12]))


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_figure_is_on_its_printed_line(path: Path) -> None:
    lines = (PRINTS / f"{path.stem}.txt").read_text(encoding="utf-8").splitlines()
    figures = 0
    for table in read_workbook(path).tables:
        for row in table.rows:
            near = lines_around(lines, row)
            for column, cell in zip(table.columns, row.cells, strict=True):
                if re.search(r"\d", cell) and not column.header.startswith("utfall"):
                    assert squeezed(cell) in near, (table.table_no, row.label, column.header, cell)
                    figures += 1
    assert figures > 50


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_label_and_header_is_printed(path: Path) -> None:
    printed = squeezed((PRINTS / f"{path.stem}.txt").read_text(encoding="utf-8")).replace("-", "")
    for table in read_workbook(path).tables:
        for row in table.rows:
            pieces = re.findall(r"\w{4,}", row.label.replace("-", ""))
            assert all(piece in printed for piece in pieces), (table.table_no, row.label)
        for column in table.columns:
            pieces = re.findall(r"\w{4,}", column.header.replace("-", ""))
            assert all(piece in printed for piece in pieces), (table.table_no, column.header)
