"""Building only what has changed, in reports or in Kolada, gives the same result as building everything."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest.kolada.landing import Landing
from ingest.kolada.load import load_kolada
from ingest.raw.schema import create_raw_schema
from ingest.workbook.reader import read_workbook
from ingest.workbook.writer import write_workbook
from kommunlager.building.partial_build import ONLY_TOUCHED, expect_whole_build, may_build_touched_only, note_build
from kommunlager.installation import Installation
from tests.support.installation import PROJECT, TrialInstallation
from tests.support.kolada_contents import made_up_kpi
from tests.support.landed_pages import MadeUpLanding, Row, data_row, group
from tests.support.workbooks import edit_cell

BUILT_WHERE_TOUCHED = (
    "key_figures",
    "key_figure_changes",
    "key_figure_comparisons",
    "key_figure_group_comparisons",
    "kpis",
)
MODELS = (
    "stg_kolada__*",
    "int_kpis",
    "int_kolada_areas",
    "int_kolada_touched",
    "municipality_groups",
    "int_kpi_coverage",
)
KPIS = ("M00001", "M00002", "M00003", "M00004", "M00005", "M00006", "U28532")
AREAS = ("0000", "1463", "1489", "1490", "1882", "G90001")
ASKED = {"kpi_ids": KPIS, "area_ids": AREAS}


def catalogue(**others: dict[str, object] | None) -> list[Row]:
    """One KPI is about to be published; ``others`` are the changed fields of a KPI, None if it is gone."""
    about_to = {"publ_period": "2024", "prel_publication_date": "2026-01-06", "publication_date": "2026-06-01"}
    usual = {kpi: made_up_kpi(kpi) | (about_to if kpi == "M00002" else {}) for kpi in KPIS}
    return [row | (others.get(kpi) or {}) for kpi, row in usual.items() if others.get(kpi, {}) is not None]


def figures(kpi: str, year: int, plus: float = 0) -> list[Row]:
    number = int(kpi[1:])
    return [
        data_row(kpi, area, year, T=place * 7 % 5 + year % 3 + number + plus, K=place + plus, M=5 - place + plus)
        for place, area in enumerate(AREAS)
    ]


def land_first(made_up: MadeUpLanding) -> None:
    made_up.land("first", "kpi", catalogue())
    made_up.land("first", "municipality", [{"id": "1463", "title": "Mark", "type": "K"}])
    similar = group("G90001", "Liknande kommuner påhittad, Mark, 2024", {"1489": "Alingsås", "1490": "Borås"})
    made_up.land("first", "municipality_groups", [similar])
    made_up.land(
        "first", "data", [row for kpi in KPIS for year in (2022, 2023, 2024) for row in figures(kpi, year)], **ASKED
    )


def land_night(made_up: MadeUpLanding) -> None:
    """A revision, withdrawals, a year more, a year less, a title, dates and a KPI of the catalogue."""
    dates = {"publ_period": "2024", "publication_date": "2025-12-01"}
    made_up.land("night", "kpi", catalogue(M00003={"title": "Ny titel"}, M00004=dates, M00005=None))
    revised = [data_row("M00001", "1463", 2023, T=99.5), data_row("M00001", "1489", 2022, K=None)]
    gone = [data_row("M00006", area, 2022, T=None, K=None, M=None) for area in AREAS]
    cited = [data_row("U28532", "1463", 2024, T=81.5)]
    more = figures("M00001", 2025, plus=0.5)
    made_up.land("night", "data", [*revised, *gone, *cited, *more], from_date="2026-01-01", **ASKED)


def installation_of(installation: TrialInstallation) -> Installation:
    return Installation(project=PROJECT, data=installation.data, work=installation.work)


def build(installation: TrialInstallation, **settings: str) -> None:
    run = replace(installation, settings=settings).dbt("run", "--select", *MODELS, *BUILT_WHERE_TOUCHED)
    assert run.returncode == 0, run.stdout


def rows(connection: duckdb.DuckDBPyConnection, mart: str) -> list[tuple[object, ...]]:
    return connection.execute(f"select * from marts.{mart} order by all").fetchall()


@pytest.mark.slow
def test_building_what_is_touched_gives_what_building_all_gives(released: TrialInstallation) -> None:
    made_up = MadeUpLanding(Landing(released.work / "state" / "kolada"))
    paths = installation_of(released)
    land_first(made_up)
    assert released.kommunlager("ingest").returncode == 0
    build(released)
    note_build(paths, only_touched=False)
    land_night(made_up)
    assert released.kommunlager("ingest").returncode == 0
    assert may_build_touched_only(paths)
    build(released, **ONLY_TOUCHED)
    with duckdb.connect(str(released.working_database), read_only=True) as connection:
        touched = connection.execute("select * from intermediate.int_kolada_touched order by all").fetchall()
        found = {mart: rows(connection, mart) for mart in BUILT_WHERE_TOUCHED}
    assert touched == [
        *(("M00001", year) for year in (2022, 2023, 2025)),
        ("M00002", 2024),
        *(("M00003", year) for year in (2022, 2023, 2024)),
        *(("M00004", year) for year in (2024, 2026)),
        ("M00006", 2022),
        ("U28532", 2024),
    ]
    assert not may_build_touched_only(paths)
    build(released)
    with duckdb.connect(str(released.working_database), read_only=True) as connection:
        for mart in BUILT_WHERE_TOUCHED:
            assert found[mart] == rows(connection, mart), mart
            assert len(found[mart]) > 20


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Installation, MadeUpLanding]:
    """An installation whose marts are recorded as complete, with its own seeds and settings."""
    project = tmp_path / "project"
    shutil.copytree(PROJECT / "seeds", project / "seeds")
    for name in ("dbt_project.yml", "profiles.yml", "requirements.lock"):
        shutil.copy(PROJECT / name, project / name)
    paths = Installation(project=project, data=tmp_path / "data", work=tmp_path / "work")
    paths.build.mkdir(parents=True)
    made_up = MadeUpLanding(Landing(paths.landed))
    land_first(made_up)
    load(paths)
    note_build(paths, only_touched=False)
    return paths, made_up


def load(paths: Installation) -> None:
    with duckdb.connect(str(paths.database)) as connection:
        create_raw_schema(connection)
        load_kolada(connection, paths.landed)


def execute(paths: Installation, statement: str) -> None:
    with duckdb.connect(str(paths.database)) as connection:
        connection.execute(statement)


CHANGES: dict[str, Callable[[Installation, MadeUpLanding], object]] = {
    "another member of a group": lambda _, made_up: made_up.land(
        "night", "municipality_groups", [group("G90001", "Liknande kommuner påhittad, Mark, 2024", {"1490": "Borås"})]
    ),
    "a group renamed": lambda _, made_up: made_up.land(
        "night",
        "municipality_groups",
        [group("G90001", "Liknande kommuner påhittad, Mark, 2025", {"1489": "Alingsås", "1490": "Borås"})],
    ),
    "a municipality renamed": lambda _, made_up: made_up.land(
        "night", "municipality", [{"id": "1463", "title": "Marks kommun", "type": "K"}]
    ),
    "a unit changed in a seed": lambda paths, _: (paths.project / "seeds" / "kpi_definitions.csv").write_text(""),
    "a figure file loaded": lambda paths, _: execute(
        paths, "insert into raw.key_figure_files values ('made_up.csv', 'hash', 1, now())"
    ),
    "everything is asked for anew": lambda paths, _: expect_whole_build(paths),
    "a municipality's first report": lambda paths, _: execute(
        paths, "insert into raw.report_documents (document_id, municipality_code) values ('pahittad', '0180')"
    ),
    "a build that failed": lambda paths, _: execute(paths, "update raw.marts_built set is_whole = false"),
    "a month of building what is touched": lambda paths, _: execute(
        paths, "update raw.marts_built set builds_of_touched = 30"
    ),
    "a batch that was damaged and is mended": lambda paths, _: execute(
        paths, "update raw.kolada_batches set loaded_at = now() where batch_no = 1"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_goes_everywhere_is_built_whole(whole: tuple[Installation, MadeUpLanding], change: str) -> None:
    paths, made_up = whole
    land_night(made_up)
    load(paths)
    assert may_build_touched_only(paths)
    CHANGES[change](paths, made_up)
    load(paths)
    assert not may_build_touched_only(paths)


def test_nothing_built_is_built_whole(tmp_path: Path) -> None:
    paths = Installation(project=PROJECT, data=tmp_path / "data", work=tmp_path / "work")
    assert not may_build_touched_only(paths)
    paths.build.mkdir(parents=True)
    load(paths)
    assert not may_build_touched_only(paths)


def rewrite(reports: Path, name: str, new_name: str = "", **facts: str) -> None:
    """Write a workbook again with other facts, beside the old one if it has a new name."""
    document = read_workbook(reports / f"{name}.xlsx")
    changed = replace(document, document_id=new_name or name, **facts)
    write_workbook(changed, reports / f"{changed.document_id}.xlsx")


def first_night(reports: Path) -> None:
    """A new report of a committee that has others, and a changed figure in another municipality's."""
    rewrite(reports, "mark_delarsrapport_2025", "pahittad_delarsrapport_2026", information_date="2026-08-31")
    edit_cell(reports / "askersund_arsbokslut_2024.xlsx", "T19", "F11", "99 999")


