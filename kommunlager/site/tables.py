"""Tables for the templates: named columns, grouped rows, and each row's source."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kommunlager.site.marts import Row
from kommunlager.site.sources import Citation, Sources


@dataclass(frozen=True)
class Column:
    """A header and the key of its cells; the first column of a table names the row."""

    header: str
    cell: Callable[[Row], object]
    numeric: bool = False


@dataclass(frozen=True)
class TableRow:
    """The cells of a row, first the one that names it; a total is emphasised."""

    cells: tuple[object, ...]
    citation: Citation | None
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A caption, columns, and rows in groups; a group without a title has no heading row."""

    caption: str
    columns: Sequence[Column]
    groups: tuple[tuple[str, tuple[TableRow, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.groups)


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
        citation = _citation(str(cells[0]), row, figure_sources) if figure_sources else None
        groups.setdefault(group(row), []).append(TableRow(cells, citation, is_total(row)))
    return Table(caption, columns, tuple((title, tuple(members)) for title, members in groups.items()))


def _citation(subject: str, row: Row, figure_sources: FigureSources) -> Citation:
    named_ids = [(name, row[field]) for name, field in figure_sources.figures.items()]
    return figure_sources.sources.cite(
        subject, named_ids, figure_sources.remark(row), figure_sources.note(row), figure_sources.assumed(row)
    )
