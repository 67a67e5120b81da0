"""The doubts about figures, a part of a page for each kind: errors, later changes, forecasts, and what is covered."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from kommunlager.site import formats
from kommunlager.site.marts import Row
from kommunlager.site.page import Part
from kommunlager.site.sources import Sources
from kommunlager.site.tables import Column, FigureSources, Table, make_table
from kommunlager.site.topics.reports import WHAT_TO_DO, is_unread, unread_in_words
from kommunlager.swedish import number_in_words

RowsOfMarts = Mapping[str, list[Row]]

_FINDINGS = """
    select f.*, d.document_title
    from marts.audit_findings as f
    left join marts.documents as d on d.document_id = f.document_id
    order by
        f.status desc,
        case f.severity when 'error' then 1 when 'needs_a_look' then 2 when 'unmapped' then 3 else 4 end,
        f.municipality, f.document_id, f.table_no, f.row_no, f.col_no, f.finding_id
"""
_RESTATEMENTS = """
    select r.*, a.activity_label, d.document_title as later_title
    from marts.restatements as r
    left join marts.activities as a on a.activity_code = r.activity_code
    left join marts.documents as d on d.document_id = r.later_document_id
    order by r.municipality, r.committee, r.explanation_kind = 'rounding', r.subject_kind, r.fiscal_year desc,
        r.subject_label, r.activity_code, r.gender, r.later_document_id, r.later_figure_id
"""
_BUDGET_CHANGES = """
    select b.*, a.activity_label, d.document_title as later_title
    from marts.budget_changes as b
    left join marts.activities as a on a.activity_code = b.activity_code
    left join marts.documents as d on d.document_id = b.later_document_id
    order by b.municipality, b.committee, b.fiscal_year desc, b.activity_code <> 'total', b.line_code <> 'net_cost',
        a.activity_label, b.line_label, b.later_document_id, b.later_figure_id
"""
_TARGET_CHANGES = """
    select t.*, a.activity_label, d.document_title as later_title
    from marts.target_changes as t
    left join marts.activities as a on a.activity_code = t.activity_code
    left join marts.documents as d on d.document_id = t.later_document_id
    order by t.municipality, t.committee, t.counted_direction = 'same', t.target_year desc, t.counted_direction,
        t.indicator_label, t.activity_code, t.gender, t.later_document_id, t.later_target_figure_id
"""
_FORECASTS = """
    select f.*, a.activity_label, d.document_title as forecast_title
    from marts.forecast_accuracy as f
    left join marts.activities as a on a.activity_code = f.activity_code
    left join marts.documents as d on d.document_id = f.forecast_document_id
    order by f.municipality, f.committee, f.forecast_document_id, f.subject_kind, f.activity_code <> 'total',
        a.activity_label, f.subject_code <> 'net_cost', f.subject_label, f.gender desc, f.fiscal_year,
        f.forecast_figure_id
"""
_NET_COST_ERRORS = """
    select f.*, d.document_title as forecast_title
    from marts.forecast_accuracy_by_document as f
    left join marts.documents as d on d.document_id = f.forecast_document_id
    where f.net_cost_error_tkr is not null
    order by f.fiscal_year desc, f.municipality, f.committee, f.forecast_document_id
"""
_COVERAGE = """
    select
        municipality_code,
        committee,
        fiscal_year,
        subject_kind,
        string_agg(distinct value_kind_sv, ', ' order by value_kind_sv) as kinds,
        count(distinct document_id) as documents,
        max(last_period_end) as last_period_end,
        sum(figure_count) as figures,
        sum(unmapped_figure_count) as unmapped
    from marts.data_coverage
    where document_id is not null and figure_count > 0
    group by all
    order by municipality_code, committee, fiscal_year desc nulls last, subject_kind
