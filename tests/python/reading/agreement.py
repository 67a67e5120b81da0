"""Sets what a reader reads beside what is right, figure by figure."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.reading.printed_text import is_figure
from ingest.tables import Table

Figure = tuple[int, str, str, str]


@dataclass(frozen=True)
class Agreement:
    """How many figures agree, and the figures (right table's number, label, header, text) that only one side has."""

    agreed: int
    missed: tuple[Figure, ...]
    added: tuple[Figure, ...]

    @property
    def recall(self) -> float:
        return self.agreed / max(1, self.agreed + len(self.missed))

    @property
    def precision(self) -> float:
        return self.agreed / max(1, self.agreed + len(self.added))


def figures(table: Table) -> Counter[tuple[str, str, str]]:
    """The figures of a table by label, header and text, however they are spaced."""
    return Counter(
        (_squeezed(row.label), _squeezed(column.header), _squeezed(cell))
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if is_figure(cell)
    )


def agreement(read: tuple[Table, ...], right: tuple[Table, ...]) -> Agreement:
    """Pair the tables in printed order by the words they hold, then compare their figures."""
    agreed = 0
    missed: list[Figure] = []
    added: list[Figure] = []
    for one, other in paired(read, right):
        have, want = figures(one) if one else Counter(), figures(other) if other else Counter()
        table_no = other.table_no if other else -one.table_no if one else 0
        agreed += (have & want).total()
        missed += [(table_no, *figure) for figure in sorted((want - have).elements())]
        added += [(table_no, *figure) for figure in sorted((have - want).elements())]
    return Agreement(agreed, tuple(missed), tuple(added))


def paired(read: tuple[Table, ...], right: tuple[Table, ...]) -> list[tuple[Table | None, Table | None]]:
    """Align two lists of tables without crossings, so that the likeness of the pairs is the greatest."""
    best: list[list[tuple[float, list[tuple[Table | None, Table | None]]]]]
    best = [[(0.0, [])] * (len(right) + 1) for _ in range(len(read) + 1)]
    for i in range(len(read) + 1):
        for j in range(len(right) + 1):
            options = []
            if i:
                score, pairs = best[i - 1][j]
                options.append((score, [*pairs, (read[i - 1], None)]))
            if j:
                score, pairs = best[i][j - 1]
                options.append((score, [*pairs, (None, right[j - 1])]))
            if i and j:
                likeness = _likeness(read[i - 1], right[j - 1])
                score, pairs = best[i - 1][j - 1]
                if likeness > 0:
                    options.append((score + likeness, [*pairs, (read[i - 1], right[j - 1])]))
            if options:
                best[i][j] = max(options, key=lambda option: option[0])
    return best[-1][-1][1]


def _likeness(one: Table, other: Table) -> float:
    words, others = _words(one), _words(other)
    if not words & others:
        return 0.0
    shared = 2 * (words & others).total() / (words.total() + others.total())
    return shared + 0.1 * SequenceMatcher(None, one.title, other.title).ratio()


def _words(table: Table) -> Counter[str]:
    texts = [row.label for row in table.rows] + [cell for row in table.rows for cell in row.cells if cell]
    return Counter(word for text in texts for word in text.split())


def _squeezed(text: str) -> str:
    return "".join(text.split())
