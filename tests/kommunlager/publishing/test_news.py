"""What is new: what a release is compared with, and the memo as page, mail and feed."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import pytest

from kommunlager.duckdb_files import connect
from kommunlager.installation import Installation
from kommunlager.publishing.compared_release import copy_compared_release, name_release_of_news
from kommunlager.publishing.releases import Release
from kommunlager.site.build import build_site
from tests.support.installation import PROJECT, TrialInstallation

FIRST, SECOND = "20260101T000000000000", "20260102T000000000000"
ATOM = "{http://www.w3.org/2005/Atom}"
# One row of whats_new; the tests name the columns that matter.
NEWS = """
    create schema marts;
    create table marts.release as select '{run_id}' as run_id, timestamp '2026-01-02 05:00:00' as released_at;
    create table marts.whats_new as
    select
        '' as run_id, null::timestamp as released_at, {previous} as previous_run_id,
        timestamp '2026-01-01 05:00:00' as previous_released_at, *
    from (
        values
            (1, 'summary', 'Sammanfattning', 1, '', 'Sedan utgåvan i går: 2 nyheter', 2),
            (2, 'deviation_worsened', 'Försämrad budgetavvikelse', 1, 'Mark: Påhittad rapport',
             'Påhittad post: 9,0 mnkr & <mer> sämre\x07', 1),
            (3, 'minor_changes', 'Mindre ändringar', 3, 'Mark: Påhittad rapport', '3 mindre ändringar', 3)
    ) as rows(memo_order, change_kind, change_kind_sv, importance, heading_sv, sentence_sv, changes)
    cross join (
        select
            null::varchar as subject_label, '9999' as municipality_code, 'Made up' as municipality,
            'Påhittad nämnd' as committee, null::varchar as figure_id_before, null::varchar as figure_id_now
    )
"""


def release_file(work: Path, run_id: str, sql: str) -> Release:
    """A release with the marts that ``sql`` makes."""
    release = Release(work / "releases" / run_id)
    release.folder.mkdir(parents=True)
    with connect(release.warehouse) as connection:
        connection.execute(sql)
    return release


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    return Installation(project=PROJECT, data=tmp_path, work=tmp_path / "work")


def publish(installation: Installation, run_id: str, sql: str) -> Release:
    release = release_file(installation.work, run_id, sql)
    installation.published.unlink(missing_ok=True)
    installation.published.symlink_to(Path("releases") / run_id)
    return release


def compared(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return connection.execute(sql).fetchall()


def working() -> duckdb.DuckDBPyConnection:
    connection = connect()
    connection.execute("create schema raw")
    return connection


def test_without_a_release_there_is_nothing_to_compare_with(empty: Installation) -> None:
    with working() as connection:
        copy_compared_release(connection, empty)
        assert compared(connection, "from raw.published_release") == []
        assert compared(connection, "from raw.published_goal_fulfilment") == []


OLDER = """
    create schema marts;
    create table marts.release as select '{run_id}' as run_id, timestamp '2026-01-01' as released_at;
    create table marts.key_figure_revisions as select '1463' as municipality_code, 'more' as kpi_id;
    create table marts.data_coverage as select '1463' as municipality_code, 'Mark' as municipality, 3 as figure_count
