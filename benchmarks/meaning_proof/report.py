"""The proof's report in Markdown."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from benchmarks.meaning_proof.scoring import Outcome, Score
from benchmarks.meaning_proof.warehouse import ReadColumn
from tests.support.made_up_meaning.header_words import Slot
from tests.support.made_up_meaning.report import MadeUpReport

_EXAMPLES = 12
_ROWS_OF_AN_EXAMPLE = 4
_FULL, _PERIOD = "full_year", "year_to_date"
# The kinds and periods that are right for what a column holds; what is compared with nothing may go by several names.
_READINGS: dict[Slot, set[tuple[str, str | None]]] = {
    Slot.OUTCOME_PERIOD: {("outcome", _PERIOD)},
    Slot.OUTCOME_MONTH: {("outcome", "other")},
    Slot.OUTCOME_FULL: {("outcome", _FULL)},
    Slot.ROLLING: {("outcome", "rolling_12m")},
    Slot.BUDGET: {("budget", _FULL)},
    Slot.BUDGET_ORIGINAL: {("budget", _FULL)},
    Slot.BUDGET_REVISED: {("budget", _FULL)},
    Slot.BUDGET_CHANGE: {(kind, period) for kind in ("plan", "change", "text") for period in (_FULL, _PERIOD)},
    Slot.BUDGET_PERIOD: {("period_budget", _PERIOD)},
    Slot.FORECAST: {("forecast", _FULL)},
    Slot.PREVIOUS_FORECAST: {("forecast", _FULL), ("text", _FULL), ("text", _PERIOD)},
    Slot.LAST_YEAR_PERIOD: {("outcome", _PERIOD)},
    Slot.LAST_YEAR_FULL: {("outcome", _FULL)},
    Slot.DEVIATION: {("deviation", _FULL), ("deviation", _PERIOD)},
    Slot.CHANGE: {(kind, period) for kind in ("change", "text") for period in (_FULL, _PERIOD)},
    Slot.PERCENT: {("text", _FULL), ("text", _PERIOD)},
    Slot.PLAN: {("plan", _FULL), ("budget", _FULL)},
    Slot.NOT_FIGURES: {("text", _FULL), ("text", _PERIOD)},
}

ReadColumns = dict[tuple[str, int, int], ReadColumn]


def lines_of(reports: list[MadeUpReport], scores: list[Score], read: ReadColumns) -> Iterator[str]:
    """The whole report, line by line."""
    yield "# Meaning proof"
    yield ""
    yield "Goal: 95 % right, nothing wrong without a finding or assumption, at most 3 % of right rows with a finding."
    yield ""
    yield from _score_lines("question", scores, lambda score: [score.question])
    yield from _score_lines("statement", scores, lambda score: [score.traits.statement])
    yield from _score_lines("report", scores, lambda score: [score.traits.report])
    yield from _score_lines("signs", scores, lambda score: [f"{score.traits.statement}: {score.traits.signs}"])
    yield from _score_lines("unit", scores, lambda score: [f"{score.traits.unit}, {score.traits.unit_place}"])
    yield from _score_lines("column order", scores, lambda score: [score.traits.column_order])
    yield from _score_lines("tables with a column of", scores, lambda score: sorted(set(score.traits.slots)))
    yield from _rule_lines(scores)
    yield from _column_lines(reports, read)
    yield from _example_lines(reports, scores, read)


def _score_lines(name: str, scores: list[Score], kinds_of: Callable[[Score], Iterable[str]]) -> Iterator[str]:
    by_kind = defaultdict(list)
    for score in scores:
        for kind in kinds_of(score):
            by_kind[kind].append(score)
    yield f"## By {name}"
    yield ""
    yield f"| {name} | expected | right | wrong | missing | extra | silently wrong | right with a finding | assumed |"
    yield "| --- " * 9 + "|"
    for kind, those in sorted(by_kind.items()):
        yield _score_line(kind, those)
    yield _score_line("**all**", scores)
    yield ""


def _score_line(kind: str, scores: list[Score]) -> str:
    counts = Counter(score.outcome for score in scores)
    expected = len(scores) - counts[Outcome.EXTRA]
    right = [score for score in scores if score.outcome is Outcome.RIGHT]
    wrong = [score for score in scores if score.outcome in (Outcome.WRONG, Outcome.EXTRA)]
    cells = (
        kind,
        str(expected),
        _share(len(right), expected),
        str(counts[Outcome.WRONG]),
        str(counts[Outcome.MISSING]),
        str(counts[Outcome.EXTRA]),
        str(sum(score.is_silent for score in wrong)),
        _share(sum(bool(score.rules) for score in right), len(right)),
        _share(sum(score.is_assumed for score in right), len(right)),
    )
    return f"| {' | '.join(cells)} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


def _rule_lines(scores: list[Score]) -> Iterator[str]:
    counts = Counter(
        (rule, score.outcome) for score in scores if score.outcome is not Outcome.MISSING for rule in set(score.rules)
    )
    yield "## Findings on rows"
    yield ""
    yield "| rule | on right rows | on wrong rows | on extra rows |"
    yield "| --- | --- | --- | --- |"
    for rule in sorted({rule for rule, _ in counts}):
        numbers = [str(counts[rule, outcome]) for outcome in (Outcome.RIGHT, Outcome.WRONG, Outcome.EXTRA)]
        yield f"| {rule} | {' | '.join(numbers)} |"
    yield ""


def _column_lines(reports: list[MadeUpReport], read: ReadColumns) -> Iterator[str]:
    """Columns whose kind or period is not the printed one."""
    yield "## Columns taken for something else"
    yield ""
    yield "| holds | header | tables | taken for |"
    yield "| --- | --- | --- | --- |"
    misread: dict[tuple[str, str, str], int] = Counter()
    for report in reports:
        for table in report.document.tables:
            for col_no, slot in enumerate(report.traits[table.table_no].slots, 1):
                column = read.get((report.document.document_id, table.table_no, col_no))
                if column and (column.value_kind, column.period_basis) not in _READINGS[slot]:
                    misread[slot, table.columns[col_no - 1].header, f"{column.value_kind} {column.period_basis}"] += 1
    for (slot, header, taken_for), tables in sorted(misread.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {slot} | {header} | {tables} | {taken_for} |"
    yield ""


def _example_lines(reports: list[MadeUpReport], scores: list[Score], read: ReadColumns) -> Iterator[str]:
    """The tables with most rows that are not right: their columns as read, and some rows."""
    by_table = defaultdict(list)
    for score in scores:
        if score.outcome is not Outcome.RIGHT:
            by_table[score.place.document_id, score.place.table_no].append(score)
    documents = {report.document.document_id: report for report in reports}
    yield "## Worst tables"
    yield ""
    for (document_id, table_no), failed in sorted(by_table.items(), key=lambda item: -len(item[1]))[:_EXAMPLES]:
        report = documents[document_id]
        table = report.document.tables[table_no - 1]
        traits = report.traits[table_no]
        yield f"### {document_id} table {table_no}: {len(failed)} rows"
        yield ""
        yield f"{traits.report} to {report.document.information_date}, {traits.statement}, {traits.signs}, "
        yield f"{traits.unit} ({traits.unit_place}), unit as read `{table.unit}`, title `{table.title}`"
        yield ""
        yield f"| {table.label_header} | {' | '.join(column.header for column in table.columns)} |"
        yield "| --- " * (len(table.columns) + 1) + "|"
        places = [(document_id, table_no, col_no) for col_no in range(1, len(table.columns) + 1)]
        yield f"| *taken for* | {' | '.join(str(read.get(place, '')) for place in places)} |"
        for row in table.rows[:_ROWS_OF_AN_EXAMPLE]:
            yield f"| {row.label} | {' | '.join(row.cells)} |"
        yield ""
        for score in failed[:_ROWS_OF_AN_EXAMPLE]:
            yield f"- {_in_words(score)}"
        yield ""


def _in_words(score: Score) -> str:
    place = f"{score.outcome}: {score.question} of row {score.place.row_no}, column {score.place.col_no}"
    wanted = score.expected and f"{score.expected.before_tkr} → {score.expected.value_tkr} {score.expected.fiscal_year}"
    answer = score.answer
    given = answer and f"{answer.before} → {answer.value} {answer.unit} {answer.fiscal_year}"
    return (
        f"{place}; wanted {wanted or 'nothing'}; given {given or 'nothing'}; findings {', '.join(score.rules) or '-'}"
    )
