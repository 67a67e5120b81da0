"""Kolada as users run it: sync, run, query; changes are reported, and without a network yesterday's figures remain."""

import datetime as dt
import math
from pathlib import Path

import pytest

from tests.support.installation import TrialInstallation
from tests.support.kolada_contents import add_made_up_neighbours, made_up_kolada, made_up_kpi
from tests.support.kolada_server import Figure, Kolada, served
from tests.support.markdown_tables import query_after_a_sync

TODAY = dt.datetime.now(tz=dt.UTC).date().isoformat()
NOBODY = "http://127.0.0.1:9/v3"
SELECTION = 'kpis = ["all", "N99999"]\nmunicipalities = ["all"]\nmunicipality_groups = ["G90001", "G99999"]\n'


@pytest.fixture
def selection(tmp_path: Path) -> Path:
    path = tmp_path / "made_up_selection.toml"
    path.write_text(SELECTION)
    return path


def change(kolada: Kolada) -> None:
    """A revision, a withdrawal, a value out of range, a new title, a KPI less, another member."""
    kolada.figures["N00001", "1000", 2022, "T"] = Figure(5.0, changed_on=TODAY)
    kolada.figures["N00001", "1000", 2022, "M"] = Figure(None, changed_on=TODAY, is_deleted=True)
    kolada.figures["N00003", "1001", 2023, "T"] = Figure(math.inf, changed_on=TODAY)
    kolada.kpis[1]["title"] = "Ny titel"
    kolada.kpis.remove(made_up_kpi("N00030"))
    kolada.municipality_groups[0]["members"] = [{"member_id": "1001", "member_title": "Påhittad"}]


@pytest.mark.slow
def test_synchronised_figures_reach_the_marts_with_their_history(released: TrialInstallation, selection: Path) -> None:
    kolada = made_up_kolada()
    add_made_up_neighbours(kolada)
    with served(kolada) as base:
        first = released.kommunlager("kolada", "sync", "--select", str(selection), KOMMUNLAGER_KOLADA_URL=base)
        assert first.returncode == 0, first.stderr
        assert "6 of 6 batches fetched, 738 figures" in first.stdout
        assert "1 chosen KPIs are not in Kolada (N99999; mart kolada_findings)" in first.stdout
        assert "1 chosen areas are not in Kolada (G99999; mart kolada_findings)" in first.stdout
        assert released.kommunlager("ingest").returncode == 0
        change(kolada)
        again = released.kommunlager("kolada", "sync", "--select", str(selection), KOMMUNLAGER_KOLADA_URL=base)
        assert again.returncode == 0, again.stderr
    run = released.kommunlager("run")
    assert run.returncode == 0, run.stdout + run.stderr
    assert released.query(
        "select gender, value, source_ref from marts.key_figures"
        " where kpi_id = 'N00001' and municipality_code = '1000' and year = 2022 order by 1"
    ) == [("K", 1002.0, "Källa: Kolada"), ("T", 5.0, "Källa: Kolada")]
    assert released.query(
        "select gender, revision_kind_sv, previous_value, value from marts.key_figure_revisions order by 1"
    ) == [("M", "Borttaget", 1002.0, None), ("T", "Ändrat värde", 1002.0, 5.0)]
    assert released.query(
        "select kpi_id, life_cycle, earlier_title from marts.kpis where kpi_id in ('N00002', 'N00030') order by 1"
    ) == [("N00002", "current", "Påhittat nyckeltal N00002"), ("N00030", "removed", None)]
    assert released.query(
        "select municipality_code, is_current from marts.municipality_groups where group_id = 'G90001' order by 1"
    ) == [("1000", False), ("1001", True)]
    assert released.query("select count(*) from marts.key_figures where area_type = 'group'") == [(180,)]
    assert released.query("select rule, subject from marts.kolada_findings where rule like '%not_in%' order by 1") == [
        ("area_not_in_kolada", "G99999"),
        ("kpi_not_in_catalogue", "N99999"),
    ]
    assert released.query("select kpi_id, message_sv from marts.kolada_findings where rule like '%range'") == [
        (
            "N00003",
            "Orimliga tal från Kolada har inte lästs in: 1 värden, till exempel för område 1001, år 2023"
            " (värdet är inf)",
        )
    ]
    assert released.query(
        "select value from marts.key_figures"
        " where kpi_id = 'N00003' and municipality_code = '1001' and year = 2023 and gender = 'T'"
    ) == [(3004.0,)]
    the_documented_question(released)
    # Mark prints 229 households in 2022 and 209 in 2023.
    assert released.query(
        "select fiscal_year, cast(value as double), input_kpi_value from marts.municipality_comparisons"
        " where comparison_code = 'assistance_households_per_1000' and value_kind = 'outcome' order by 1"
    ) == [(2022, 6.54, 35_000.0), (2023, 5.97, 35_000.0)]


def the_documented_question(installation: TrialInstallation) -> None:
    sql, _ = query_after_a_sync()
    title, source_ref = "Liknande kommuner IFO, Mark, 2024", "Egen bearbetning av data från Kolada"
    assert installation.query(sql) == [
        (2023, 3800.0, 4000.0, 1, 3, "Under", 2022, title, source_ref),
        (2022, 3900.0, 4000.0, 1, 3, "Under", 2022, title, source_ref),
        (2021, 4500.0, 4000.0, 2, 3, "Över", 2021, title, source_ref),
    ]


def test_without_a_network_the_message_says_what_to_do(installation: TrialInstallation) -> None:
    sync = installation.kommunlager(
        "kolada", "sync", KOMMUNLAGER_KOLADA_URL=NOBODY, KOMMUNLAGER_KOLADA_FIRST_WAIT="0.01"
    )
    assert sync.returncode == 9
    assert f"Kolada does not answer at {NOBODY}: no connection" in sync.stderr
    assert "retrying in 0 s" in sync.stderr
    assert "What was fetched so far is kept" in sync.stderr
    assert "Traceback" not in sync.stdout + sync.stderr
    status = installation.kommunlager("kolada", "status")
    assert status.returncode == 0
    assert "not finished; the next sync resumes it" in status.stdout
    assert "/kpi: no connection" in status.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kpis = ["all"]\n', "made_up_selection.toml, municipalities: field required"),
        ('kpis = ["N1"]\nmunicipalities = ["all"]\n', "made_up_selection.toml, kpis.0: string should match pattern"),
        ("kpis = [\n", "is not valid TOML"),
        ("# p\xe5hittad\n", "is not valid TOML"),
    ],
)
def test_a_selection_that_cannot_be_read_is_refused(
    installation: TrialInstallation, selection: Path, text: str, said: str
) -> None:
    selection.write_text(text, encoding="latin-1")
    sync = installation.kommunlager("kolada", "sync", "--select", str(selection), KOMMUNLAGER_KOLADA_URL=NOBODY)
    assert sync.returncode == 3
    assert said in sync.stderr
    assert not (installation.work / "state" / "kolada").exists()
