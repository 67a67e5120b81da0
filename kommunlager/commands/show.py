"""The verb ``show``: where a figure is printed, and a picture of its row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kommunlager.errors import EXIT_WRONG_USE, StepFailedError
from kommunlager.installation import Installation, find_installation, shown
from kommunlager.runs.output import say

Figure = dict[str, Any]

_ROW = """
    select f.*, d.document_title, d.document_source, d.source_url, d.file_name
    from marts.reported_figures as f
    inner join marts.documents as d on d.document_id = f.document_id
    where (f.document_id, f.table_no, f.row_no) in (
        select (document_id, table_no, row_no) from marts.reported_figures where figure_id = $1
    )
    order by f.col_no
"""


@click.command("show")
@click.argument("figure_id", metavar="FIGURE_ID")
@click.option(
    "--pdf", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="The report, if it is elsewhere."
)
@click.option("--picture", type=click.Path(path_type=Path, dir_okay=False), help="File of the picture (FIGURE_ID.png).")
def show_command(figure_id: str, pdf: Path | None, picture: Path | None) -> None:
    """Show where a figure is printed, and cut its row out of the report.

    FIGURE_ID is that of reported_figures and of the columns *_figure_id in the marts, such as
    mark_delarsrapport_2025.t14.r2.c4. The report is looked for in data/reports, where `kommunlager read` found it.
    """
    installation = find_installation()
    row = printed_row(installation, figure_id)
    figure = next(cell for cell in row if cell["figure_id"] == figure_id)
    for line in place_lines(figure):
        say(line)
    say(_cut_out(installation, figure, row, pdf, picture or Path(f"{figure_id}.png")))


def printed_row(installation: Installation, figure_id: str) -> list[Figure]:
    """The figures of the row that a figure is in, by column; raises StepFailedError if there is no such figure."""
    from kommunlager.duckdb_files import connect
    from kommunlager.publishing.releases import published_release

    release = published_release(installation)
    if release is None:
        raise StepFailedError("Nothing is published yet. Run `kommunlager run` first.", EXIT_WRONG_USE)
    with connect(release.warehouse, read_only=True) as connection:
        found = connection.execute(_ROW, [figure_id])
        names = [column[0] for column in found.description or ()]
        row = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    if not row:
        raise StepFailedError(
            f"{shown(release.warehouse)} has no figure {figure_id}."
            " The column figure_id of marts.reported_figures lists them all.",
            EXIT_WRONG_USE,
        )
    return row


def place_lines(figure: Figure) -> Iterator[str]:
    """Where a figure is, from the document to the cell."""
    yield f"{figure['figure_id']}: {figure['raw_text']}"
    places = {
        "document": f"{figure['municipality']}, {figure['document_title']}",
        "address": figure["source_url"],
        "section": figure["section"],
        "table": f"{figure['table_no']}, {figure['table_title']}",
        "row": f"{figure['row_no']}, {figure['row_label'] or ''}".removesuffix(", "),
        "column": f"{figure['col_no']}, {figure['column_header'] or ''}".removesuffix(", "),
        "table begins on page": figure["page"],
        "line of the source": figure["source_line"],
        "workbook": f"{figure['file_name']}, {figure['cell_ref']}",
    }
    for name, value in places.items():
        if value not in (None, ""):
            yield f"  {name}: {value}"


def _cut_out(installation: Installation, figure: Figure, row: list[Figure], pdf: Path | None, picture: Path) -> str:
    """Write the picture; returns what was done, or why there is none and what to do."""
    from pypdfium2 import PdfiumError

    from kommunlager.commands.row_picture import cut_row_out

    pdf = pdf or installation.data / "reports" / str(figure["document_source"])
    if pdf.suffix.lower() != ".pdf":
        return (
            "  picture: none, since the report was not read from a PDF. If you have it as one, give it with --pdf FILE."
        )
    if not pdf.is_file():
        return f"  picture: none, since {shown(pdf)} is not there. Put the report there, or give it with --pdf FILE."
    try:
        page = cut_row_out(pdf, figure["row_label"] or "", [cell["raw_text"] for cell in row], figure["page"], picture)
    except PdfiumError:
        return f"  picture: none, since {shown(pdf)} can't be opened as a PDF. Get the report again."
    if page is None:
        return f"  picture: none, since {shown(pdf)} has no such row as text (it may be a picture, or another report)."
    return f"  picture: {shown(picture)}, cut out of page {page} of {shown(pdf)}"
