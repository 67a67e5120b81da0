"""Reports as an office program writes them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from docx import Document as WordDocument
from openpyxl import Workbook, load_workbook

from ingest.document import Column, Document, Row, Table
from ingest.reading.report import read_report
from ingest.reading.vocabulary.print import is_figure
from ingest.workbook.reader import read_workbook

PROJECT = Path(__file__).resolve().parents[2]
REPORTS = sorted((PROJECT / "data" / "reports").glob("*.xlsx"))


MADE_UP_REPORT = Document(
    document_id="made_up",
    title="Årsrapport 2024",
    municipality_code="2321",
    municipality="Åre",
    committee="Påhittsnämnden",
    document_kind="annual_report",
    information_date="2024-12-31",
    tables=(
        Table(
            table_no=1,
            section="1 Påhittade mått",
            title="Påhittade indikatorer",
            label_header="Mått",
            columns=(Column("Utfall 2023"), Column("Utfall 2024")),
            rows=(Row("Påhittat antal", ("1 234", "1 300")), Row("Påhittad andel, %", ("8,5", "9"))),
        ),
    ),
)


def soffice(folder: Path, target: str, file: Path) -> Path:
    """The file as LibreOffice saves it in another form."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing. On Debian: apt-get install libreoffice-writer libreoffice-calc"
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
    subprocess.run([*command, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=300)
    return folder / f"{file.stem}.{target.partition(':')[0]}"


def pdf_target(tagged: bool) -> str:
    options = f'{{"UseTaggedPDF":{{"type":"boolean","value":"{str(tagged).lower()}"}}}}'
    return f"pdf:writer_pdf_Export:{options}"


def printed_in_word(document: Document, path: Path) -> Path:
    """The tables of a document under their headings, with a title page."""
    word = WordDocument()
    for line in (document.title, document.committee, f"{document.municipality} kommun"):
        word.add_paragraph(line)
    word.add_page_break()
    section = ""
    for table in document.tables:
        if table.section != section:
            word.add_heading(table.section, 1)
            section = table.section
        word.add_paragraph(table.title)
        grid = word.add_table(0, 1 + len(table.columns), style="Table Grid")
        header = (table.label_header, *(column.header for column in table.columns))
        for texts in (header, *((row.label, *row.cells) for row in table.rows)):
            for cell, text in zip(grid.add_row().cells, texts, strict=True):
                cell.text = text
    word.save(str(path))
    return path


def figures(tables: tuple[Table, ...]) -> list[str]:
    return [cell for table in tables for row in table.rows for cell in row.cells if is_figure(cell)]


@pytest.mark.parametrize("report", REPORTS, ids=[path.stem for path in REPORTS])
def test_a_report_comes_back_from_word_and_pdf_with_every_figure(report: Path, tmp_path: Path) -> None:
    typed = read_workbook(report)
    word = printed_in_word(typed, tmp_path / f"{report.stem}.docx")
    assert figures(read_report(word, lambda page, pages: None).tables) == figures(typed.tables)
    for tagged in (True, False):
        pdf = soffice(tmp_path, pdf_target(tagged), word)
        assert figures(read_report(pdf, lambda page, pages: None).tables) == figures(typed.tables), tagged


class Analyst:
    """Works in a copy of the shipped data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PROJECT / "data", folder / "data")

    def kommunlager(self, *words: str) -> str:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KOMMUNLAGER_")},
            "KOMMUNLAGER_DATA": str(self.folder / "data"),
            "KOMMUNLAGER_WORK": str(self.folder / "work"),
        }
        command = [sys.executable, "-c", "from kommunlager.cli import main; main()", *words]
        run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def answer(self, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.folder / "work" / "published" / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def exported_from_a_finance_system(typed: Document, path: Path) -> Path:
    """The operating statement of a document as numbers, with its net cost as a formula without a saved value."""
    table = next(table for table in typed.tables if table.title == "Drift")
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Ekonomi"
    sheet.append([f"{typed.municipality} kommun, {typed.committee}, {typed.title}"])
    sheet.append([])
    sheet.append([table.label_header, *(column.header for column in table.columns)])
    for row in table.rows:
        sheet.append([row.label, *(int(cell.replace(" ", "")) if cell else None for cell in row.cells)])
        for cell in sheet[sheet.max_row][1:]:
            cell.number_format = "#,##0"
        if row.label == "Verksamhetens nettokostnader":
            sheet.cell(sheet.max_row, 2).value = "=B4+B9"
    workbook.save(path)
    return path


def test_an_unsure_cell_is_corrected_and_the_marts_answer_with_it(tmp_path: Path) -> None:
    analyst = Analyst(tmp_path)
    typed = read_workbook(PROJECT / "data" / "reports" / "alingsas_delarsbokslut_2024.xlsx")
    reviewed = tmp_path / "data" / "reports" / "alingsas_export_2024.xlsx"
    export = exported_from_a_finance_system(typed, tmp_path / "export.xlsx")
    facts = ("--information-date", "2024-08-31", "--document-id", reviewed.stem, "--kind", "interim_report")
    analyst.kommunlager("read", str(export), *facts)
    workbook = load_workbook(reviewed)
    unsure = [row for row in workbook["review"].iter_rows(values_only=True) if "Formel" in str(row)]
    assert len(unsure) == 1
    sheet_name, _, cell = str(unsure[0][0]).partition("!")
    workbook[sheet_name][cell] = "-245 082"
    corrected = tmp_path / "corrected" / reviewed.name
    corrected.parent.mkdir()
    workbook.save(corrected)
    shutil.move(soffice(tmp_path, "xlsx", corrected), reviewed)
    assert "1 texts corrected by hand are kept" in analyst.kommunlager("read", str(export), *facts)
    unmapped = printed_in_word(MADE_UP_REPORT, tmp_path / "made_up.docx")
    analyst.kommunlager("read", str(unmapped), "--document-id", "made_up")
    analyst.kommunlager("run")
    headline = "select budget_tkr, compared_tkr, deviation_tkr from marts.budget_deviations"
    assert analyst.answer(
        f"{headline} where document_id = '{reviewed.stem}' and comparison = 'forecast_vs_budget' and is_headline"
    ) == [(-245082, -250082, -5000)]
    unmapped_figures = "select raw_text, is_mapped from marts.reported_figures where document_id = 'made_up' order by 1"
    assert analyst.answer(unmapped_figures) == [(text, False) for text in sorted(figures(MADE_UP_REPORT.tables))]
