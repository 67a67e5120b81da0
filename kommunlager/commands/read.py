"""The verb ``read``: reports in, review workbooks out."""

from pathlib import Path

import click

from ingest.document import DOCUMENT_KINDS, ISSUER_KINDS


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the workbooks (data/reports).")
@click.option("--cells", type=click.Path(path_type=Path, dir_okay=False), help="List all cells in this CSV file.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each file instead of text.")
@click.option("--municipality", help="Name or SCB code.")
@click.option("--issuer-kind", type=click.Choice(ISSUER_KINDS), help="What issued the report, if not a committee.")
@click.option("--committee", help="The committee (nämnd) whose report it is.")
@click.option("--kind", "document_kind", type=click.Choice(DOCUMENT_KINDS), help="Plan, delår or helår.")
@click.option("--information-date", help="Last day that the report knows about, YYYY-MM-DD.")
@click.option("--title", help="Title of the report.")
@click.option("--plan-from-year", help="First year of a plan.")
@click.option("--plan-to-year", help="Last year of a plan.")
@click.option("--source-url", help="Address where the report is published (https://…).")
@click.option("--document-id", help="Name of the workbook; made of the facts above unless given.")
def read_command(
    files: tuple[Path, ...], out: Path | None, cells: Path | None, as_json: bool, **options: str | None
) -> None:
    """Read reports (PDF, Word, Excel, text) into review workbooks.

    What a report doesn't state is given by options, or by lines such as committee = "Socialnämnden" in a file beside it
    (report.pdf.toml); reports.toml gives defaults for all reports in its folder. With --cells and no --out only the
    list of cells is written.
    """
    from kommunlager.commands.read_reports import read_reports

    given = {name: value for name, value in options.items() if value}
    read_reports(files, out, cells, given, as_json=as_json)
