"""Tables for the templates: named columns, grouped rows, and each row's source."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kommunlager.site.marts import Row
from kommunlager.site.sources import Citation, Sources

# The columns of the marts that say whose row it is, and of which part of the work.
_SUBJECT = ("municipality_code", "committee", "activity_code")


@dataclass(frozen=True)
class Column:
    """A header and the key of its cells; the first column of a table names the row."""

    header: str
    cell: Callable[[Row], object]
    numeric: bool = False


@dataclass(frozen=True)
class TableRow:
    """The cells of a row, first the one that names it; a total is emphasised.

    ``about`` says whose row it is, or what it measures, where tables with the same caption do not.
    """

    cells: tuple[object, ...]
    citation: Citation | None
    is_total: bool = False
    about: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The text that names the row."""
        return _plain_text(self.cells[0])

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """The figures that the row rests on."""
        return tuple(figure_id for place in (self.citation.places if self.citation else ()) for figure_id in place.ids)


@dataclass(frozen=True)
class Table:
    """A caption, columns, and rows in groups; a group without a title has no heading row."""

    caption: str
    columns: Sequence[Column]
    groups: tuple[tuple[str, tuple[TableRow, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def anchor(self) -> str:
        """What a link to the table ends in: the same in the next release as long as caption and subject are."""
        abouts = zip(*(row.about for _, rows in self.groups for row in rows), strict=False)
        return _anchor(self.caption, *(part for part, *others in abouts if {*others} <= {part}))

    @property
    def groups_with_anchors(self) -> list[tuple[str, list[tuple[str, TableRow]]]]:
        """The groups, each row with what a link to it ends in."""
        times = Counter((title, row.about, row.label) for title, rows in self.groups for row in rows)
        taken: Counter[str] = Counter()

        def anchor(title: str, row: TableRow) -> str:
            # Rows alike in all that names them differ in their figures; only rows without figures go by their order.
            is_alone = times[title, row.about, row.label] == 1
            found = _anchor(self.caption, title, *row.about, row.label, *(() if is_alone else row.figure_ids))
            taken[found] += 1
            return found if taken[found] == 1 else f"{found}-{taken[found]}"

        return [(title, [(anchor(title, row), row) for row in rows]) for title, rows in self.groups]


@dataclass(frozen=True)
class FigureSources:
    """How the rows of a table name their sources: which column holds the figure id of which value."""

    sources: Sources
    figures: Mapping[str, str]
    remark: Callable[[Row], str | None] = lambda row: row.get("source_ref")
    note: Callable[[Row], str | None] = lambda row: None
    assumed: Callable[[Row], Iterable[tuple[str, str]]] = lambda row: ()


def make_table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    figure_sources: FigureSources | None,
    group: Callable[[Row], str] = lambda row: "",
    is_total: Callable[[Row], bool] = lambda row: False,
) -> Table:
    """A table of ``rows`` in the given order; rows with the same ``group`` are together."""
    groups: dict[str, list[TableRow]] = {}
    for row in rows:
        cells = tuple(column.cell(row) for column in columns)
        citation = _citation(_plain_text(cells[0]), row, figure_sources) if figure_sources else None
        about = tuple(str(row.get(name) or "") for name in _SUBJECT)
        groups.setdefault(group(row), []).append(TableRow(cells, citation, is_total(row), about))
    return Table(caption, columns, tuple((title, tuple(members)) for title, members in groups.items()))


def _citation(subject: str, row: Row, figure_sources: FigureSources) -> Citation:
    named_ids = [(name, figure_sources.sources.ids(row, field)) for name, field in figure_sources.figures.items()]
    return figure_sources.sources.cite(
        subject, named_ids, figure_sources.remark(row), figure_sources.note(row), figure_sources.assumed(row)
    )


def _plain_text(cell: object) -> str:
    """A cell without the markup of its link or mark."""
    return cell.striptags() if isinstance(cell, Markup) else str(cell)


def _anchor(*parts: str) -> str:
    """A short name for a part of a page, made of what the part is about and not of where it is."""
    digest = hashlib.blake2s("\n".join(parts).encode(), digest_size=5).digest()
    return "r" + base64.b32encode(digest).decode().lower()
