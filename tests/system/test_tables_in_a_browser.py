"""The site's scripts in headless Chromium, from files: sorting, filtering, saving and searching; links to rows."""

import csv
import re
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.support.installation import TrialInstallation
from tests.support.open_page import OpenPage

BUDGET = "mark-socialnamnden-budget.html"
COST_TYPES = "Delårsrapport 2025, socialnämnden. Kostnadsslag: prognos mot budget 2025, tkr"
TRUST = "mark-socialnamnden-tillit.html"
PHONE = {"viewport": {"width": 390, "height": 844}}


def labels(table: Locator) -> list[str]:
    """The names of the rows that are shown, in their order."""
    return [text.strip() for text in table.locator("tbody tr:not(.group) > th:visible").all_inner_texts()]


def saved(page: Page, caption: str) -> tuple[str, str]:
    """The name and text of the file that the table is saved as."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Hämta som csv för {caption}").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes().decode("utf-8")


def test_a_table_is_sorted_by_number_and_by_swedish_word_and_its_total_stays(open_page: OpenPage) -> None:
    table = open_page(BUDGET).get_by_role("table", name=COST_TYPES)
    printed = labels(table)
    assert printed == ["Nettokostnad", "Övriga kostnader", "Personalkostnader", "Intäkter"]
    outcome = table.get_by_role("columnheader", name="Utfall hittills")
    outcome.get_by_role("button").click()  # −301 200 in all; −176 500, −151 200, 26 500
    assert labels(table) == ["Nettokostnad", "Personalkostnader", "Övriga kostnader", "Intäkter"]
    assert outcome.get_attribute("aria-sort") == "ascending"
    outcome.get_by_role("button").click()
    assert labels(table) == ["Nettokostnad", "Intäkter", "Övriga kostnader", "Personalkostnader"]
    assert outcome.get_attribute("aria-sort") == "descending"
    outcome.get_by_role("button").click()
    assert labels(table) == printed
    assert outcome.get_attribute("aria-sort") is None
    table.get_by_role("columnheader", name="Rad").get_by_role("button").click()
    assert labels(table) == ["Nettokostnad", "Intäkter", "Personalkostnader", "Övriga kostnader"]
    expect(table.locator("[aria-sort]")).to_have_count(1)


def test_rows_without_a_value_come_last_either_way(open_page: OpenPage) -> None:
    table = open_page("askersund-socialnamnden-mal.html").get_by_role("table", name="Mål 2024")
    header = table.get_by_role("columnheader", name="Avstånd")
    for way in ("ascending", "descending"):
        header.get_by_role("button").click()
        assert header.get_attribute("aria-sort") == way
        for body in table.locator("tbody").all():
            cells = [text.strip() for text in body.locator("tr > td:nth-child(4)").all_inner_texts()]
            known = [Decimal(text.replace("−", "-").replace(",", ".")) for text in cells if text != "–"]
            assert cells[len(known) :] == ["–"] * (len(cells) - len(known))
            assert known == sorted(known, reverse=way == "descending")


def test_a_filter_keeps_the_rows_with_all_its_words_and_counts_them(open_page: OpenPage) -> None:
    page = open_page(TRUST)
    table = page.get_by_role("table", name="Prognos mot utfall")
    every = labels(table)
    field = page.get_by_role("searchbox", name="Filtrera Prognos mot utfall")
    field.fill("NÄMNDPLAN andel")  # The first word is in the heading of a group.
    kept = labels(table)
    assert 0 < len(kept) < len(every)
    assert all("andel" in label.lower() for label in kept)
    expect(page.get_by_text(f"{len(kept)} av {len(every)} rader")).to_be_visible()
    field.fill("finns inte")
    assert labels(table) == []
    expect(table.locator(".group:visible")).to_have_count(0)
    field.fill("")
    assert labels(table) == every


def test_a_saved_table_opens_in_swedish_excel_with_numbers_and_sources(
    open_page: OpenPage, built: TrialInstallation
) -> None:
    page = open_page(BUDGET)
    name, text = saved(page, COST_TYPES)
    assert name == "Delårsrapport-2025-socialnämnden-Kostnadsslag-prognos-mot-budget-2025-tkr.csv"
    assert text[0] == "\ufeff"
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(StringIO(text[1:]), delimiter=";"))
    expected = built.query(
        "select line_label, budget_tkr, compared_tkr, deviation_tkr, round(deviation_pct, 1)"
        " from marts.budget_deviations where document_id = 'mark_delarsrapport_2025' and breakdown = 'cost_type'"
    )
    found = [
        (
            row["Rad"],
            *(Decimal(row[name].replace(",", ".")) for name in ("Budget", "Prognos", "Avvikelse", "Procent (%)")),
        )
        for row in rows
    ]
    assert sorted(found) == sorted((label, *map(Decimal, numbers)) for label, *numbers in expected)
    source = next(row["Källa"] for row in rows if row["Rad"] == "Personalkostnader")
    for words in ("Mark, Delårsrapport 2025", "Avsnitt 7.1 Driftredovisning", "Tabell 14", "Personalkostnader"):
        assert words in source


def test_a_saved_table_has_the_rows_that_are_shown_in_their_order(open_page: OpenPage) -> None:
    page = open_page(TRUST)
    page.get_by_role("searchbox", name="Filtrera Prognos mot utfall").fill("kostnad")
    table = page.get_by_role("table", name="Prognos mot utfall")
    table.get_by_role("columnheader", name="Prognos för").get_by_role("button").click()
    _, text = saved(page, "Prognos mot utfall")
    rows = list(csv.DictReader(StringIO(text[1:]), delimiter=";"))
    assert [row["Prognos för"] for row in rows] == labels(table)
    assert {row["Prognos (tkr)"].lstrip("-").isdigit() for row in rows} == {True}
    assert {row["Grupp"] for row in rows} == {"Nämndplan 2024–2025, socialnämnden"}
    assert ("-12500", "−2,9 %") in {(row["Prognosavvikelse"], row["Prognosavvikelse, anmärkning"]) for row in rows}


def test_a_saved_table_has_notes_and_corrections_in_columns_of_their_own(open_page: OpenPage) -> None:
    page = open_page("mark-socialnamnden-mal.html")
    _, text = saved(page, "Mål 2025")
    rows = list(csv.DictReader(StringIO(text[1:]), delimiter=";"))
    assert not [header for header in rows[0] if "prognos" in header]
    assert "prognos" in {row["Värde, anmärkning"] for row in rows}
    assert not [row["Indikator"] for row in rows if "antagen" in row["Indikator"]]
    _, text = saved(open_page(TRUST), "Prognos mot utfall")
    (source,) = {
        row["Källa"]
        for row in csv.DictReader(StringIO(text[1:]), delimiter=";")
        if (row["Prognos för"], row["Utfall"]) == ("Nettokostnad", "-436800")
    }
    assert "Rättat: " in source


def test_a_saved_text_is_not_computed_by_excel(open_page: OpenPage) -> None:
    """Printed targets are ``=0``, ``≥85`` and ``70–100``."""
    _, text = saved(open_page("mark-socialnamnden-mal.html"), "Mål 2025")
    targets = {row["Mål"] for row in csv.DictReader(StringIO(text[1:]), delimiter=";")}
    assert "'=0" in targets
    assert not [target for target in targets if target[:1] in "=+@"]


def test_a_phone_sorts_by_a_list(open_page: OpenPage) -> None:
    page = open_page(TRUST, **PHONE)
    table = page.get_by_role("table", name="Prognos mot utfall")
    choice = page.get_by_role("combobox", name="Sortera Prognos mot utfall")
    choice.select_option("Prognos för, stigande")
    ascending = [body.locator("tr:not(.group) > th").all_inner_texts() for body in table.locator("tbody").all()]
    choice.select_option("Prognos för, fallande")
    descending = [body.locator("tr:not(.group) > th").all_inner_texts() for body in table.locator("tbody").all()]
    assert descending == [names[::-1] for names in ascending]
    assert [len(names) for names in ascending] == [2, 26]
    assert [names[0].split(" ")[1:3] for names in ascending] == [["berörda", "barn"], ["anmälningar", "till"]]


def test_a_keyboard_on_a_phone_sees_the_headers_that_it_reaches(open_page: OpenPage) -> None:
    button = open_page(BUDGET, **PHONE).get_by_role("button", name="Samma period i fjol").first
    clip = "it => getComputedStyle(it.closest('thead')).clipPath"
    assert button.evaluate(clip) == "inset(50%)"
    button.focus()
    assert button.evaluate(clip) == "none"
    expect(button).to_be_in_viewport()


def test_a_link_to_a_row_shows_the_row(open_page: OpenPage) -> None:
    page = open_page(BUDGET)
    row = page.get_by_role("table", name=COST_TYPES).get_by_role("row", name="Personalkostnader")
    row.get_by_role("button", name="Källa till Personalkostnader").click()
    page.get_by_role("link", name="Länk till raden").click()
    anchor = row.get_attribute("id")
    assert page.url.endswith(f"#{anchor}")
    again = open_page(f"{BUDGET}#{anchor}", java_script_enabled=False)
    expect(again.locator("tr:target > th")).to_have_text("Personalkostnader")
    expect(again.locator("tr:target")).to_be_in_viewport()


def test_a_link_to_a_folded_row_unfolds_it(open_page: OpenPage) -> None:
    page = open_page("mark-socialnamnden-nyckeltal.html")
    anchor = page.locator("details tbody tr").nth(5).get_attribute("id")
    again = open_page(f"mark-socialnamnden-nyckeltal.html#{anchor}")
    expect(again.locator(f"#{anchor}")).to_be_in_viewport()


def test_a_search_from_any_page_leads_to_the_row(open_page: OpenPage) -> None:
    page = open_page("index.html")
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url.rsplit("/", 1)[-1]))
    page.get_by_role("searchbox", name="Sök rad, mått, nämnd eller rapport").fill("PERSONALKOST delårsrapport 2025")
    assert requested == []
    page.get_by_role("button", name="Sök").click()
    hit = page.get_by_role("listitem").filter(has_text=f"{COST_TYPES}, Mark, socialnämnden: hur långt")
    expect(hit).to_have_count(1)
    assert "search_index.js" in requested
    hit.get_by_role("link").click()
    expect(page).to_have_title(re.compile("^Mark, socialnämnden: hur långt från budget"))
    expect(page.locator("tr:target")).to_be_in_viewport()
    expect(page.locator("tr:target > th")).to_have_text("Personalkostnader")


def test_a_phone_searches_from_the_menu(open_page: OpenPage) -> None:
    page = open_page(BUDGET, **PHONE)
    page.get_by_role("navigation", name="Sidor").get_by_role("link", name="Sök").click()
    page.get_by_role("searchbox").fill("långtidssjukfrånvaro")
    expect(page.get_by_role("status")).to_contain_text("träffar")
    expect(page.locator("#traffar a").first).to_have_text(re.compile("^Långtidssjukfrånvaro"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("words", "name", "context"),
    [
        ("mark socialnämnden", "Socialnämnden, Mark", ""),
        (
            "förvaltningsberättelse",
            "Förvaltningsberättelse, årsbokslut 2024, socialnämnden",
            "Rapporter, Socialnämnden, Askersund",
        ),
        ("sjukfrånvaro", "Total sjukfrånvaro", "Mark, socialnämnden: hur har nyckeltalen utvecklats?"),
        ("vård familje", "Vårddygn i familjehem", ""),
    ],
)
def test_a_search_finds_pages_measures_and_parts_of_words(
    open_page: OpenPage, words: str, name: str, context: str
) -> None:
    page = open_page(f"sok.html?q={words}")
    expect(page.get_by_role("status")).to_contain_text("träff")
    found = {
        (item.get_by_role("link").inner_text(), item.inner_text().removeprefix(item.get_by_role("link").inner_text()))
        for item in page.locator("#traffar li").all()
    }
    assert (name, context) in {(link, rest.strip()) for link, rest in found}
    for link, rest in found:
        assert all(word in f"{link} {rest}".lower() for word in words.split())
    assert Axe().run(page).violations_count == 0


def test_a_search_without_hits_says_so(open_page: OpenPage) -> None:
    page = open_page("sok.html?q=<img src=x onerror=alert(1)>")
    expect(page.get_by_role("status")).to_have_text("Inga träffar.")
    expect(page.locator("main img")).to_have_count(0)


def test_a_reader_without_scripts_gets_every_row_and_is_told_that_the_search_needs_them(open_page: OpenPage) -> None:
    page = open_page(BUDGET, java_script_enabled=False)
    assert len(labels(page.get_by_role("table", name=COST_TYPES))) == 4
    expect(page.locator(".tools, .sort")).to_have_count(0)
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_text("Sökningen behöver skript")).to_be_visible()
