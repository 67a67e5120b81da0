"""The main job as users run it: a change in data/ reaches the marts, and broken input is reported and kept out."""

import shutil

import duckdb

from ingest.workbook.writer import write_workbook
from tests.support.installation import TrialInstallation
from tests.support.workbooks import edit_cell, made_up_document, made_up_faulty_document, made_up_odd_documents


def test_changes_and_unknown_labels_reach_the_marts(released: TrialInstallation) -> None:
    # Personnel cost, forecast 2025, in Mark's interim report: -269,7 becomes -270,7.
    edit_cell(released.data / "reports" / "mark_delarsrapport_2025.xlsx", "T14", "H12", "-270,7")
    for document in (made_up_document(), made_up_faulty_document(), *made_up_odd_documents()):
        write_workbook(document, released.data / "reports" / f"{document.document_id}.xlsx")
    run = released.kommunlager("run")
    assert run.returncode == 0, run.stdout + run.stderr

    changed = released.query(
        "select deviation_tkr, agrees_with_print from marts.budget_deviations"
        " where document_id = 'mark_delarsrapport_2025' and line_code = 'personnel_cost'"
    )
    assert [(float(value), agrees) for value, agrees in changed] == [(-6100.0, False)]
    edited = released.query("select figure_id, raw_text from marts.reported_figures where is_edited_by_hand")
    assert edited == [("mark_delarsrapport_2025.t14.r2.c3", "-270,7")]
    # The row's deviation and the column's sum fail; both lead to the one cell that was changed.
    assert released.query(
        "select figure_id, rule, cast(computed_value as varchar), (select count(*) from marts.figure_sources"
        " where row_id = finding_id and role = 'also_fails') from marts.audit_findings"
        " where severity = 'error' and status = 'open' and document_id = 'mark_delarsrapport_2025'"
    ) == [("mark_delarsrapport_2025.t14.r2.c3", "figure_does_not_fit_its_table", "-269.7000", 2)]

    # In labels that no seed knows, too, each planted fault is found at its place, and nothing else.
    faults = released.query(
        "select table_no, row_no, col_no, rule, cast(computed_value as double) from marts.audit_findings"
        " where document_id = 'made_up_faulty' and severity in ('error', 'needs_a_look') order by all"
    )
    assert faults == [
        (1, 3, 2, "figure_does_not_fit_its_table", -4217.0),
        (2, 3, 3, "printed_total_is_not_the_sum", 99.0),
        (3, 1, 4, "target_against_better_when", None),
        (3, 2, 1, "sign_unlike_its_history", 515.0),
        (3, 4, None, "row_printed_twice", None),
        (3, None, 2, "header_year_out_of_order", 2023.0),
        # The wrong year in the header makes two columns of the same year.
        (3, None, 3, "columns_of_one_kind", None),
    ]

    # A period budget and the year's are separate, each with its own deviation; so are women, men and all.
    odd = released.query(
        "select comparison, cast(deviation_tkr as int), cast(printed_deviation_tkr as int), agrees_with_print"
        " from marts.budget_deviations where document_id = 'made_up_odd_interim' order by comparison"
    )
    assert odd == [("forecast_vs_budget", -10, -10, True), ("outcome_vs_period_budget", -4, -4, True)]
    assert released.query(
        "select cast(value as int) from marts.series where document_id = 'made_up_odd_leap' order by period_end"
    ) == [(-10000,), (-11000,)]
    genders = released.query(
        "select gender, status from marts.goal_fulfilment where document_id = 'made_up_odd_annual' and gender <> 'T'"
        " order by gender"
    )
    assert genders == [("K", "met"), ("M", "not_met")]

    # Labels and a header that no seed knows are there under codes of their own, and listed.
    assert released.query(
        "select line_code, cast(deviation_tkr as integer) from marts.budget_deviations"
        " where document_id = 'made_up_report' and not is_mapped and activity_code = 'total'"
    ) == [("unmapped_0180_pahittade_namnden_pahittad_verksamhetskostnad", -600)]
    # A deviation printed once for a pair of rows is about their net, which is derived and lists its cells.
    assert released.query(
        "select line_role, is_derived, cast(compared_tkr as int), cast(deviation_tkr as int), agrees_with_print,"
        " compared_figure_id, (select list(figure_id order by figure_id) from marts.figure_sources as sources"
        " where sources.row_id = deviations.row_id) from marts.budget_deviations as deviations"
        " where document_id = 'made_up_report' and is_derived"
    ) == [
        (
            "net_cost",
            True,
            -5500,
            -500,
            True,
            None,
            [*(f"made_up_report.t3.r{row}.c{col}" for row in (1, 2) for col in (1, 2)), "made_up_report.t3.r2.c3"],
        )
    ]
    assert released.query(
        "select status, status_reason from marts.goal_fulfilment where document_id = 'made_up_report' order by status"
    ) == [("met", None), ("not_assessable", "no_value")]
    rules = released.query(
        "select rule, count(*) from marts.audit_findings where document_id = 'made_up_report' group by 1 order by 1"
    )
    assert rules == [
        ("cell_could_not_be_typed", 1),
        ("header_not_mapped", 1),
        ("line_label_not_mapped", 3),
        ("measure_label_not_mapped", 2),
    ]


