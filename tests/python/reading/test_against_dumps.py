"""Where the text dumps of the reports lie beside the project, what the reader makes of them against the workbooks."""

import pytest
from installation import PROJECT
from reading.agreement import Agreement, agreement

from ingest.reading.assembly import assemble
from ingest.reading.sources.text import text_blocks
from ingest.workbook_reader import read_workbook

PRINTS = PROJECT.parent / "shared" / "reports"
LEAST = 0.995

pytestmark = pytest.mark.skipif(not PRINTS.is_dir(), reason="the printed reports are not beside the project")


def compared(document_id: str) -> Agreement:
    text = (PRINTS / f"{document_id}.txt").read_text(encoding="utf-8")
    workbook = read_workbook(PROJECT / "data" / "reports" / f"{document_id}.xlsx")
    return agreement(assemble(text_blocks(text))[0], workbook.tables)


def test_nearly_all_figures_of_the_five_reports_are_read_as_they_were_typed() -> None:
    documents = sorted(path.stem for path in (PROJECT / "data" / "reports").glob("*.xlsx"))
    found = {document_id: compared(document_id) for document_id in documents}
    agreed = sum(one.agreed for one in found.values())
    missed = [figure for one in found.values() for figure in one.missed]
    added = [figure for one in found.values() for figure in one.added]
    assert agreed / (agreed + len(missed)) >= LEAST, missed
    assert agreed / (agreed + len(added)) >= LEAST, added