def second_night(reports: Path) -> None:
    """A report that is gone, and one that moves to a later day."""
    (reports / "mark_arsrapport_2023.xlsx").unlink()
    rewrite(reports, "alingsas_delarsbokslut_2024", information_date="2024-09-30")


def third_night(reports: Path) -> None:
    """A report that is another municipality's, which must leave the one and reach the other."""
    rewrite(reports, "pahittad_delarsrapport_2026", municipality_code="1489", municipality="Alingsås")


def rows_of_all_models(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table by model, without the time of loading and without what records the run itself."""
    tables = """
        select schema_name || '.' || table_name, string_agg('"' || column_name || '"', ', ' order by column_index)
        from duckdb_columns()
        where schema_name in ('staging', 'intermediate', 'marts') and column_name <> 'loaded_at'
            and table_name not like 'pipeline\\_%' escape '\\'
        group by all
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            table: connection.execute(f"select {columns} from {table} order by all").fetchall()
            for table, columns in connection.execute(tables).fetchall()
        }


@pytest.mark.slow
def test_three_nights_of_reports_give_what_building_all_gives(released: TrialInstallation) -> None:
    paths = installation_of(released)
    reports = released.data / "reports"
    for night in (first_night, second_night, third_night):
        night(reports)
        assert released.kommunlager("ingest").returncode == 0
        assert may_build_touched_only(paths)
        run = replace(released, settings=ONLY_TOUCHED).dbt("run", "--exclude", "config.materialized:view")
        assert run.returncode == 0, run.stdout
        note_build(paths, only_touched=True)
    limited = rows_of_all_models(released.working_database)
    whole = released.dbt("run")
    assert whole.returncode == 0, whole.stdout
    found = rows_of_all_models(released.working_database)
    assert limited.keys() == found.keys()
    assert [model for model in found if limited[model] != found[model]] == []
    assert len(found["marts.reported_figures"]) > 900
