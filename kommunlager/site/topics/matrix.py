"""The matrix of measures and municipalities: which values can be compared, and how well."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kommunlager.site import formats
from kommunlager.site.marts import Row
from kommunlager.site.page import Page
from kommunlager.site.subjects import Subject, Subjects

# Columns of a matrix; more municipalities are on pages of their own.
_MOST_COLUMNS = 10
_TITLE = "Hur ligger kommunerna till?"


@dataclass(frozen=True)
class Cell:
    """A value as written, and how well it compares: same, similar, caution, or alone without any other.

    ``whose`` names the committee where the municipality has more than one.
    """

    value: str
    whose: str
    period: str
    comparability: str
    words: str


@dataclass(frozen=True)
class Line:
    """A measure, the address of its page, and a cell for each municipality (none if it has no value)."""

    label: str
    address: str
    cells: Sequence[Cell | None]


def pages(measures: Mapping[str, Sequence[Row]], subjects: Subjects) -> Iterator[Page]:
    """``jamforelser.html`` and, with many municipalities, the pages that follow it."""
    found = {row["municipality_code"] for rows in measures.values() for row in rows}
    municipalities = [one for one in subjects.municipalities if one.municipality_code in found]
    sheets = [municipalities[at : at + _MOST_COLUMNS] for at in range(0, len(municipalities), _MOST_COLUMNS)] or [[]]
    names = ["jamforelser.html", *(f"jamforelser-{number}.html" for number in range(2, len(sheets) + 1))]
    chosen = {code: _cells(rows, subjects) for code, rows in measures.items()}
    for number, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1):
        content = {
            "municipalities": sheet,
            "lines": [_line(code, rows, chosen[code], sheet) for code, rows in measures.items()],
            "sheets": [(address, _span(of_sheet)) for address, of_sheet in zip(names, sheets, strict=True)],
            "legend": _LEGEND,
            "icons": {code: icon for code, icon, _ in _LEGEND},
        }
        title = _TITLE if number == 1 else f"{_TITLE} {_span(sheet)}"
        yield Page(name, title, "matrix.html", "jamforelser.html", content)


def measure_address(code: str) -> str:
    """The file name of a measure's page."""
    return f"jamforelse-{formats.slug(code)}.html"


def quantity(row: Row) -> str:
    """The value of a comparison; without a cell of its own it is computed."""
    return formats.quantity(row["value"], row["unit"], is_computed=not row["figure_id"])


def _cells(rows: Sequence[Row], subjects: Subjects) -> dict[str, Cell]:
    """The cell of each municipality: its latest value that another has for the same period, else its latest."""
    cells: dict[str, Cell] = {}
    for row in sorted(rows, key=lambda row: row["municipalities_compared"] < 2):
        if row["value"] is not None:
            subject = subjects.of(row)
            is_one_of_several = len(subjects.committees_of(subject)) > 1
            cells.setdefault(row["municipality_code"], _cell(row, subject.name if is_one_of_several else ""))
    return cells


def _cell(row: Row, whose: str) -> Cell:
    is_alone = row["municipalities_compared"] < 2
    kind = "prognos " if row["value_kind"] == "forecast" else ""
    until = "" if row["period_basis"] == "full_year" else f" t.o.m. {formats.short_day(row['period_end'])}"
    return Cell(
        quantity(row),
        whose,
        f"{kind}{row['fiscal_year']}{until}",
        "alone" if is_alone else row["comparability"],
        _WORDS_ALONE if is_alone else row["comparability_sv"],
    )


def _line(code: str, rows: Sequence[Row], cells: Mapping[str, Cell], municipalities: Sequence[Subject]) -> Line:
    return Line(
        rows[0]["measure_label"], measure_address(code), [cells.get(one.municipality_code) for one in municipalities]
    )


def _span(municipalities: Sequence[Subject]) -> str:
    """The first and last of the municipalities on a page."""
    if not municipalities:
        return ""
    first, last = municipalities[0].municipality, municipalities[-1].municipality
    return first if first == last else f"{first}–{last}"


_WORDS_ALONE = "Ingen annan kommun för samma period"
_LEGEND = (
    ("same", "good", "Jämförbart"),
    ("similar", "partly", "Liknande, läs anmärkningen"),
    ("caution", "caution", "Jämför med försiktighet"),
    ("alone", "unknown", _WORDS_ALONE),
)
