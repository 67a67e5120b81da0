"""Can I trust the numbers: what was found in print, what was changed later, and how forecasts have held."""

from kommunlager.site import formats
from kommunlager.site.marts import Marts, Row
from kommunlager.site.page import Page
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Cited, Column, make_table

_FINDINGS = """
    select f.*, d.document_title
    from marts.audit_findings as f
    left join marts.documents as d on d.document_id = f.document_id
    order by
        f.status desc,
        case f.severity when 'error' then 1 when 'needs_a_look' then 2 when 'unmapped' then 3 else 4 end,
        f.municipality, f.document_id, f.table_no, f.row_no, f.col_no, f.finding_id
"""
_SEVERITY_MARKS = {"error": "bad", "needs_a_look": "caution", "rounding": "even", "unmapped": "unknown"}


def make_pages(marts: Marts, sources: Sources) -> list[Page]:
    """One page."""
    findings = marts.rows("audit_findings", _FINDINGS)
    open_errors = [row for row in findings if row["severity"] == "error" and row["status"] == "open"]
    corrected = [row for row in findings if row["status"] == "corrected"]
    cited = Cited(sources, {"Tryckt": "figure_id", "Jämfört med": "other_figure_id"}, _whole_table)
    content = {
        "open_errors": len(open_errors),
        "corrected": len(corrected),
        "table": make_table("Fynd i de tryckta tabellerna", _COLUMNS, findings, cited, group=_group),
    }
    return [Page("granskning.html", "Går talen att lita på?", "findings.html", "granskning.html", content)]


def _group(row: Row) -> str:
    return "Rättade" if row["status"] == "corrected" else "Öppna"


def _whole_table(row: Row) -> str:
    """Where a finding about a whole table, and no cell of it, stands."""
    document = f"{row['municipality']}, {row['document_title']}"
    return f"{document}. Avsnitt {row['section']}, tabell {row['table_no']}, {row['table_title']}"


def _place(row: Row) -> str:
    parts = (row["municipality"], row["table_title"], row["row_label"])
    return ", ".join(part for part in parts if part)


_COLUMNS = (
    Column("Var", _place),
    Column("Vad", lambda row: formats.prose(row["message_sv"])),
    Column("Hur allvarligt", lambda row: formats.mark(_SEVERITY_MARKS[row["severity"]], row["severity_sv"])),
)