"""


def test_an_older_release_is_compared_as_far_as_it_goes(empty: Installation) -> None:
    publish(empty, FIRST, OLDER.format(run_id=FIRST))
    with working() as connection:
        copy_compared_release(connection, empty)
        assert compared(connection, "select run_id from raw.published_release") == [(FIRST,)]
        assert compared(connection, "from raw.published_key_figure_revisions") == [("1463",)]
        gaps = dict(compared(connection, "select mart, list(column_name) from raw.published_gaps group by mart"))
        assert "key_figure_revisions" not in gaps
        assert gaps["data_coverage"] == ["subject_kind"]
        assert {"goal_fulfilment", "documents", "whats_new"} <= gaps.keys()


def test_the_release_that_was_put_back_is_the_one_to_compare_with(empty: Installation) -> None:
    publish(empty, FIRST, OLDER.format(run_id=FIRST))
    publish(empty, SECOND, OLDER.format(run_id=SECOND))
    with working() as connection:
        copy_compared_release(connection, empty)
        assert compared(connection, "select run_id from raw.published_release") == [(SECOND,)]
        empty.published.unlink()
        empty.published.symlink_to(Path("releases") / FIRST)
        copy_compared_release(connection, empty)
        assert compared(connection, "select run_id from raw.published_release") == [(FIRST,)]
        assert compared(connection, "select count(*) from raw.published_data_coverage") == [(1,)]


def test_a_damaged_release_is_not_compared(empty: Installation) -> None:
    publish(empty, FIRST, OLDER.format(run_id=FIRST)).warehouse.write_bytes(b"made up")
    with working() as connection:
        copy_compared_release(connection, empty)
        assert compared(connection, "from raw.published_release") == []


def test_news_belong_to_the_release_that_tells_them(empty: Installation) -> None:
    first = publish(empty, FIRST, OLDER.format(run_id=FIRST))
    second = release_file(empty.work, SECOND, NEWS.format(run_id=SECOND, previous=f"'{FIRST}'"))
    name_release_of_news(second.warehouse, first)
    with connect(second.warehouse, read_only=True) as connection:
        found = compared(connection, "select distinct run_id, released_at::varchar from marts.whats_new")
        assert found == [(SECOND, "2026-01-02 05:00:00")]
        assert compared(connection, "select count(*) from marts.whats_new") == [(3,)]


def test_a_build_that_is_published_again_does_not_repeat_its_news(empty: Installation) -> None:
    first = publish(empty, FIRST, NEWS.format(run_id=FIRST, previous="'20251231T000000000000'"))
    name_release_of_news(first.warehouse, None)
    again = release_file(empty.work, SECOND, NEWS.format(run_id=SECOND, previous="'20251231T000000000000'"))
    name_release_of_news(again.warehouse, first)
    with connect(again.warehouse, read_only=True) as connection:
        told = compared(connection, "select run_id, change_kind from marts.whats_new order by run_id, memo_order")
    assert told == [
        (FIRST, "summary"),
        (FIRST, "deviation_worsened"),
        (FIRST, "minor_changes"),
        (SECOND, "summary"),
    ]


def site_of(installation: Installation, folder: Path) -> dict[str, str]:
    """The files about the news of a release with made-up news."""
    release = release_file(installation.work, SECOND, NEWS.format(run_id=SECOND, previous=f"'{FIRST}'"))
    name_release_of_news(release.warehouse, None)
    build_site(release.warehouse, folder)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("nytt*")}


def test_the_memo_is_a_page_a_mail_and_a_feed(empty: Installation, tmp_path: Path) -> None:
    files = site_of(empty, tmp_path / "site")
    assert files.keys() == {"nytt.html", "nytt.txt", "nytt.xml"}
    assert "Påhittad post: 9,0\N{NO-BREAK SPACE}mnkr &amp; &lt;mer&gt; sämre." in files["nytt.html"]
    assert f"Utgåva {SECOND} (2 januari 2026 kl. 06.00) jämförd med {FIRST}" in files["nytt.html"]
    subject, blank, *lines = files["nytt.txt"].splitlines()
    assert (subject, blank) == ("Kommunlager: Mark: Påhittad rapport", "")
    assert "! Försämrad budgetavvikelse: Påhittad post: 9,0\N{NO-BREAK SPACE}mnkr & <mer> sämre." in lines
    assert "- Mindre ändringar: 3 mindre ändringar." in lines
    feed = ET.fromstring(files["nytt.xml"])  # noqa: S314 - written by the line above
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Mark: Påhittad rapport"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-02T05:00:00Z"
    assert "& <mer> sämre" in (entry.findtext(f"{ATOM}content") or "")


def test_the_same_release_gives_the_same_files(empty: Installation, tmp_path: Path) -> None:
    first = site_of(empty, tmp_path / "site")
    build_site(empty.releases / SECOND / "warehouse.duckdb", tmp_path / "again")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "again").glob("nytt*")} == first


def test_a_release_of_an_earlier_version_has_a_page_that_says_so(empty: Installation, tmp_path: Path) -> None:
    release = release_file(empty.work, FIRST, "create schema marts")
    build_site(release.warehouse, tmp_path / "site")
    assert "som inte jämförde utgåvor" in (tmp_path / "site" / "nytt.html").read_text(encoding="utf-8")


def test_a_long_memo_is_paged(empty: Installation, tmp_path: Path) -> None:
    release = release_file(empty.work, SECOND, NEWS.format(run_id=SECOND, previous=f"'{FIRST}'"))
    with connect(release.warehouse) as connection:
        connection.execute(
            "insert into marts.whats_new select * replace (memo_order + 10 * i as memo_order) from marts.whats_new,"
            " range(1, 200) as more(i) where change_kind = 'deviation_worsened'".replace(
                "select *", "select whats_new.*"
            )
        )
    name_release_of_news(release.warehouse, None)
    build_site(release.warehouse, tmp_path / "site")
    pages = sorted((tmp_path / "site").glob("nytt*.html"))
    assert [page.name for page in pages] == ["nytt-2.html", "nytt.html"]
    told = sum(len(re.findall("Påhittad post:", page.read_text(encoding="utf-8"))) for page in pages)
    assert told == 200
    assert (tmp_path / "site" / "nytt.txt").read_text(encoding="utf-8").count("Påhittad post") == 60


def test_real_answers_that_change_are_told(released: TrialInstallation) -> None:
    """The published release is made to differ: an earlier forecast of Mark, a goal that was met, a report less."""
    with duckdb.connect(str(released.working_database)) as connection:
        copy_compared_release(connection, Installation(PROJECT, released.data, released.work))
        assert compared(connection, "from raw.published_gaps") == []
        connection.execute("""
            update raw.published_budget_deviations
            set deviation_tkr = -9000, deviation_pct_of_net_budget = -2.04
            where document_id = 'mark_delarsrapport_2025' and is_headline and line_code = 'net_cost';
            update raw.published_goal_fulfilment
            set status = 'met', status_sv = 'Bedöms uppnås'
            where document_id = 'mark_delarsrapport_2025' and indicator_label = 'Extern personalomsättning'
                and target_year = 2025 and is_current;
            delete from raw.published_documents where document_id = 'askersund_arsbokslut_2024';
            delete from raw.published_budget_deviations where document_id = 'askersund_arsbokslut_2024';
            delete from raw.published_goal_fulfilment where document_id = 'askersund_arsbokslut_2024';
            delete from raw.published_reported_figures where document_id = 'askersund_arsbokslut_2024';
            delete from raw.published_audit_findings where document_id = 'askersund_arsbokslut_2024';
        """)
    run = released.dbt("build", "--select", "stg_published__answers", "int_answer_changes", "whats_new")
    assert run.returncode == 0, run.stdout
    assert released.publish().returncode == 0
    told = released.query("select change_kind, sentence_sv, figure_id_now from marts.whats_new order by memo_order")
    sentences = {kind: sentence for kind, sentence, _ in told}
    assert sentences["deviation_worsened"] == (
        "Nettokostnad: prognosen för 2025 är 12,7 mnkr (2,9 %) sämre än budget."
        " Tidigare: prognos 9,0 mnkr sämre än budget. Försämring: 3,7 mnkr"
    )
    assert sentences["goal_lost"] == (
        "Extern personalomsättning, 2025: bedöms inte uppnås (17 %, målet är 14). Tidigare: bedöms uppnås"
    )
    assert ("deviation_new", "Nettokostnad: utfallet 2024 är 13,1 mnkr (4,1 %) sämre än budget") in {
        (kind, sentence) for kind, sentence, _ in told
    }
    figures = {figure for (figure,) in released.query("select figure_id from marts.reported_figures")}
    assert {figure for *_, figure in told if figure} <= figures
