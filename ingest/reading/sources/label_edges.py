"""Parts a label from the figure that stands a space beside it, by how many figures the rows around have."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from ingest.reading.printed_text import is_figure
from ingest.reading.sources.printed_lines import Line, Segment, text_of
from ingest.reading.sources.printed_words import Word

_LINES_AROUND = 6
_LEAST_ROWS = 3
_LEAST_FIGURES = 3
_TARGETS = ("minst", "högst", "ca", "cirka", "ung", "ung.")


def with_labels_parted(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those parted that lack one figure of the rows around and have a number after their label."""
    return [_parted(lines, number) for number in range(len(lines))]


def _parted(lines: Sequence[Line], number: int) -> Line:
    line = lines[number]
    around = [other for other in lines[max(0, number - _LINES_AROUND) : number + _LINES_AROUND + 1] if other.figures]
    counts = Counter(len(other.figures) for other in around)
    usual = max(counts, key=lambda count: (counts[count], count), default=0)
    if counts[usual] < _LEAST_ROWS or usual < _LEAST_FIGURES or len(line.figures) != usual - 1:
        return line
    rows = [other for other in around if len(other.figures) == usual]
    for place, segment in enumerate(line.segments):
        parts = _parts(segment, line, rows)
        if parts:
            return replace(line, segments=(*line.segments[:place], *parts, *line.segments[place + 1 :]))
    return line


def _parts(segment: Segment, line: Line, rows: Sequence[Line]) -> tuple[Segment, ...]:
    """A label and the number at its end, which moves to where the rows around have the first figure beside theirs."""
    firsts = [next((figure for figure in row.figures if figure.x0 > segment.x0), None) for row in rows]
    left = min((first.x0 for first in firsts if first), default=inf)
    right = max((first.x1 for first in firsts if first), default=-inf)
    if any(left < figure.x1 and figure.x0 < right for figure in line.figures):
        return ()
    words = segment.words
    for cut in range(1, len(words)):
        label, number = words[:cut], words[cut:]
        is_number = is_figure(text_of(number)) and not Segment(number).is_year
        is_near = number[-1].x1 > left - number[-1].size
        if is_number and is_near and any(map(str.isalpha, label[-1].text)) and label[-1].text.lower() not in _TARGETS:
            shift = max(0.0, left - number[0].x0)
            return Segment(label), Segment(tuple(_moved(word, shift) for word in number))
    return ()


def _moved(word: Word, shift: float) -> Word:
    return replace(word, x0=word.x0 + shift, x1=word.x1 + shift)
