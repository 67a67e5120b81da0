"""The list of labels that no seed knows: a CSV for Excel with suggestions, and columns for a person to fill in."""

import csv
import io
from pathlib import Path

import duckdb

from ingest.errors import InputRefusedError
from ingest.files.csv import csv_form, not_a_formula, opened_text
from ingest.files.whole import write_whole
from kommunlager.duckdb_files import connect
from kommunlager.errors import EXIT_BUILD_FAILED, EXIT_DATA_REFUSED, StepFailedError
from kommunlager.installation import Installation, shown

SUGGESTIONS = ("suggestion_1", "suggestion_2", "suggestion_3")
FILLED_IN = (
    "municipality_code",
    "title_pattern",
    "parent_label",
    "activity_code",
    "gender",
    "breakdown",
    "line_role",
    "is_addable",
)
"""The columns of the label seeds that a person may fill in, in the order of the list."""
_COLUMNS = (
    *("take", "label_kind", "label", "unit", "row_count"),
    *("municipality", "document_id", "table_title", "printed_under"),
    *(column for number in (1, 2, 3) for column in (f"suggestion_{number}", f"known_label_{number}")),
    *FILLED_IN,
)
_LABELS = """
    with
        labels as (
            select
                label_kind,
                min_by(label, (document_id, table_no, row_no)) as label,
                unit,
                min_by(label_key, (document_id, table_no, row_no)) as label_key,
                count(distinct row_id) as row_count,
                min_by(municipality, (document_id, table_no, row_no)) as municipality,
                min_by(document_id, (document_id, table_no, row_no)) as document_id,
                min_by(table_title, (document_id, table_no, row_no)) as table_title,
                min_by(parent_label, (document_id, table_no, row_no)) as printed_under
            from intermediate.int_unmapped_rows
            group by label_kind, lower(label), unit
        )
    select
        labels.* exclude (label_key),
        list(
            struct_pack(
                code := code || case when activity_code <> 'total' then '/' || activity_code else '' end, known_label
            )
            order by suggestion_no
        ) filter (where code is not null) as suggestions
    from labels
    left join
        intermediate.int_label_suggestions as suggestions
        on labels.label_kind = suggestions.label_kind
        and labels.label_key = suggestions.label_key
        and labels.unit is not distinct from suggestions.unit
    group by all
    order by row_count desc, label_kind, label, unit
"""
Row = dict[str, str]


def write_label_list(installation: Installation) -> list[str]:
    """Write the list, keeping what a person has filled in; returns what to say about it."""
    path = installation.labels_to_map
    labels = unmapped_labels(installation)
    if not labels:
        return ["Every label is known."]
    filled_in = {_identity(row): row for _, row in read_list(path)} if path.exists() else {}
    for row in labels:
        earlier = filled_in.get(_identity(row), {})
        row.update({name: earlier[name] for name in ("take", *FILLED_IN) if earlier.get(name)})
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: not_a_formula(value) for name, value in row.items()} for row in labels)
    write_whole(path, text.getvalue().encode("utf-8-sig"))
    suggested = sum(bool(row["suggestion_1"]) for row in labels)
    return [
        f"{shown(path)} lists {len(labels)} unknown labels, {suggested} of them with suggestions.",
        f"Choose in the column take, save, and run `kommunlager map --take {shown(path)}`.",
    ]


def unmapped_labels(installation: Installation) -> list[Row]:
    """A row of the list for each label that no seed knows, the most frequent first."""
    if not installation.database.is_file():
        raise StepFailedError("Nothing is built yet. Run `kommunlager run` first.", EXIT_BUILD_FAILED)
    with connect(installation.database, read_only=True) as connection:
        try:
            found = connection.execute(_LABELS)
        except duckdb.CatalogException as error:
            raise StepFailedError("Nothing is built yet. Run `kommunlager run` first.", EXIT_BUILD_FAILED) from error
        names = [column[0] for column in found.description]
        return [_row(dict(zip(names, values, strict=True))) for values in found.fetchall()]


def read_list(path: Path) -> list[tuple[int, Row]]:
    """The rows of a list with their numbers (1 is the header), as Excel or ``write_label_list`` saved it."""
    try:
        form = csv_form(path)
    except InputRefusedError as error:
        raise StepFailedError(str(error), EXIT_DATA_REFUSED) from error
    lacking = [name for name in _COLUMNS if name not in form.header]
    if lacking:
        remedy = "Run `kommunlager map` for a new list."
        raise StepFailedError(f"{shown(path)} lacks the column {lacking[0]}. {remedy}", EXIT_DATA_REFUSED)
    with opened_text(path, form) as file:
        rows = csv.DictReader(file, form.header, delimiter=form.delimiter, restval="")
        return [(number, {name: row[name].strip() for name in _COLUMNS}) for number, row in enumerate(rows, 1)][1:]


def _row(found: dict[str, object]) -> Row:
    suggestions = found.pop("suggestions") or []
    assert isinstance(suggestions, list)
    row = dict.fromkeys(_COLUMNS, "") | {name: str(value).strip() for name, value in found.items() if value is not None}
    for number, suggestion in enumerate(suggestions, 1):
        row |= {f"suggestion_{number}": suggestion["code"], f"known_label_{number}": suggestion["known_label"]}
    return row


def _identity(row: Row) -> tuple[str, str, str]:
    return row["label_kind"], row["label"], row["unit"]
