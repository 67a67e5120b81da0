"""The layout of a review workbook, shared by its writer and its reader.

A workbook has a sheet ``document`` (field, value, explanation, and beside them the balance of each page), a sheet
``T01``, ``T02`` … per table, and a last sheet ``read`` with the texts as they were read, which shows a person's
corrections. If there is something to review, that comes first: ``review`` lists the places that the reader was unsure
of, ``unplaced`` corrections without a place.
"""

REVIEW_SHEET = "review"
REVIEW_HEADER = (
    "cell",
    "read_text",
    "reason",
    "alternatives",
    "row_label",
    "column_header",
    "table",
    "table_no",
    "row_no",
    "col_no",
)
# Separates the alternatives of a doubtful text, which may hold commas and spaces themselves.
ALTERNATIVES_PARTED_BY = " | "
UNPLACED_SHEET = "unplaced"
UNPLACED_HEADER = ("table", "row_label", "column_header", "read_text", "corrected_text")

DOCUMENT_SHEET = "document"
READ_SHEET = "read"
READ_HEADER = ("table_no", "row_no", "col_no", "read_text")
# Identifies the document that was read: a copied workbook filled with another report has other read texts.
READ_DOCUMENT_CELL = "F1"

DOCUMENT_FIELDS = {
    "document_id": "Samma namn som filen, t.ex. mark_delarsrapport_2025",
    "title": "Rapportens titel",
    "municipality_code": "SCB:s kommunkod, fyra siffror",
    "municipality": "Kommunens namn",
    "committee": "Nämnd; lämnas tom om rapporten inte är en nämnds",
    "document_kind": "plan, interim_report (delår) eller annual_report (helår)",
    "information_date": "Sista dag som rapporten vet något om, ÅÅÅÅ-MM-DD",
    "plan_from_year": "Planens första år (bara planer)",
    "plan_to_year": "Planens sista år (bara planer)",
    "source": "Varifrån rapporten kommer",
    "issuer_kind": "Utgivare: committee (nämnd), municipality (kommunen), federation (förbund) eller company (bolag)",
    "source_url": "Rapportens adress på webben (https://…); lämnas tom om adressen inte är känd",
}
REQUIRED_DOCUMENT_FIELDS = (
    "document_id",
    "title",
    "municipality_code",
    "municipality",
    "document_kind",
    "information_date",
)

# The balance of each page is beside the facts about the document, where their explanations end.
BALANCE_COLUMN = 5
BALANCE_FIELDS = {
    "place": "printed_on",
    "tables": "tables",
    "pictures": "pictures",
    "printed": "figures_printed",
    "in_tables": "in_tables",
    "in_text": "in_text",
    "in_dates": "dates_and_page_numbers",
    "in_doubts": "in_doubts",
    "unaccounted": "unaccounted_for",
    "is_open": "to_check",
}
TO_CHECK = "x"

TABLE_FIELDS = ("table_no", "section", "title", "unit", "page", "source_line", "notes")
COLUMN_NO_ROW = len(TABLE_FIELDS) + 2
HEADER_ROW = COLUMN_NO_ROW + 1
FIRST_DATA_ROW = HEADER_ROW + 1

ROW_FIELDS = ("row_no", "source_line", "row_kind", "row_notes")
LABEL_COLUMN = len(ROW_FIELDS) + 1
FIRST_CELL_COLUMN = LABEL_COLUMN + 1
COMMENTARY = "commentary"
LONGEST_CELL = 500
HEADING = "heading"
DATA = "data"


def sheet_name(table_no: int) -> str:
    """The sheet of a table: ``T01`` for table 1."""
    return f"T{table_no:02d}"


def position(row_no: int, col_no: int) -> tuple[int, int]:
    """The sheet's row and column of a place in a table; row 0 is the header, column 0 the label."""
    row = HEADER_ROW if row_no == 0 else FIRST_DATA_ROW + row_no - 1
    return row, LABEL_COLUMN if col_no == 0 else FIRST_CELL_COLUMN + col_no - 1
