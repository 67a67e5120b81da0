"""The sheets about what changed since the year before: amounts of whole committees, amounts of parts, measures."""

from dataclasses import replace

from kommunlager.controller_workbook.sheets.lines import is_whole, kind_of_line, level, lines_join
from kommunlager.controller_workbook.sheets.sheet import (
    FIRST_FIGURE_JOIN,
    Computed,
    Sheet,
    Topic,
)
from kommunlager.swedish import sql_marks_of_figures

_FIGURE_JOINS = f"""
    {FIRST_FIGURE_JOIN}
    left join marts.reported_figures as figure on figure.figure_id = coalesce(mart.figure_id, first_figure.figure_id)
    left join marts.documents as document on document.document_id = figure.document_id
"""
_SOURCE = Computed(
    "Källa",
    "concat_ws(' · ', document.municipality || ', ' || document.document_title, figure.section,"
    " nullif(figure.table_title, figure.section), figure.row_label)",
    "Var uppgiften står: rapport, avsnitt, tabell och rad.",
)
_ASSUMED = Computed(
    "Antaget",
    sql_marks_of_figures("figure"),
    "Vad raden bygger på som rapporten inte anger, till exempel tabellens enhet. Tomt när inget är antaget.",
)
_DETAILS: tuple[str | Computed, ...] = (
    _SOURCE,
    "is_comparable",
    "real_growth_pct",
    "document_id",
    "previous_document_id",
    "figure_id",
    "previous_figure_id",
)
_ORDER = "mart.fiscal_year desc, mart.municipality, mart.committee, mart.subject_label, mart.period_end desc"

WHOLE = Sheet(
    name="Förändring nämnder",
    topic=Topic.CHANGE,
    question="Hur har nämndernas belopp förändrats sedan föregående år?",
    mart="year_over_year_changes",
    columns=(
        "value_kind_sv",
        "answer_to_sv",
        kind_of_line("subject_code"),
        "municipality",
        "committee",
        "fiscal_year",
        "period_label",
        "subject_label",
        "value",
        "previous_value",
        "change",
        "growth_pct",
        "direction_sv",
        "comparability_sv",
        "comparability_note",
        _ASSUMED,
    ),
    details=_DETAILS,
    joins=_FIGURE_JOINS + lines_join("document_id", "subject_code"),
    where=f"mart.is_current and mart.subject_kind = 'budget_line' and {is_whole('subject_code')}",
    note="Belopp i tkr. Håll isär slag av uppgift, helår och del av år, drift och investering samt poster.",
    order=f"1, 2, 3, {_ORDER}",
    judged="direction_sv",
)
PARTS = replace(
    WHOLE,
    name="Förändring delar",
    question="Vilka delar av nämndernas belopp har förändrats?",
    columns=(level("subject_code"), *WHOLE.columns[:2], *WHOLE.columns[3:7], "activity_label", *WHOLE.columns[7:]),
    details=(WHOLE.columns[2], *_DETAILS),
    where=f"mart.is_current and mart.subject_kind = 'budget_line' and not {is_whole('subject_code')}",
    note="Belopp i tkr. Summera bara inom en Nivå och ett slag av uppgift. Övrig rad ska inte summeras.",
    order=f"1, 2, 3, {_ORDER}, mart.activity_code",
)
MEASURES = replace(
    WHOLE,
    name="Förändring mått",
    question="Hur har måtten förändrats sedan föregående år?",
    columns=(
        *WHOLE.columns[:2],
        *WHOLE.columns[3:7],
        "activity_label",
        "subject_label",
        "gender_sv",
        "unit_sv",
        *WHOLE.columns[8:],
    ),
    details=(*_DETAILS, "change_unit", "change_since_sv"),
    joins=_FIGURE_JOINS,
    where="mart.is_current and mart.subject_kind = 'measure'",
    note="Procenttalens förändring anges i procentenheter. Mått ska inte summeras; välj ett kön.",
    order=f"1, 2, {_ORDER}, mart.activity_code, mart.gender desc",
)

CHANGE_SHEETS = (WHOLE, PARTS, MEASURES)
