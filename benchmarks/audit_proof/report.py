"""The proof's report in Markdown."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.audit_proof.scoring import ALARMS, Outcome, Score
from benchmarks.audit_proof.warehouse import Finding


def lines_of(clean: list[Finding], scores: list[Score]) -> Iterator[str]:
    """The whole report, line by line."""
    yield "# Audit proof"
    yield ""
    yield from _clean_lines(clean)
    yield from _score_lines(scores)
    yield from _undetectable_lines(scores)
    yield from _missed_lines(scores)


def _clean_lines(clean: list[Finding]) -> Iterator[str]:
    counts = Counter((finding.severity, finding.status) for finding in clean)
    yield "## What the clean workbooks give"
    yield ""
    yield ", ".join(f"{severity} {status}: {count}" for (severity, status), count in sorted(counts.items()))
    yield ""
    yield "| severity | status | rule | place | printed | says |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for finding in clean:
        if finding.severity in ALARMS:
            place = finding.figure_id or f"{finding.document_id}.t{finding.table_no}"
            printed = finding.printed_text or ""
            cells = (finding.severity, finding.status, finding.rule, place, printed, finding.message_en)
            yield f"| {' | '.join(cells)} |"
    yield ""


def _score_lines(scores: list[Score]) -> Iterator[str]:
    yield "## Faults that the print gives away"
    yield ""
    yield f"| kind | planted | detectable | {' | '.join(Outcome)} | right place |"
    yield "| --- " * (len(Outcome) + 4) + "|"
    kinds = sorted({score.fault.kind for score in scores})
    for kind in kinds:
        yield _score_line(kind, [score for score in scores if score.fault.kind == kind])
    yield _score_line("all", scores)
    yield ""
    yield "Right place: a cell that the broken sums, differences, series or printings have in common; for a row,"
    yield "a header or a unit: that row (or the total that counts it), that column, that table."
    yield ""


def _score_line(kind: str, scores: list[Score]) -> str:
    detectable = [score for score in scores if score.judgement.is_detectable]
    counts = Counter(score.outcome for score in detectable)
    share = f"{100 * counts[Outcome.RIGHT_PLACE] / len(detectable):.0f} %" if detectable else ""
    numbers = " | ".join(str(counts[outcome]) for outcome in Outcome)
    return f"| {kind} | {len(scores)} | {len(detectable)} | {numbers} | {share} |"


def _undetectable_lines(scores: list[Score]) -> Iterator[str]:
    yield "## Faults that no arithmetic gives away, decided before the audit ran"
    yield ""
    yield "| kind | reason | planted | caught all the same |"
    yield "| --- | --- | --- | --- |"
    hidden = [score for score in scores if not score.judgement.is_detectable]
    reasons = Counter((score.fault.kind, score.judgement.reason) for score in hidden)
    caught = Counter(
        (score.fault.kind, score.judgement.reason) for score in hidden if score.outcome is Outcome.RIGHT_PLACE
    )
    for (kind, reason), count in sorted(reasons.items()):
        yield f"| {kind} | {reason} | {count} | {caught[kind, reason]} |"
    yield ""


def _missed_lines(scores: list[Score]) -> Iterator[str]:
    yield "## Detectable and not found at the right place"
    yield ""
    yield "| kind | document | table | row | column | outcome | rules |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for score in scores:
        if score.judgement.is_detectable and score.outcome is not Outcome.RIGHT_PLACE:
            place = score.fault.place
            where = f"{place.document_id} | {place.table_no} | {place.row_no} | {place.col_no}"
            yield f"| {score.fault.kind} | {where} | {score.outcome} | {', '.join(score.rules)} |"
