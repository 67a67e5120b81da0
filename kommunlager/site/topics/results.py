"""The results of whole municipalities and their groups: balance requirement, reserves and ratios."""

from collections.abc import Callable

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Part, Section
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import RowsOf, Subject
from kommunlager.site.tables import Column, FigureSources, Table, make_table

_RESULTS = """
    select m.*, '' as committee, d.document_title
    from marts.municipality_results as m
    inner join marts.documents as d on d.document_id = m.document_id
    where m.is_latest
    order by
        m.municipality, d.document_title, m.subject_scope = 'group', m.subject_scope, m.period_end desc,
        m.period_basis, m.value_kind desc
"""
_SOURCES = {
    "Resultat": "result_figure_id",
    "Justering": "adjustment_figure_ids",
    "Efter justeringar": "result_after_adjustments_figure_id",
    "Till reserv": "to_reserve_figure_ids",
    "Från reserv": "from_reserve_figure_ids",
    "Balanskravsresultat": "balance_requirement_result_figure_id",
    "Att återställa": "deficit_to_restore_figure_id",
    "Resultat av skatt och bidrag": "result_pct_figure_id",
    "Soliditet": "equity_ratio_figure_id",
}


class Results:
    """The results of each municipality and its group; one table for each scope."""

    name = "resultat"
    question = "Kommunens resultat"

    def __init__(self, marts: Marts, sources: Sources) -> None:
        self._sources = sources
        self._rows = RowsOf(marts.rows("municipality_results", _RESULTS))

    def section(self, subject: Subject) -> Section | None:
        """None for a committee, and where no report has such results."""
        rows = self._rows.of(subject)
        if not rows:
            return None
        answer = "Resultat, balanskrav, reserver och nyckeltal. Belopp i tkr med samma tecken som i rapporten."
        return Section(self.name, self.question, answer, Part(tables=_tables(rows, self._sources)))


def _tables(rows: list[Row], sources: Sources) -> list[Table]:
    """A table for each scope, with the columns that are filled in any row."""
    scopes: dict[str, list[Row]] = {}
    for row in rows:
        issuer = "" if row["municipality"] else f"{row['document_title']}, "
        scopes.setdefault(issuer + row["subject_scope_sv"], []).append(row)
    return [
        make_table(
            scope,
            [column for column in _COLUMNS if any(column.cell(row) not in ("", formats.MISSING) for row in of_scope)],
            of_scope,
            FigureSources(
                sources, _SOURCES, remark=lambda row: row["document_title"], note=lambda row: row["sums_note_sv"]
            ),
        )
        for scope, of_scope in scopes.items()
    ]


def _amount(field: str) -> Callable[[Row], str]:
    return lambda row: formats.number(row[field])


def _percent(field: str) -> Callable[[Row], str]:
    return lambda row: formats.percent(row[field])


def _sums(row: Row) -> object:
    if row["sums_agree"] is None:
        return ""
    return formats.mark("good", "Ja") if row["sums_agree"] else formats.mark("caution", "Nej")


_COLUMNS = (
    Column("Period", lambda row: f"{row['value_kind_sv']} {formats.day(row['period_end'])}"),
    Column("Resultat", _amount("result_tkr"), numeric=True),
    Column("Justeringar", _amount("adjustments_tkr"), numeric=True),
    Column("Efter justeringar", _amount("result_after_adjustments_tkr"), numeric=True),
    Column("Till reserv", _amount("to_reserve_tkr"), numeric=True),
    Column("Från reserv", _amount("from_reserve_tkr"), numeric=True),
    Column("Balanskravsresultat", _amount("balance_requirement_result_tkr"), numeric=True),
    Column("Att återställa", _amount("deficit_to_restore_tkr"), numeric=True),
    Column("Resultat av skatt och bidrag", _percent("result_pct_of_tax_and_grants"), numeric=True),
    Column("Soliditet", _percent("equity_ratio_pct"), numeric=True),
    Column("Summerar", _sums),
)
