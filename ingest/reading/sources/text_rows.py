"""Collects the rows of a table from the lines below its header, up to the end of the table."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ingest.reading.cells.splits import least_cells
from ingest.reading.sources.text_lines import Line
from ingest.reading.vocabulary.column_headers import is_figure_header
from ingest.reading.vocabulary.periods import YEAR, is_period
from ingest.reading.vocabulary.print import DASHES
from ingest.reading.vocabulary.row_words import ends_sentence, is_sum
from ingest.reading.vocabulary.text_pieces import JOINED

_PAIR_PART = re.compile(r"(?:intäkt|kostnad|netto)\w*", re.IGNORECASE)
_NET = re.compile(r"netto", re.IGNORECASE)
_DIRECTION = re.compile(r"(?:öka|minska|oförändra|bibehåll|behåll|ev\b|ska\s)\w*", re.IGNORECASE)
_HEADING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,4}\.?|\d{1,2}\.?|bilaga \d+)\s+[A-ZÅÄÖ]\w+", re.IGNORECASE)
_LISTED = re.compile(r"[-–] ?[A-ZÅÄÖ]")
_CODED = re.compile(r"\d{2,6} [A-ZÅÄÖ]")
NOTE = re.compile(rf"[*•●▪]|[(*]{{1,2}}(?:utfall|bokslut) {YEAR}\b|\.{{6}}|…{{2}}", re.IGNORECASE)
_NUMBERED_NOTE = re.compile(rf"[1-9] [a-zåäö]\D* {YEAR}")
_ZERO = re.compile(r"0(?:,0+)?\*{0,3}")
_MOST_PENDING_LINES = 18
_LONGEST_LABEL = 300
_MOST_WORDS_OF_TARGET = 4
_MOST_LINES_OF_TARGET = 3
_MOST_WORDS_OF_LABEL = 12


@dataclass
class DraftRow:
    """An unfinished row: the lines of its label, and the pieces of its values."""

    label: list[str]
    run: tuple[str, ...]
    line: int
    blanks: int = 0

    @property
    def is_half_of_pair(self) -> bool:
        """Whether the row is the income or the cost of an activity, one of which may carry the figure for both."""
        return bool(self.label) and _PAIR_PART.fullmatch(self.label[-1]) is not None


def named_by_periods(drafts: list[DraftRow]) -> list[DraftRow]:
    """The rows, named by their first figures if none has a name: years."""
    filled = [draft for draft in drafts if draft.run]
    if any(draft.label for draft in drafts) or not all(is_period(draft.run[0]) for draft in filled):
        return drafts
    return [replace(draft, label=[draft.run[0]], run=draft.run[1:]) if draft.run else draft for draft in drafts]


@dataclass
class Rows:
    """The rows so far, and the lines of words that wait for their figures."""

    rows: list[DraftRow] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    has_gap: bool = False


@dataclass(frozen=True)
class Below:
    """Rows, the index of the first line after them, and of the line that ended the search."""

    rows: list[DraftRow]
    end: int
    stop: int


def rows_below(
    lines: Sequence[Line],
    start: int,
    width: int,
    begins_table: Callable[[int], bool],
    above: Sequence[DraftRow] = (),
) -> Below:
    """The rows from ``start`` on, which follow the rows ``above`` if the header was repeated.

    ``begins_table`` says whether a line begins another table's header; ``width`` is the header's number of columns.
    """
    gathered = Rows(list(above))
    place = start
    while place < len(lines) and not begins_table(place) and _takes(gathered, lines, place, width):
        place += 1
    first_left = _first_left(gathered, width)
    end = next((other for other in range(start, place) if lines[other].number == first_left), place)
    return Below(gathered.rows, end, place)


def _takes(gathered: Rows, lines: Sequence[Line], place: int, width: int) -> bool:
    """Take the next line; False if it shows that the table has ended."""
    line = lines[place]
    if not line.text:
        gathered.has_gap = bool(gathered.pending)
        return True
    if ends_table(line) and not _has_code(gathered, line):
        return False
    if _is_dated_name(line, width):
        gathered.pending.append(line)
        return _goes_on_below(lines, place)
    if line.has_figures and _is_cut(line, lines[place + 1 : place + 2]):
        gathered.pending.append(line)
        return True
    return _take(gathered, line, width)


def _first_left(gathered: Rows, width: int) -> int | None:
    """Number of the first line that no row took; a last label alone is a row only with all its blanks."""
    left = gathered.pending[0].number if gathered.pending else None
    while gathered.rows and not gathered.rows[-1].run and gathered.rows[-1].blanks < width:
        left = gathered.rows.pop().line
    return left


def ends_table(line: Line) -> bool:
    """Whether a line can't belong to a table: a note, a bullet, a numbered heading."""
    if NOTE.match(line.text) or _NUMBERED_NOTE.fullmatch(line.text):
        return True
    return not line.has_figures and _HEADING.match(line.text) is not None


def _has_code(gathered: Rows, line: Line) -> bool:
    """Whether an apparent numbered heading is a label with a code: right below the header, or after a coded row."""
    above = gathered.rows[-1].label if gathered.rows else [line.text]
    return bool(above) and _CODED.match(above[0]) is not None and _CODED.match(line.text) is not None


def _take(gathered: Rows, line: Line, width: int) -> bool:
    """Take a line into the table; False if the line shows that the table has ended."""
    if _is_of_target(gathered, line):
        gathered.target.append(line.text)
        gathered.has_gap = False
        return True
    if line.has_figures:
        return _take_figures(gathered, line, width)
    if line.blanks_after >= 2 and not gathered.pending and not ends_sentence(line.text):
        gathered.rows.append(DraftRow([line.text], (), line.number, line.blanks_after))
        return True
    gathered.pending.append(line)
    return len(gathered.pending) <= _MOST_PENDING_LINES


