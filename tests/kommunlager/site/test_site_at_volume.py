"""With many reports, no page is large, nothing is left out, and everything is still found."""

from pathlib import Path

import duckdb
import pytest
from lxml import html

from kommunlager.site import build_site
from kommunlager.site.page import Page, Part
from kommunlager.site.pages import overview
from kommunlager.site.paging import paged
from kommunlager.site.tables import Column, Table, make_table
from tests.support.installation import TrialInstallation
from tests.support.made_up_copies import write_copies

COPIES, OF_THE_SAME = 7, 5
LARGEST_PAGE = 500_000


@pytest.fixture(scope="module")
def copies(built: TrialInstallation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released file with seven copies of each shipped report; most are of the same committees."""
    database = tmp_path_factory.mktemp("copies") / "made_up.duckdb"
    write_copies(built.published, database, COPIES, OF_THE_SAME)
    return database


@pytest.fixture(scope="module")
def site(copies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overview, "_MOST_CARDS", 5)
        build_site(copies, folder)
    return folder


def rows_of(site: Path, pages: str) -> int:
    """The rows of the tables on all pages of a list."""
    return sum(
        len(html.document_fromstring(path.read_text(encoding="utf-8")).xpath("//main//tbody/tr[td]"))
        for path in site.glob(pages)
    )


def test_no_page_is_large(site: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in site.glob("*.html")}
    assert len(sizes) > 150
    assert {name: size for name, size in sizes.items() if size >= LARGEST_PAGE} == {}


def test_a_list_on_several_pages_has_every_row_once(site: Path, copies: Path) -> None:
    assert (site / "mark-socialnamnden-mal-2.html").exists()
    with duckdb.connect(str(copies), read_only=True) as connection:

        def count(sql: str) -> int:
            ((number,),) = connection.execute(f"select count(*) from marts.{sql} and municipality = 'Mark'").fetchall()
            return int(number)

        assert rows_of(site, "mark-socialnamnden-mal*.html") == count("goal_fulfilment where is_current")
        assert rows_of(site, "mark-socialnamnden-budget*.html") == count("budget_deviations where true")


def test_the_pages_of_a_list_lead_to_each_other(site: Path) -> None:
    for path in site.glob("mark-socialnamnden-mal*.html"):
        tree = html.document_fromstring(path.read_text(encoding="utf-8"))
        (sheets, again) = tree.xpath("//nav[@class='sheets']")
        assert sheets.xpath(".//a/@href") == again.xpath(".//a/@href")
        assert sheets.xpath(".//a[@aria-current]/@href") == [path.name]
        assert all((site / address).exists() for address in sheets.xpath(".//a/@href"))


def test_many_municipalities_are_listed_by_letter(site: Path, copies: Path) -> None:
    tree = html.document_fromstring((site / "index.html").read_text(encoding="utf-8"))
    with duckdb.connect(str(copies), read_only=True) as connection:
        names = [name for (name,) in connection.execute("select distinct municipality from marts.documents").fetchall()]
    listed = tree.xpath("//ul[contains(@class, 'columns')]/li/a/text()")
    assert len(names) > 5
    assert sorted(listed) == sorted(names)
    letters = tree.xpath("//nav[@aria-label='Bokstäver']//a/text()")
    assert letters == sorted({name[0] for name in names}, key="ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index)


def test_municipalities_that_are_spelt_alike_have_their_own_pages(built: TrialInstallation, tmp_path: Path) -> None:
    """Habo and Håbo would be the same address."""
    database = tmp_path / "made_up.duckdb"
    write_copies(built.published, database, 1, 1)
    with duckdb.connect(str(database)) as connection:
        for (mart,) in connection.execute(
            "select distinct table_name from duckdb_columns() where schema_name = 'marts'"
            " and column_name = 'municipality_code' and table_name <> 'municipalities'"
        ).fetchall():
            for old, new, name in (("1882", "0305", "Håbo"), ("1489", "0643", "Habo")):
                connection.execute(
                    f"update marts.{mart} set municipality_code = $1, municipality = $2 where municipality_code = $3",
                    [new, name, old],
                )
    build_site(database, tmp_path / "site")
    for stem, name in (("habo-0305", "Håbo"), ("habo-0643", "Habo"), ("mark", "Mark")):
        tree = html.document_fromstring((tmp_path / "site" / f"{stem}.html").read_text(encoding="utf-8"))
        assert tree.findtext(".//h1") == name
    assert not (tmp_path / "site" / "habo.html").exists()


def made_up_table(rows: int) -> Table:
    column = Column("Påhittad rad", lambda row: f"Påhittad rad {row['number']} {'x' * 500}")
    return make_table("Påhittat", (column,), [{"number": number} for number in range(rows)], None, group=_tens)


def _tens(row: dict[str, int]) -> str:
    return f"Grupp {row['number'] // 10}"


def test_parts_are_spread_over_pages_in_order() -> None:
    page = Page("pahittat.html", "Påhittat", "across.html", "om.html", {})
    parts = [Part("Först", tables=(made_up_table(20),)), Part("Stor", tables=(made_up_table(1000),)), Part("Först")]
    pages = list(paged(page, parts))
    assert len(pages) > 2
    assert [it.file_name for it in pages][:2] == ["pahittat.html", "pahittat-2.html"]
    shown = [part for it in pages for part in it.content["parts_of_page"]]
    names = [
        row.label.split(" x")[0] for part in shown for table in part.tables for _, rows in table.groups for row in rows
    ]
    assert names == [f"Påhittad rad {number}" for number in (*range(20), *range(1000))]
    for it in pages:
        anchors = [part.anchor for part in it.content["parts_of_page"]]
        assert len(anchors) == len({*anchors})


def test_a_page_without_parts_is_still_a_page() -> None:
    (only,) = paged(Page("pahittat.html", "Påhittat", "across.html", "om.html", {"answer": "Inget."}), [])
    assert (only.content["parts_of_page"], only.content["answer"]) == ([], "Inget.")
