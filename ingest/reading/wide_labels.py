"""Labels that take several columns: codes beside a name, an activity beside Intäkt and Kostnad."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.blocks import PrintedCell
from ingest.reading.grid_parts import FullRow
from ingest.reading.vocabulary.column_headers import is_figure_header, is_pair_part
from ingest.reading.vocabulary.print import is_figure

_CODE = re.compile(r"\d{1,6}[*.)]?|[A-ZÅÄÖ]\d*|")
_MOST_LABEL_COLUMNS = 4
# The last line of a name may be a number: ``etapp / 2``.
_MOST_FIGURES = 0.25


def width_of_labels(headers: Sequence[str], body: Sequence[FullRow]) -> int:
    """How many columns the label takes: codes and a name (``3 P 6012 Kajen``), or an activity and Intäkt or Kostnad."""
    for width in range(2, min(_MOST_LABEL_COLUMNS, len(headers) - 1) + 1):
        named = [row.texts[:width] for row in body if row.texts[width - 1]]
        names = [texts[-1] for texts in named]
        are_figures = sum(map(is_figure, names)) > len(names) * _MOST_FIGURES
        if not names or are_figures or any(map(is_figure_header, headers[:width])):
            continue
        codes = [text for texts in named for text in texts[:-1]]
        has_codes = all(map(_CODE.fullmatch, codes)) and any(codes) and not all(map(_CODE.fullmatch, names))
        has_pairs = width == 2 and all(map(is_pair_part, names))
        if has_codes or has_pairs:
            return width
    return 1


def with_shared_labels(body: Sequence[FullRow]) -> Sequence[FullRow]:
    """An activity printed beside its rows (Intäkt, Kostnad), at the first or line by line, is the label of each."""
    groups: list[list[FullRow]] = []
    for row in body:
        is_other = is_pair_part(row.texts[1]) and not row.texts[0][:1].isupper()
        if groups and is_other and all(row.texts[1] != above.texts[1] for above in groups[-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [replace(row, cells=(_shared_label(group), *row.cells[1:])) for group in groups for row in group]


def _shared_label(group: Sequence[FullRow]) -> PrintedCell:
    return replace(group[0].cells[0], text="\n".join(row.cells[0].text for row in group if row.texts[0]))