def _is_cut(line: Line, following: Sequence[Line]) -> bool:
    """Whether a label continues below its only number: ``… inom 10`` / ``veckor``."""
    goes_on = any(other.text[:1].islower() and not other.has_figures for other in following)
    return goes_on and least_cells(line.run) == 1 and bool(line.words)


def _is_dated_name(line: Line, width: int) -> bool:
    """Whether a line is a name with a year or a date, not a row: ``Resultaträkning 2025`` among several columns."""
    return width > 1 and len(line.run) == 1 and is_period(line.run[0]) and not is_figure_header(line.words)


def _goes_on_below(lines: Sequence[Line], place: int) -> bool:
    """Whether a label that ends in a year has its figures, or its rest, on the next printed line."""
    following = next((line for line in lines[place + 1 :] if line.text), None)
    return following is not None and (following.text[:1].islower() or (following.has_figures and not following.words))


def _is_of_target(gathered: Rows, line: Line) -> bool:
    """Whether a line is part of a target in words on its own lines, below a label: ``Öka jmf`` / ``utfall 2023``."""
    if gathered.target:
        return not gathered.has_gap and len(gathered.target) < _MOST_LINES_OF_TARGET
    return gathered.has_gap and _DIRECTION.match(line.text) is not None and not line.has_figures


def _take_figures(gathered: Rows, line: Line, width: int) -> bool:
    pending, rows = gathered.pending, gathered.rows
    words, run = line.words, line.run
    if not words and not pending:
        is_named_dash = run[0] in DASHES and (len(run) == 1 or _ZERO.fullmatch(run[1]) is not None)
        is_full = bool(rows) and len(run) == 1 and len(rows[-1].run) == width > 2
        has_room = bool(rows) and least_cells(rows[-1].run) + least_cells(run) <= width and not is_full
        if has_room and rows[-1].run and not is_named_dash:
            rows[-1].run += run
            return True
        if is_named_dash and len(run) > 1:
            words, run = run[0], run[1:]
        elif len(run) < 2 and not is_full:
            return False
    if gathered.target and not words:
        run = (JOINED.join(" ".join(gathered.target).split()), *run)
    if pending and _DIRECTION.match(words) and len(words.split()) <= _MOST_WORDS_OF_TARGET:
        words, run = "", (words.replace(" ", JOINED), *run)
    label = _label(gathered, words, run, width)
    are_decimals = len(run) > 1 and all("," in piece for piece in run)
    is_sparse = bool(rows) and len(run) * 2 < width and not are_decimals and "" not in run and len(words.split()) > 2
    is_another = bool(rows and pending) and bool(words) and least_cells(run) > width + 1
    if label is None or is_sparse or is_another:
        return False
    rows.append(DraftRow(label, run, line.number))
    gathered.pending, gathered.target = [], []
    return True


def _label(gathered: Rows, words: str, run: Sequence[str], width: int) -> list[str] | None:
    """The lines of a row's label; lines separated from a row with its own words are a sub-heading or a comment."""
    waiting = [line.text for line in gathered.pending]
    is_comment = any(map(ends_sentence, waiting)) or sum(map(len, waiting)) > _LONGEST_LABEL
    if _PAIR_PART.fullmatch(words):
        return [*_pair_label(gathered, words, waiting, is_comment), words]
    if not words:
        return None if is_comment and width < 2 else _without_subheading(gathered, _without_comment(waiting))
    if is_comment:
        is_row = len(run) >= min(2, width) and width > 1 and len(words.split()) <= _MOST_WORDS_OF_LABEL
        return [words] if is_row else None
    is_listed = _LISTED.match(words) is not None and "".join(waiting[-1:])[:1].isupper()
    if waiting and (gathered.has_gap or gathered.pending[-1].is_subheading or is_listed):
        gathered.rows += [DraftRow(waiting, (), gathered.pending[0].number)]
        return [words]
    return [*waiting, words]


def _without_comment(waiting: list[str]) -> list[str]:
    """A label's lines without the sentence before them, which is about the row above."""
    ends = [at for at, text in enumerate(waiting[:-1], 1) if ends_sentence(text) and len(text.split()) > 5]
    return waiting[ends[-1] :] if ends else waiting


def _without_subheading(gathered: Rows, waiting: list[str]) -> list[str]:
    """A label's lines; if the table has sub-headings, the line after a sum is the next sub-heading."""
    has_subheadings = any(not row.run for row in gathered.rows)
    if len(waiting) < 2 or not has_subheadings or not is_sum(" ".join(gathered.rows[-1].label)):
        return waiting
    if not gathered.pending[0].text[:1].isupper() or not gathered.pending[1].text[:1].isupper():
        return waiting
    gathered.rows.append(DraftRow(waiting[:1], (), gathered.pending[0].number))
    return waiting[1:]


def _pair_label(gathered: Rows, words: str, waiting: list[str], is_comment: bool) -> list[str]:
    """The shared label of a pair, which is printed between its two rows; one above a group of rows is a sub-heading."""
    if is_comment or not waiting:
        return []
    rows = gathered.rows
    ends_group = not rows or _NET.match(" ".join(rows[-1].label)) is not None
    if ends_group or (not rows[0].run and rows[1].label == [words]):
        rows.append(DraftRow(waiting, (), gathered.pending[0].number))
        return []
    last = rows[-1]
    if len(last.label) == 1 and _PAIR_PART.fullmatch(last.label[0]):
        last.label = [*waiting, *last.label]
    return waiting