def test_input_that_is_refused_altogether_publishes_nothing(installation: TrialInstallation) -> None:
    for workbook in (installation.data / "reports").glob("*.xlsx"):
        workbook.write_bytes(b"half-written")
    run = installation.kommunlager("run")
    assert run.returncode == 3
    assert "mark_arsrapport_2023.xlsx: can't be opened as an Excel workbook" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert not installation.published.exists()


def test_failed_checks_stop_the_run(installation: TrialInstallation) -> None:
    assert installation.kommunlager("ingest").returncode == 0
    with duckdb.connect(str(installation.working_database)) as connection:
        connection.execute("update raw.key_figure_values set gender = 'F' where gender = 'T'")
    check = installation.kommunlager("check")
    assert check.returncode == 4
    assert "raw.key_figure_values, gender" in check.stderr
    assert "'F'" in check.stderr
    assert "Traceback" not in check.stdout + check.stderr
    docs = installation.work / "build/great_expectations/gx/uncommitted/data_docs/local_site/index.html"
    assert docs.is_file()


def test_every_column_of_every_layer_is_described(built: TrialInstallation) -> None:
    with duckdb.connect(str(built.working_database), read_only=True) as connection:
        undescribed = connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name in ('staging', 'intermediate', 'seeds') and coalesce(comment, '') = ''"
        ).fetchall()
    assert undescribed == []


def test_dbt_works_by_itself_at_the_root(installation: TrialInstallation) -> None:
    assert installation.kommunlager("ingest").returncode == 0
    run = installation.dbt("ls", "--quiet")
    assert run.returncode == 0, run.stdout
    assert "kommunlager.marts.budget.budget_deviations" in run.stdout


def test_old_reports_are_stale_and_missing_key_figures_are_not(installation: TrialInstallation) -> None:
    shutil.rmtree(installation.data / "key_figures")
    assert installation.kommunlager("ingest").returncode == 0
    with duckdb.connect(str(installation.working_database)) as connection:
        connection.execute("update raw.report_documents set loaded_at = loaded_at - interval 300 days")
    run = installation.dbt("source", "freshness")
    assert "WARN freshness of raw.report_documents" in run.stdout
    assert "PASS freshness of raw.key_figure_files" in run.stdout
    assert run.returncode == 0


def test_marts_that_lack_a_table_are_not_published_and_an_odd_amount_is_worth_a_look(
    released: TrialInstallation,
) -> None:
    with duckdb.connect(str(released.working_database)) as connection:
        connection.execute("update marts.budget_deviations set budget_tkr = budget_tkr * 1000 where is_headline")
    check = released.kommunlager("check")
    assert check.returncode == 0, check.stderr
    assert "worth a look: marts.headlines, budget_tkr: a committee's budget is not a plausible amount" in check.stdout

    with duckdb.connect(str(released.working_database)) as connection:
        connection.execute("update marts.documents set table_count = 20 where document_id = 'mark_delarsrapport_2025'")
    check = released.kommunlager("check")
    assert check.returncode == 4
    assert "a table that was loaded is not in the marts" in check.stderr
    assert "mark_delarsrapport_2025" in check.stderr
    docs = released.work / "build/great_expectations/gx/uncommitted/data_docs/local_site"
    assert {folder.name for folder in (docs / "expectations").iterdir()} == {"marts", "raw"}
