"""The proof of the audit judges faults correctly: what it calls detectable can be seen in the print, and where."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.audit_proof import print_numbers
from benchmarks.audit_proof.faults import PLANTERS, Fault, plant
from benchmarks.audit_proof.judgement import Judge
from benchmarks.audit_proof.pages import Page, Place, pages_of
from benchmarks.audit_proof.relations import Relations, find_relations
from ingest.workbook.reader import read_workbook
from tests.support.installation import PROJECT

INTERIM = "mark_delarsrapport_2025"


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    reports = sorted(Path(PROJECT / "data" / "reports").glob("*.xlsx"))
    return list(pages_of([read_workbook(path) for path in reports]))


@pytest.fixture(scope="module")
def relations(pages: list[Page]) -> Relations:
    return find_relations(pages)


def fault_at(pages: list[Page], relations: Relations, kind: str, place: Place) -> Fault:
    return next(fault for fault in plant(kind, 10_000, pages, relations, 1) if fault.place == place)


# Mark's interim report, table 14: the forecast of personnel cost (row 2, column 3) is in a row with its deviation
# and in a column with the net cost, so a lost minus can only be there. Table 16 prints two counts that nothing repeats.
JUDGED: list[tuple[str, Place, set[Place]]] = [
    ("minus lost", Place(INTERIM, 14, 2, 3), {Place(INTERIM, 14, 2, 3)}),
    ("digits swapped", Place(INTERIM, 16, 1, 1), set()),
    ("tkr and mnkr exchanged", Place(INTERIM, 14, 0, 0), {Place(INTERIM, 14, 0, 0)}),
    ("header year changed", Place(INTERIM, 14, 0, 4), {Place(INTERIM, 14, 0, 4)}),
    # a part of a sum: the total no longer counts it
    ("row dropped", Place(INTERIM, 14, 6, 0), {Place(INTERIM, 14, 11, 0)}),
]


@pytest.mark.parametrize(("kind", "place", "expected"), JUDGED, ids=str)
def test_where_a_fault_can_be_seen(
    pages: list[Page], relations: Relations, kind: str, place: Place, expected: set[Place]
) -> None:
    judgement = Judge(pages, relations).judge(fault_at(pages, relations, kind, place))
    assert judgement.places == expected
    assert bool(judgement.reason) is not judgement.is_detectable


def test_the_same_seed_plants_the_same_faults(pages: list[Page], relations: Relations) -> None:
    for kind in PLANTERS:
        planted = plant(kind, 5, pages, relations, 7)
        assert planted
        assert planted == plant(kind, 5, pages, relations, 7)
        assert all(fault.document != _clean(pages, fault) for fault in planted)


def _clean(pages: list[Page], fault: Fault) -> Any:
    return next(page.document for page in pages if page.document.document_id == fault.place.document_id)


def test_a_changed_number_is_still_a_printed_number() -> None:
    assert print_numbers.with_moved_decimal("- 34 867") == ["- 3486,7"]
    assert print_numbers.with_moved_decimal("26,5 %") == ["2,65 %", "265 %"]
    assert print_numbers.with_swapped_digits("1 909") == ["9 109", "1 099", "1 990"]
