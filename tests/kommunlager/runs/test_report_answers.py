"""The run says how much each new report contributes to the answers, and warns of one that contributes nothing."""

import duckdb

from ingest.document import Column, Row, Table
from ingest.workbook.writer import write_workbook
from kommunlager.runs.report_answers import ReportAnswers, lines_about
from tests.support.installation import WITHOUT_SITE, TrialInstallation
from tests.support.workbooks import made_up_document

SAID = ("made_up_report: ", "made_up_silent: ", "WARNING: ")
# Three rows, a pair of rows, and the net of the pair.
COUNTED = "made_up_report: 6 budget rows, 2 goals, 0 changes"
WARNING = (
    "WARNING: made_up_silent gave no budget rows, goals or changes from 1 table. Add the column headers to"
    " seeds/header_patterns.csv (`Påhittad rubrik`, `Påhittat belopp`); map its labels (`kommunlager map`)."
)


def test_new_reports_are_counted_and_one_without_answers_is_a_warning(released: TrialInstallation) -> None:
    silent = Table(
        table_no=1,
        section="1 Påhittad ekonomi",
        title="Påhittad drift",
        label_header="",
        columns=(Column("Påhittad rubrik"), Column("Påhittat belopp")),
        rows=(Row("Nettokostnader", ("-4 000", "-4 500")), Row("Påhittad kostnad", ("-5 000", "-5 600"))),
    )
    documents = (made_up_document(), made_up_document("made_up_silent", committee="Tysta nämnden", tables=(silent,)))
    for document in documents:
        write_workbook(document, released.data / "reports" / f"{document.document_id}.xlsx")
    run = released.kommunlager("run", before=WITHOUT_SITE)
    assert run.returncode == 0, run.stdout + run.stderr
    said = [line.strip() for line in run.stdout.splitlines() if line.strip().startswith(SAID)]
    # The warning is repeated at the end, where it is seen.
    assert list(dict.fromkeys(said)) == [COUNTED, "made_up_silent: 0 budget rows, 0 goals, 0 changes", WARNING]

    assert released.runs()[-1]["reports"] == [
        {"document_id": "made_up_report", "budget_rows": 6, "goals": 2, "changes": 0, "lacks_answers": False},
        {"document_id": "made_up_silent", "budget_rows": 0, "goals": 0, "changes": 0, "lacks_answers": True},
    ]
    assert WARNING in released.kommunlager("status").stdout

    assert released.kommunlager("ingest").returncode == 0
    with duckdb.connect(str(released.working_database), read_only=True) as connection:
        history = (
            "select new_reports, reports_without_answers from raw.pipeline_runs where command = 'run' order by run_id"
        )
        assert connection.execute(history).fetchall() == [(5, 0), (2, 1)]


def test_of_many_reports_the_first_are_named_and_the_rest_counted() -> None:
    answers = [
        ReportAnswers(f"pahittad_{number}", 1, 0, 0, 0, prints_budget=True, unknown_headers=[], tables_without_unit=[])
        for number in range(30)
    ]
    lines = lines_about(answers)
    assert (lines[0], lines[20]) == ("pahittad_0: 0 budget rows, 0 goals, 0 changes", "and 10 more reports")
    assert (lines[21].split(" gave ")[0], lines[41]) == ("WARNING: pahittad_0", "and 10 more such warnings")
    assert len(lines) == 42
    assert len(lines_about(answers[:3])) == 6