"""
_DOCUMENTS = "select * from marts.documents order by municipality, committee, information_date desc, document_id"
QUERIES = {
    "audit_findings": _FINDINGS,
    "restatements": _RESTATEMENTS,
    "budget_changes": _BUDGET_CHANGES,
    "target_changes": _TARGET_CHANGES,
    "forecast_accuracy": _FORECASTS,
    "forecast_accuracy_by_document": _NET_COST_ERRORS,
    "data_coverage": _COVERAGE,
    "documents": _DOCUMENTS,
}
_SEVERITY_MARKS = {"error": "bad", "needs_a_look": "caution", "rounding": "even", "unmapped": "unknown"}
_TARGET_MARKS = {"easier": "down", "harder": "up", "same": "even", "flipped": "caution", "unknown": "unknown"}
_TARGET_WORDS = {
    "easier": "har blivit lättare att nå",
    "harder": "har blivit svårare att nå",
    "flipped": "har fått omvänd riktning",
    "same": "är oförändrade",
    "unknown": "kan inte jämföras",
}
_FORECAST_MARKS = {"exact": "good", "optimistic": "down", "pessimistic": "up"}
_SUBJECT_KINDS = {"budget_line": "Budgetrader", "measure": "Nyckeltal", "key_figure": "Kolada"}
_CHECKS = "Vår kontrollräkning räknar om varje summa, förändring och avvikelse ur tabellens övriga tal."


def errors_in_words(errors: int) -> str:
    """How many errors in the reports stand uncorrected."""
    if errors == 0:
        return "Inga kända fel i rapporterna är orättade"
    if errors == 1:
        return "Ett fel i rapporterna är inte rättat"
    return f"{number_in_words(errors).capitalize()} fel i rapporterna är inte rättade"


def checks_in_words(rows_of: RowsOfMarts) -> str:
    """What the checks found, and which reports have nothing that could be checked."""
    unread = map(unread_in_words, filter(is_unread, rows_of["documents"]))
    return " ".join([*unread, *_findings_in_words(rows_of)])


def _findings_in_words(rows_of: RowsOfMarts) -> list[str]:
    """How many errors there are, and what is open or corrected; nothing where no figure was checked."""
    rows = rows_of["audit_findings"]
    errors = sum((row["severity"], row["status"]) == ("error", "open") for row in rows)
    to_look_at = sum((row["severity"], row["status"]) == ("needs_a_look", "open") for row in rows)
    corrected = sum(row["status"] == "corrected" for row in rows)
    if not rows:
        return ["Inga fynd: de tabeller som är lästa går ihop."] if rows_of["data_coverage"] else []
    said = [f"{errors_in_words(errors)}."]
    if to_look_at:
        said.append(f"{formats.counted(to_look_at, 'fynd', 'fynd')} behöver granskas.")
    if corrected:
        said.append("Ett fynd är rättat." if corrected == 1 else f"{formats.number(corrected)} fynd är rättade.")
    return said


def _findings(rows_of: RowsOfMarts, sources: Sources) -> Part:
    rows = rows_of["audit_findings"]
    cited = FigureSources(sources, {"Rapportens uppgift": "figure_id", "Jämfört med": "other_figure_id"}, _whole_table)
    to_do = [row for row in rows if _is_to_do(row)]
    others = [row for row in rows if not _is_to_do(row)]
    part = _part(
        "Fel i rapporterna",
        checks_in_words(rows_of),
        " ".join([_CHECKS, *([WHAT_TO_DO] if any(map(is_unread, rows_of["documents"])) else [])]),
        make_table("Fynd i rapporternas tabeller", _FINDING_COLUMNS, others, cited, group=_finding_group),
    )
    times = Counter(map(_advice, to_do))
    table = make_table(
        "För den som förvaltar Kommunlager",
        _TO_DO_COLUMNS,
        sorted(to_do, key=_advice),
        cited,
        group=lambda row: f"{_advice(row)} Gäller {formats.counted(times[_advice(row)], 'fynd', 'fynd')}.",
    )
    return replace(part, folded=(table,)) if to_do else part


def _restatements(rows_of: RowsOfMarts, sources: Sources) -> Part:
    rows = rows_of["restatements"]
    unexplained = sum(row["explanation_kind"] == "unexplained" for row in rows)
    reasons = f"för {unexplained} av dem anges ingen orsak" if unexplained else "för alla anges en orsak"
    cited = FigureSources(sources, {"Först": "first_figure_id", "Senare": "later_figure_id"})
    return _part(
        "Tal som ändrats i en senare rapport",
        f"{len(rows)} utfall har ett annat värde i en senare rapport; {reasons}."
        if rows
        else "Inget utfall har ändrats i en senare rapport.",
        "Den senare rapportens uppgift gäller.",
        make_table("Ändrade tal", _RESTATEMENT_COLUMNS, rows, cited),
    )


def _budget_changes(rows_of: RowsOfMarts, sources: Sources) -> Part:
    rows = rows_of["budget_changes"]
    cited = FigureSources(sources, {"Först": "first_figure_id", "Senare": "later_figure_id"})
    return _part(
        "Ändrad budget",
        f"{formats.counted(len(rows), 'budgetpost', 'budgetposter')} har ett annat belopp i en senare rapport."
        if rows
        else "Ingen budget har ändrats i en senare rapport.",
        "En ändrad budget är ett beslut och inget fel. Där bara fördelningen mellan raderna är en annan,"
        " och summan densamma, är pengarna omfördelade.",
        make_table("Budget i två rapporter", _BUDGET_CHANGE_COLUMNS, rows, cited),
    )


def _targets(rows_of: RowsOfMarts, sources: Sources) -> Part:
    rows = rows_of["target_changes"]
    counts = Counter(row["counted_direction"] for row in rows)
    outcomes = ", ".join(f"{counts[code]} {words}" for code, words in _TARGET_WORDS.items() if counts[code])
    cited = FigureSources(sources, {"Först": "first_target_figure_id", "Senare": "later_target_figure_id"})
    return _part(
        "Ändrade målvärden",
        f"{len(rows)} mål finns i två rapporter: {outcomes}." if rows else "Inget mål redovisas i mer än en rapport.",
        "Ett mål kan nås för att målvärdet har gjorts lättare att nå.",
        make_table("Mål i två rapporter", _TARGET_COLUMNS, rows, cited),
    )


def _forecasts(rows_of: RowsOfMarts, sources: Sources) -> Part:
    rows, errors = rows_of["forecast_accuracy"], rows_of["forecast_accuracy_by_document"]
    figures = {"Prognos": "forecast_figure_id", "Utfall": "outcome_figure_id", "Beräknat ur": "input_figure_ids"}
    return _part(
        "Prognossäkerhet",
        _forecasts_in_words(Counter(row["direction"] for row in rows))
        if rows
        else "Ingen prognos har ännu ett utfall att jämföra med.",
        " ".join(["Prognosavvikelse är utfall minus prognos.", *map(_net_cost_error, errors)]),
        make_table(
            "Prognos mot utfall", _FORECAST_COLUMNS, rows, FigureSources(sources, figures), group=_forecast_group
        ),
    )


def _forecasts_in_words(counts: Counter[str]) -> str:
    """How outcomes came in against forecasts; a subject that is neither good nor bad counts by height."""
    compared = (
        f"Av {counts.total()} prognoser blev utfallet sämre i {counts['optimistic']}, bättre i {counts['pessimistic']}"
        f" och lika i {counts['exact']}"
    )
    neutral = counts["too_high"] + counts["too_low"]
    if not neutral:
        return f"{compared}."
    return (
        f"{compared}; för {neutral} mått utan bättre eller sämre var prognosen för hög i {counts['too_high']}"
        f" och för låg i {counts['too_low']}."
    )


def _coverage(rows_of: RowsOfMarts, sources: Sources) -> Part:
    rows = rows_of["data_coverage"]
    return _part(
        "Vad som finns här",
        coverage_in_words(rows),
        "En plan anger mål flera år framåt; ett år utan utfall är inte följt upp än.",
        make_table("Tal per år", _COVERAGE_COLUMNS, rows, None),
    )


def coverage_in_words(rows: list[Row]) -> str:
    """How many figures there are, and how many of them have no known meaning."""
    if not rows:
        return "Inga tal är inlästa än."
    unmapped = sum(row["unmapped"] for row in rows)
    mapped = (
        f"{formats.number(unmapped)} av dem saknar koppling till en känd post eller ett känt mått"
        if unmapped
        else "alla är kopplade till en känd post eller ett känt mått"
    )
    return f"{formats.number(sum(row['figures'] for row in rows))} uppgifter ur rapporterna; {mapped}."


def _part(title: str, answer: str, remark: str, table: Table) -> Part:
    return Part(title=title, answer=answer, remark=remark, tables=(table,) if table else ())


PARTS = (_findings, _restatements, _budget_changes, _targets, _forecasts, _coverage)


def _whole_table(row: Row) -> str:
    """The place of a finding about a whole table rather than a cell."""
    document = f"{row['municipality']}, {row['document_title']}"
    return f"{document}. Avsnitt {row['section']}, tabell {row['table_no']}, {row['table_title']}"


def _finding_group(row: Row) -> str:
    return "Rättade" if row["status"] == "corrected" else "Öppna"


def _forecast_group(row: Row) -> str:
    return str(row["forecast_title"])


def _is_to_do(row: Row) -> bool:
    """Whether it waits for a row in a seed, which only those who run the warehouse can add."""
    return (row["severity"], row["status"]) == ("unmapped", "open")


def _advice(row: Row) -> str:
    """The last sentence of a finding: what to do about it."""
    return str(row["message_sv"]).rpartition(". ")[2]


def _without_advice(row: Row) -> str:
    return formats.prose(str(row["message_sv"]).rpartition(". ")[0])


def _place(row: Row) -> str:
    return ", ".join(part for part in (row["document_title"], row["table_title"], row["row_label"]) if part)


def _subject(row: Row) -> str:
    return formats.subject(row["subject_label"], row["gender"], row["activity_code"], row["activity_label"])


def _quantity(field: str) -> Callable[[Row], str]:
    return lambda row: formats.quantity(row[field], row["unit"])


def _net_cost_error(row: Row) -> str:
    """A negative error means that the cost was higher than forecast."""
    way = "högre" if row["net_cost_error_tkr"] < 0 else "lägre"
    compared = f"{formats.amount(abs(row['net_cost_error_tkr']))} {way} än prognosen i {row['forecast_title']}"
    return f"Nettokostnaden {row['fiscal_year']} blev {compared}."


def _explanation(row: Row) -> object:
    return formats.mark("caution" if row["explanation_kind"] == "unexplained" else "even", row["explanation"])


def _forecast_error(row: Row) -> str:
    percent = row["forecast_error_pct"]
    return formats.signed(row["forecast_error"]) + (f" ({formats.percent(percent)})" if percent else "")


_FINDING_COLUMNS = (
    Column("Plats", _place),
    Column("Fynd", lambda row: formats.prose(row["message_sv"])),
    Column("Allvarlighetsgrad", lambda row: formats.mark(_SEVERITY_MARKS[row["severity"]], row["severity_sv"])),
)
_TO_DO_COLUMNS = (
    Column("Plats", _place),
    Column("Fynd", _without_advice),
)
_RESTATEMENT_COLUMNS = (
    Column("Tal", _subject),
    Column("Period", lambda row: f"{row['value_kind_sv']} {row['period_label']}"),
    Column("Först", _quantity("first_value"), numeric=True),
    Column("Senare", _quantity("later_value"), numeric=True),
    Column("Skillnad", lambda row: formats.signed(row["difference"]), numeric=True),
    Column("Förklaring", _explanation),
)
_BUDGET_CHANGE_COLUMNS = (
    Column("Rad", lambda row: formats.subject(row["line_label"], "T", row["activity_code"], row["activity_label"])),
    Column("År", lambda row: str(row["fiscal_year"]), numeric=True),
    Column("Först, tkr", lambda row: formats.number(row["first_budget_tkr"], 0), numeric=True),
    Column("Senare, tkr", lambda row: formats.number(row["later_budget_tkr"], 0), numeric=True),
    Column("Ändring, tkr", lambda row: formats.signed(row["change_tkr"], 0), numeric=True),
    Column("Slag", lambda row: row["change_kind_sv"]),
    Column("Förklaring", lambda row: formats.prose(row["explanation"] or "")),
)
_TARGET_COLUMNS = (
    Column(
        "Mål",
        lambda row: formats.subject(row["indicator_label"], row["gender"], row["activity_code"], row["activity_label"]),
    ),
    Column("Målår", lambda row: str(row["target_year"]), numeric=True),
    Column("Först", lambda row: formats.prose(row["first_target_text"]), numeric=True),
    Column("Senare", lambda row: formats.prose(row["later_target_text"]), numeric=True),
    Column(
        "Förändring", lambda row: formats.mark(_TARGET_MARKS[row["counted_direction"]], row["counted_direction_sv"])
    ),
)
_FORECAST_COLUMNS = (
    Column("Prognos för", _subject),
    Column("År", lambda row: str(row["fiscal_year"]), numeric=True),
    Column("Prognos", _quantity("forecast_value"), numeric=True),
    Column("Utfall", _quantity("outcome_value"), numeric=True),
    Column("Prognosavvikelse", _forecast_error, numeric=True),
    Column("Bedömning", lambda row: formats.mark(_FORECAST_MARKS.get(row["direction"], "even"), row["direction_sv"])),
)
_COVERAGE_COLUMNS = (
    Column("År", lambda row: str(row["fiscal_year"] or "Utan år")),
    Column("Avser", lambda row: _SUBJECT_KINDS.get(row["subject_kind"], row["subject_kind"])),
    Column("Slag", lambda row: row["kinds"] or formats.MISSING),
    Column("Rapporter", lambda row: formats.number(row["documents"]), numeric=True),
    Column("Tal", lambda row: formats.number(row["figures"]), numeric=True),
)
