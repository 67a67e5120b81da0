"""Compares the audit's new findings with what was planted and what could be detected."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from benchmarks.audit_proof.faults import Fault
from benchmarks.audit_proof.judgement import Judgement
from benchmarks.audit_proof.pages import Place
from benchmarks.audit_proof.warehouse import Finding

ALARMS = ("error", "needs_a_look")


class Outcome(StrEnum):
    """The result for a planted fault."""

    RIGHT_PLACE = "right place"
    SAME_ROW_OR_COLUMN = "its row or column"
    ELSEWHERE = "elsewhere"
    UNMAPPED = "only as unmapped"
    MISSED = "missed"


@dataclass(frozen=True)
class Score:
    """A fault, what could be detected of it, and what was."""

    fault: Fault
    judgement: Judgement
    outcome: Outcome
    rules: tuple[str, ...]


def score(fault: Fault, judgement: Judgement, clean: list[Finding], found: list[Finding]) -> Score:
    """Judge the findings that the clean workbooks don't have."""
    known = Counter(clean)
    new = [finding for finding in _in_clean_rows(fault, found) if not _take(known, finding)]
    alarms = [finding for finding in new if finding.severity in ALARMS and finding.status == "open"]
    unmapped = [finding for finding in new if finding.severity == "unmapped"]
    seen = judgement.places or frozenset({fault.place})
    if any(_meets(place, seen) for place in _places(alarms)):
        outcome = Outcome.RIGHT_PLACE
    elif any(_is_near(place, fault.place) for place in _places(alarms)):
        outcome = Outcome.SAME_ROW_OR_COLUMN
    elif alarms:
        outcome = Outcome.ELSEWHERE
    else:
        outcome = Outcome.UNMAPPED if unmapped else Outcome.MISSED
    return Score(fault, judgement, outcome, tuple(sorted({finding.rule for finding in alarms or unmapped})))


def _in_clean_rows(fault: Fault, found: list[Finding]) -> list[Finding]:
    """Findings with the row numbers of the clean table, so that a moved row isn't a new finding."""
    if not fault.row_shift:
        return found
    return [_moved(fault, finding) for finding in found]


def _moved(fault: Fault, finding: Finding) -> Finding:
    table = (fault.place.document_id, fault.place.table_no)
    row_no, figure_id, other_id = finding.row_no, finding.figure_id, finding.other_figure_id
    if (finding.document_id, finding.table_no) == table and row_no is not None:
        row_no = fault.clean_row(row_no)
    return replace(
        finding, row_no=row_no, figure_id=_moved_id(fault, figure_id), other_figure_id=_moved_id(fault, other_id)
    )


def _moved_id(fault: Fault, figure_id: str | None) -> str | None:
    place = place_of(figure_id)
    if place is None or (place.document_id, place.table_no) != (fault.place.document_id, fault.place.table_no):
        return figure_id
    return f"{place.document_id}.t{place.table_no}.r{fault.clean_row(place.row_no)}.c{place.col_no}"


def _take(known: Counter[Finding], finding: Finding) -> bool:
    """Whether the clean workbooks have this finding; each of theirs accounts for one."""
    if known[finding]:
        known[finding] -= 1
        return True
    return False


def place_of(figure_id: str | None) -> Place | None:
    """The cell that a figure_id names."""
    if not figure_id or figure_id.count(".") != 3 or "+" in figure_id:
        return None
    document_id, table, row, column = figure_id.split(".")
    return Place(document_id, int(table[1:]), int(row[1:]), int(column[1:]))


def _places(findings: Iterable[Finding]) -> Iterable[Place]:
    for finding in findings:
        yield finding.place
        other = place_of(finding.other_figure_id)
        if other:
            yield other


def _meets(place: Place, seen: frozenset[Place]) -> bool:
    """Whether a finding is at one of the places; a row, column or table includes all its cells."""
    return any(
        (place.document_id, place.table_no) == (target.document_id, target.table_no)
        and (target.row_no in (0, place.row_no))
        and (target.col_no in (0, place.col_no))
        for target in seen
    )


def _is_near(place: Place, planted: Place) -> bool:
    in_table = (place.document_id, place.table_no) == (planted.document_id, planted.table_no)
    return in_table and (planted.row_no in (0, place.row_no) or planted.col_no in (0, place.col_no))
