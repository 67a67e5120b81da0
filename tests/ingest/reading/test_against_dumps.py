"""If the text dumps of the reports are beside the project, the reader's result is compared with the workbooks."""

import pytest

from ingest.workbook.reader import read_workbook
from tests.support.installation import PROJECT
from tests.support.made_up_reports.score import Score, add_to_score
from tests.support.made_up_reports.trial import read_document

PRINTS = PROJECT.parent / "shared" / "reports"
DOCUMENTS = sorted(path.stem for path in (PROJECT / "data" / "reports").glob("*.xlsx"))
LEAST = 0.995
MOST_RIGHT_DOUBTED = 0.03

# Every disagreement, (document, table, printed, read), and whose fault it is.
EXPLAINED: dict[tuple[str, str, str, str | None], str] = {}

pytestmark = pytest.mark.skipif(not PRINTS.is_dir(), reason="the printed reports are not beside the project")


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_nearly_all_figures_of_a_report_are_read_as_they_were_typed(document_id: str) -> None:
    score = Score()
    typed = read_workbook(PROJECT / "data" / "reports" / f"{document_id}.xlsx")
    add_to_score(score, document_id, typed, read_document(PRINTS / f"{document_id}.txt"))
    disagreed = {(document_id, " ".join(miss.place.split()[:2]), miss.printed, miss.read) for miss in score.misses}
    assert disagreed == {place for place in EXPLAINED if place[0] == document_id}
    assert score.recall >= LEAST
    assert score.precision >= LEAST
    assert score.right_cells_doubted <= MOST_RIGHT_DOUBTED
