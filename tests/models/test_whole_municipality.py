"""A made-up annual report of a whole municipality, from workbook to answers; nothing in it is a real figure."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.document import Column, Document, Row, Table
from ingest.workbook.writer import write_workbook
from tests.support.installation import TrialInstallation


def _table(table_no: int, title: str, headers: str, *lines: str, section: str = "Påhittade räkenskaper") -> Table:
    columns = tuple(Column(header.strip()) for header in headers.split("|"))
    rows = tuple(Row(label.strip(), tuple(cells)) for label, *cells in (_cells(line) for line in lines))
    return Table(table_no, section, title, "", columns, rows, "" if title == "Påhittade nyckeltal" else "tkr")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


INCOME = _table(
    1,
    "Resultaträkning",
    "Not | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 | Koncernen 2023",
    "Verksamhetens intäkter | 1 | 200 | 190 | 420 | 400",
    "Verksamhetens kostnader | 2, 3 | -1 150 | -1 130 | -1 340 | -1 310",
    "Avskrivningar | 4 | -50 | -45 | -80 | -75",
    "Verksamhetens nettokostnader |  | -1 000 | -985 | -1 000 | -985",
    "Skatteintäkter | 5 | 800 | 760 | 800 | 760",
    "Generella statsbidrag och utjämning | 6 | 240 | 215 | 240 | 215",
    "Verksamhetens resultat |  | 40 | -10 | 40 | -10",
    "Finansiella kostnader | 7 | -10 | -12 | -15 | -14",
    "Årets resultat |  | 30 | -22 | 25 | -24",
)
BALANCE = _table(
    2,
    "Balansräkning",
    "Kommunen 2024-12-31 | Koncernen 2024-12-31",
    "Materiella anläggningstillgångar | 900 | 1 500",
    "Kassa och bank | 100 | 120",
    "Summa tillgångar | 1 000 | 1 620",
    "Årets resultat | 30 | 25",
    "Övrigt eget kapital | 470 | 575",
    "Långfristiga skulder | 500 | 1 020",
    "Summa eget kapital, avsättningar och skulder | 1 000 | 1 620",
)
REQUIREMENT = _table(
    3,
    "Balanskravsutredning",
    "2024 | 2023",
    "Årets resultat enligt resultaträkningen | 30 | -22",
    "Avgår realisationsvinster | -4 | -3",
    "Orealiserade vinster i värdepapper | -1 | 0",
    "Årets resultat efter balanskravsjusteringar | 25 | -28",
    "Reservering av medel till resultatreserv | -5 | ",
    "Årets balanskravsresultat | 20 | -28",
    "Balanskravsunderskott att återställa senast 2026 | | -28",
)
COMMITTEES = _table(
    4,
    "Driftredovisning",
    "Budget 2024 | Utfall 2024 | Avvikelse",
    "Kommunstyrelsen | -200 | -190 | 10",
    "Vård- & omsorgsnämnd | -400 | -410 | -10",
    "Kulturnämnden | -50 | -50 | 0",
    "Finansförvaltningen | 650 | 680 | 30",
)
RATIOS = _table(
    5,
    "Påhittade nyckeltal",
    "2024 | 2023",
    "Soliditet (%) | 50,0 | 47,5",
    "Soliditet inklusive pensionsåtagande (%) | 31,0 | 30,2",
    "Soliditet koncernen (%) | 37,0 | 36,1",
    "Årets resultat i procent av skatteintäkter och generella statsbidrag | 2,9 % | -2,3 %",
)
REPORT = Document(
    document_id="made_up_municipality",
    title="Påhittad årsredovisning 2024",
    municipality_code="0180",
    municipality="Stockholm",
    committee="",
    document_kind="annual_report",
    information_date="2024-12-31",
    tables=(INCOME, BALANCE, REQUIREMENT, COMMITTEES, RATIOS),
    issuer_kind="municipality",
)


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> TrialInstallation:
    folder: Path = tmp_path_factory.mktemp("municipality")
    installation = TrialInstallation(data=folder / "data", work=folder / "work")
    (installation.data / "reports").mkdir(parents=True)
    write_workbook(REPORT, installation.data / "reports" / "made_up_municipality.xlsx")
    loaded = installation.kommunlager("ingest")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    built = installation.dbt("build", "--exclude-resource-type", "unit_test")
    assert built.returncode == 0, built.stdout
    published = installation.kommunlager("publish")
    assert published.returncode == 0, published.stdout + published.stderr
    return installation


@pytest.fixture(scope="module")
def site(municipality: TrialInstallation) -> Path:
    return municipality.published.parent / "site"


@pytest.fixture
def database(municipality: TrialInstallation) -> Any:
    with duckdb.connect(str(municipality.working_database), read_only=True) as connection:
        yield connection


def test_the_municipality_has_its_own_answer(database: duckdb.DuckDBPyConnection) -> None:
    answers = database.execute(
        "select subject_scope, fiscal_year, result_tkr, adjustments_tkr, result_after_adjustments_tkr, to_reserve_tkr,"
        " reserve_kind, balance_requirement_result_tkr, deficit_to_restore_tkr, restore_by_year,"
        " result_pct_of_tax_and_grants, equity_ratio_pct, sums_agree from marts.municipality_results"
        " where value_kind = 'outcome' and period_basis = 'full_year' order by all"
    ).fetchall()
    assert answers == [
        ("group", 2023, -24, None, None, None, None, None, None, None, None, Decimal("36.10"), None),
        ("group", 2024, 25, None, None, None, None, None, None, None, None, 37, None),
        # The printed sum misses by three: -22 - 3 is -25.
        ("municipality", 2023, -22, -3, -28, None, None, -28, -28, 2026, Decimal("-2.30"), Decimal("47.50"), False),
        ("municipality", 2024, 30, -5, 25, -5, "resultatreserv", 20, None, None, Decimal("2.90"), 50, True),
    ]


def test_the_group_does_not_restate_the_municipality(database: duckdb.DuckDBPyConnection) -> None:
    assert database.execute("select * from marts.restatements").fetchall() == []


def test_every_amount_names_its_cell(database: duckdb.DuckDBPyConnection) -> None:
    cells = database.execute(
        "select result.raw_text, result.row_label, requirement.raw_text, list_sort(adjustment_figure_ids)"
        " from marts.municipality_results as results"
        " left join marts.reported_figures as result on results.result_figure_id = result.figure_id"
        " left join marts.reported_figures as requirement"
        " on results.balance_requirement_result_figure_id = requirement.figure_id"
        " where results.subject_scope = 'municipality' and results.fiscal_year = 2024"
    ).fetchall()
    assert cells == [("30", "Årets resultat", "20", ["made_up_municipality.t3.r2.c1", "made_up_municipality.t3.r3.c1"])]


def test_committees_in_rows_are_committees_and_the_municipality_is_not(database: duckdb.DuckDBPyConnection) -> None:
    committees = database.execute(
        "select committee, committee_kind, report_count, listed_report_count from marts.committees order by all"
    ).fetchall()
    assert committees == [
        ("Kommunstyrelsen", "executive_board", 0, 1),
        ("Kulturnämnden", "culture_and_leisure", 0, 1),
        ("Vård- och omsorgsnämnden", "elderly", 0, 1),
    ]


def test_each_table_is_its_statement_and_notes_are_no_figures(database: duckdb.DuckDBPyConnection) -> None:
    statements = database.execute(
        "select statement from intermediate.int_table_statements order by table_id"
    ).fetchall()
    assert [statement for (statement,) in statements] == [
        "income_statement",
        "balance_sheet",
        "balance_requirement",
        "operating",
        "other",
    ]
    notes = database.execute(
        "select table_id, col_no from intermediate.int_column_scopes where is_note_column"
    ).fetchall()
    assert notes == [("made_up_municipality.t1", 1)]
    roles = database.execute(
        "select line_role from intermediate.int_statement_lines where statement = 'balance_sheet' order by row_id"
    ).fetchall()
    assert [role for (role,) in roles] == ["asset", "asset", "total", "equity", "equity", "liability", "total"]


def test_the_site_shows_the_result_and_says_which_sum_fails(site: Path) -> None:
    assert 'href="stockholm.html"' in (site / "index.html").read_text(encoding="utf-8")
    page = (site / "stockholm.html").read_text(encoding="utf-8")
    assert "Balanskravsresultat" in page
    assert "Kommunkoncernen" in page
    assert "summerar inte till den redovisade summan (skillnad 3" in page


def test_the_site_shows_each_row_of_a_municipality_once(municipality: TrialInstallation, site: Path) -> None:
    page = (site / "stockholm-budget.html").read_text(encoding="utf-8")
    rows = "select count(*) from marts.budget_deviations where document_id = 'made_up_municipality'"
    with duckdb.connect(str(municipality.working_database), read_only=True) as connection:
        (wanted,) = connection.execute(rows).fetchall()[0]
    # One row more has the headers.
    assert page.count('<tr role="row"') == wanted + 1
