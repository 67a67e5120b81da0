"""The sheets that show what the answers rest on, and where it may be wrong."""

from kommunlager.controller_workbook.sheets.sheet import Computed, Sheet, Topic

_DOCUMENT_JOIN = "left join marts.documents as document on document.document_id = mart.document_id"
_LOADED = Computed(
    "Inläst",
    "mart.loaded_at at time zone 'UTC' at time zone 'Europe/Stockholm'",
    "När rapporten lästes in.",
)

FINDINGS = Sheet(
    name="Granskning",
    topic=Topic.TRUST,
    question="Vilka uppgifter i rapporterna är fel eller behöver granskas?",
    mart="audit_findings",
    columns=(
        "severity_sv",
        "status_sv",
        "municipality",
        "committee",
        "document.document_title",
        "table_title",
        "row_label",
        "column_header",
        "printed_text",
        "computed_value",
        "message_sv",
    ),
    details=("section", "difference", "rule", "document_id", "figure_id", "other_figure_id", "finding_id"),
    joins=_DOCUMENT_JOIN,
    note="Fel först. Avrundningar och okända etiketter står sist.",
    order="list_position(['error', 'needs_a_look', 'unmapped', 'rounding'], mart.severity), mart.status desc,"
    " mart.municipality, mart.committee, mart.document_id, mart.table_no, mart.row_no, mart.col_no",
    key="finding_id",
    judged="severity_sv",
)
RESTATEMENTS = Sheet(
    name="Ändrat i efterhand",
    topic=Topic.TRUST,
    question="Vilka utfall har ändrats i en senare rapport?",
    mart="restatements",
    columns=(
        "value_kind_sv",
        "municipality",
        "committee",
        "fiscal_year",
        "period_label",
        "activity_label",
        "subject_label",
        "gender_sv",
        "unit_sv",
        "first_value",
        "later_value",
        "difference",
        "explanation",
    ),
    details=("source_ref", "first_document_id", "later_document_id", "first_figure_id", "later_figure_id"),
    note="Samma uppgift i två rapporter, med olika värden. Ska inte summeras.",
    order="mart.municipality, mart.committee, mart.subject_label, mart.period_end, mart.activity_code, mart.gender,"
    " mart.later_document_id",
)
DOCUMENTS = Sheet(
    name="Rapporter",
    topic=Topic.TRUST,
    question="Vilka rapporter bygger svaren på?",
    mart="documents",
    columns=(
        "document_kind_sv",
        "municipality",
        "committee",
        "document_title",
        "information_date",
        "table_count",
        "figure_count",
        "unmapped_figure_count",
        "document_source",
        "source_url",
        "set_aside_reason",
    ),
    details=("document_id", "file_name", _LOADED),
    note="Den senaste rapporten om en uppgift gäller.",
    order="mart.information_date desc, mart.municipality, mart.committee",
    key="document_id",
)
FIGURES = Sheet(
    name="Alla uppgifter",
    topic=Topic.TRUST,
    question="Vad står i rapporterna, cell för cell?",
    mart="reported_figures",
    columns=(
        "is_latest",
        "value_kind_sv",
        "municipality",
        "committee",
        "document.document_title",
        "page",
        "table_title",
        "row_label",
        "column_header",
        "raw_text",
        "value",
        "unit_sv",
        "amount_tkr",
        "period_label",
        "gender_sv",
    ),
    details=(
        "section",
        "activity_label",
        "sums_to_label",
        "period_end",
        "is_corrected",
        "counted_text",
        "notes",
        "line_code",
        "measure_code",
        "figure_id",
    ),
    joins=_DOCUMENT_JOIN,
    note="Alla celler, även äldre uppgifter samt både summor och deras delar. Summera på de andra bladen.",
    order="mart.document_id, mart.table_no, mart.row_no, mart.col_no",
    key="figure_id",
)

TRUST_SHEETS = (FINDINGS, RESTATEMENTS, DOCUMENTS, FIGURES)
