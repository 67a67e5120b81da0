"""The released site in headless Chromium: no requests, accessible, on a phone, on paper, by keyboard, no scripts."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.support.installation import TrialInstallation
from tests.support.open_page import OpenPage

NBSP = "\N{NO-BREAK SPACE}"
INTERIM_REPORT = "mark-socialnamnden-budget.html"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def under_a_sub_path(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on a web server that has other things at its root."""
    root = tmp_path_factory.mktemp("server")
    shutil.copytree(site, root / "namnder" / "uppföljning")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/namnder/uppf%C3%B6ljning"
        server.shutdown()


def names(site: Path) -> list[str]:
    found = sorted(path.name for path in site.glob("*.html"))
    assert len(found) > 12
    return found


@pytest.mark.parametrize("over", ["file", "http"])
def test_every_page_opens_without_an_error_or_a_request_to_elsewhere(
    over: str, browser: Browser, site: Path, under_a_sub_path: str
) -> None:
    base = site.as_uri() if over == "file" else under_a_sub_path
    page = browser.new_page()
    said, requested, failed = [], [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("requestfailed", lambda request: failed.append(request.url))
    for name in names(site):
        page.goto(f"{base}/{name}")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".top [aria-current]")).to_have_count(1)
    assert (said, failed) == ([], [])
    own = {f"{base}/{name}" for name in (*names(site), "tables.js", "search.js", "search_index.js")}
    assert {url for url in requested if not url.startswith("data:")} == own
    page.close()


@pytest.mark.parametrize(
    ("width", "colours"), [(1100, "light"), (360, "dark")], ids=["wide and light", "narrow and dark"]
)
def test_no_page_has_an_accessibility_violation(width: int, colours: str, open_page: OpenPage, site: Path) -> None:
    page = open_page("index.html", viewport={"width": width, "height": 800}, color_scheme=colours)
    found = {}
    for name in names(site):
        page.goto(f"{site.as_uri()}/{name}")
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        results = Axe().run(page)
        if results.violations_count:
            found[name] = results.generate_report()
    assert found == {}


def test_an_open_source_has_no_accessibility_violation(open_page: OpenPage) -> None:
    page = open_page(INTERIM_REPORT)
    page.get_by_role("button", name="Källa till Personalkostnader").first.click()
    expect(page.get_by_role("dialog", name="Källa till Personalkostnader")).to_be_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_no_page_scrolls_sideways_on_a_phone(open_page: OpenPage, site: Path) -> None:
    page = open_page("index.html", viewport={"width": 360, "height": 740})
    for name in names(site):
        page.goto(f"{site.as_uri()}/{name}")
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_the_keyboard_reaches_the_content_and_a_source_and_comes_back(open_page: OpenPage) -> None:
    page = open_page(INTERIM_REPORT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Källa till Personalkostnader").first
    for _ in range(24):
        page.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    source = page.get_by_role("dialog", name="Källa till Personalkostnader")
    expect(source).to_be_visible()
    for words in ("7.1 Driftredovisning", "Budget 2025", "-264,6", "-269,7", "-5,1"):
        expect(source).to_contain_text(words)
    page.keyboard.press("Tab")
    expect(source.get_by_role("button", name="Stäng")).to_be_focused()
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()
    expect(button).to_be_focused()


def test_a_source_opens_without_script(open_page: OpenPage) -> None:
    page = open_page(INTERIM_REPORT, java_script_enabled=False)
    source = page.locator("[popover]", has_text="Personalkostnader").first
    assert not source.is_visible()
    page.get_by_role("button", name="Källa till Personalkostnader").first.click()
    assert source.is_visible()
    assert "-269,7" in source.inner_text()


def test_a_reader_sees_the_figures_of_the_marts(open_page: OpenPage, built: TrialInstallation) -> None:
    (budget, forecast, deviation), *_ = built.query(
        "select budget_tkr, compared_tkr, deviation_tkr from marts.budget_deviations"
        " where document_id = 'mark_delarsrapport_2025' and line_code = 'personnel_cost'"
    )
    row = open_page(INTERIM_REPORT).get_by_role("row", name="Personalkostnader").first
    seen = [text.strip() for text in row.locator("td").all_inner_texts()]
    expected = [f"{value:,.0f}".replace(",", NBSP).replace("-", "−") for value in (budget, forecast, deviation)]
    assert seen[2:5] == expected == [f"−264{NBSP}600", f"−269{NBSP}700", f"−5{NBSP}100"]
    assert "Underskott" in seen[6]


def test_a_row_on_a_phone_names_each_of_its_values(open_page: OpenPage) -> None:
    page = open_page(INTERIM_REPORT, viewport={"width": 360, "height": 740})
    cell = page.get_by_role("row", name="Personalkostnader").first.get_by_role("cell").nth(3)
    expect(cell).to_be_visible()
    assert cell.evaluate("it => getComputedStyle(it, '::before').content") == '"Prognos"'
    assert page.locator("svg.chart.narrow").first.is_visible()
    assert not page.locator("svg.chart.wide").first.is_visible()


def test_paper_holds_every_figure_and_no_buttons(open_page: OpenPage, tmp_path: Path) -> None:
    open_page("askersund-socialnamnden-budget.html").pdf(path=tmp_path / "paper.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Äldreomsorg/LSS Kostnad" in text  # It is in a part that is folded on the screen.
    assert "Resultat" in text or "Nettokostnad" in text
    assert "Källa\n" not in text
    assert "Jämförelser" not in text
    assert len(document) <= 8
