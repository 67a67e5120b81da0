"""Where a figure is printed: document with its address, section, table, row, page, column and text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kommunlager.site.formats import prose
from kommunlager.site.marts import Marts, Row
from kommunlager.swedish import ASSUMED_OF_FIGURES, Assumption

_PRINTED = """
    select
        f.figure_id,
        f.document_id,
        f.municipality,
        f.section,
        f.table_no,
        f.table_title,
        f.page,
        f.row_no,
        f.row_label,
        f.col_no,
        f.column_header,
        f.raw_text,
        f.counted_text,
        f.unit_printed,
        f.unit,
        f.unit_source,
        f.value_kind_sv,
        f.kind_source,
        f.sign_source,
        f.role_source,
        f.notes,
        f.is_corrected,
        f.correction_reason,
        f.is_edited_by_hand,
        d.document_title,
        d.source_url
    from marts.reported_figures as f
    inner join marts.documents as d on d.document_id = f.document_id
"""
# The figures of which a row has several; of the others the row has a column.
_SEVERAL = """
    select row_id, role || '_figure_ids' as name, list(figure_id order by figure_id) as ids
    from marts.figure_sources
    where role in ('input', 'adjustment', 'to_reserve', 'from_reserve')
    group by row_id, role
"""


@dataclass(frozen=True)
class Place:
    """One printed row: where it is, and the name, column header, text and corrected text of each figure used.

    ``address`` is where the document is published, at the table's page if it is a PDF; ``ids`` are the figures'.
    """

    document: str
    address: str | None
    ids: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str, str, str | None], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Citation:
    """The source of a row on the site; ``remark`` is shown if no printed cell is known, ``note`` always.

    ``assumed`` has a mark and an explanation for each assumption that the row rests on.
    """

    subject: str
    places: tuple[Place, ...]
    remark: str
    note: str = ""
    assumed: tuple[tuple[str, str], ...] = ()


class Sources:
    """Finds printed cells by ``figure_id``."""

    def __init__(self, marts: Marts) -> None:
        self._figures = {row["figure_id"]: row for row in marts.rows("reported_figures", _PRINTED)}
        self._several = {(row["row_id"], row["name"]): row["ids"] for row in marts.rows("figure_sources", _SEVERAL)}

    def ids(self, row: Row, name: str) -> object:
        """The figures of a row: in its column ``*_figure_id``, or in figure_sources where it is ``*_figure_ids``."""
        return self._several.get((row["row_id"], name), []) if name.endswith("_ids") else row[name]

    def cite(
        self,
        subject: str,
        named_ids: Iterable[tuple[str, object]],
        remark: str | None = None,
        note: str | None = None,
        assumed: Iterable[tuple[str, str]] = (),
    ) -> Citation:
        """The source of ``subject``; ids are as in the marts: one, several joined by ``+``, a list, or none.

        ``assumed`` is what the row assumes besides what its figures do.
        """
        by_row: dict[tuple[object, ...], list[tuple[str, Row]]] = {}
        for name, ids in named_ids:
            for figure in self._found(ids):
                key = (figure["document_id"], figure["table_no"], figure["row_no"])
                known = by_row.setdefault(key, [])
                if figure not in (other for _, other in known):
                    known.append((name, figure))
        figures = [figure for named in by_row.values() for _, figure in named]
        all_assumed = (*assumed, *(pair for figure in figures for pair in assumed_by(ASSUMED_OF_FIGURES, figure)))
        places = tuple(_place(named) for named in by_row.values())
        return Citation(subject, places, prose(remark), prose(note), tuple(dict.fromkeys(all_assumed)))

    def _found(self, ids: object) -> list[Row]:
        listed = ids if isinstance(ids, list) else str(ids or "").split("+")
        return [self._figures[figure_id] for figure_id in listed if figure_id in self._figures]


def assumed_by(assumptions: Iterable[Assumption], row: Row) -> list[tuple[str, str]]:
    """Mark and explanation of each of the assumptions that a row makes."""
    return [(assumption.mark_of(row), assumption.explanation) for assumption in assumptions if assumption.is_made(row)]


def _place(named: Sequence[tuple[str, Row]]) -> Place:
    first = named[0][1]
    where = [
        ("Avsnitt", first["section"]),
        ("Tabell", f"{first['table_no']}, {first['table_title']}"),
        ("Rad", f"{first['row_no']}, {first['row_label']}" if first["row_label"] else str(first["row_no"])),
        ("Sida", first["page"]),
        ("Tabellens enhet", first["unit_printed"]),
        ("Uppgiftens id", first["figure_id"]),
    ]
    return Place(
        document=f"{first['municipality']}, {first['document_title']}",
        address=_address(first),
        ids=tuple(figure["figure_id"] for _, figure in named),
        where=tuple((name, str(value)) for name, value in where if value not in (None, "")),
        figures=tuple((name, f["column_header"] or str(f["col_no"]), f["raw_text"], _counted(f)) for name, f in named),
        remarks=tuple(dict.fromkeys(remark for _, figure in named for remark in _remarks(figure))),
    )


def _address(figure: Row) -> str | None:
    """The document on the web; browsers open a PDF at the page that the address ends in."""
    address = figure["source_url"]
    is_pdf = address is not None and address.lower().endswith(".pdf")
    return f"{address}#page={figure['page']}" if is_pdf and figure["page"] else address


def _counted(figure: Row) -> str | None:
    """The value that counts, if it is not the printed one."""
    return figure["counted_text"] if figure["counted_text"] != figure["raw_text"] else None


def _remarks(figure: Row) -> list[str]:
    remarks = [figure["notes"]] if figure["notes"] else []
    if figure["is_corrected"]:
        remarks.append(f"Rättat: {figure['correction_reason']}.")
    if figure["is_edited_by_hand"]:
        remarks.append("Cellen är ändrad för hand efter inläsningen.")
    return remarks
