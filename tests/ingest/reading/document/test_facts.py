"""Whose report it is: only taken if the report says it in one way, never guessed."""

import pytest

from ingest.reading.document.facts import find_facts

MUNICIPALITIES = {
    "2321": "Åre",
    "1463": "Mark",
    "1489": "Alingsås",
    "1490": "Borås",
    "0114": "Upplands Väsby",
    "0012": "Region Skåne",
}


def values(*lines: str) -> dict[str, str]:
    return {name: fact.value for name, fact in find_facts(lines, MUNICIPALITIES).items()}


@pytest.mark.parametrize(
    ("line", "municipality"),
    [
        ("Marks kommun", "Mark"),
        ("Alingsås kommuns verksamhet", "Alingsås"),
        ("Borås stad", "Borås"),
        ("Upplands Väsby kommun", "Upplands Väsby"),
        ("Region Skåne", "Region Skåne"),
        ("Kommunen Mark", None),
        ("en bra kommun", None),
    ],
)
def test_a_municipality_is_known_by_its_name_as_a_municipality(line: str, municipality: str | None) -> None:
    assert values(line).get("municipality") == municipality


def test_a_municipality_that_is_compared_with_is_not_the_reports_own() -> None:
    text = "1 Inledning", "Marks kommun gör", "Åre kommun", "Marks kommun har", "Marks kommun ska"
    assert values(*text)["municipality"] == "Mark"
    assert "municipality" not in values("1 Inledning", "Marks kommun och Åre kommun har samarbetat")


@pytest.mark.parametrize(
    ("front", "kind", "date"),
    [
        (("Årsredovisning 2024",), "annual_report", "2024-12-31"),
        (("Bokslut", "Vård- och omsorgsnämnden 2024"), "annual_report", "2024-12-31"),
        (("Delårsbokslut per 2024-08-31",), "interim_report", "2024-08-31"),
        (("Tertialrapport", "januari–april 2024"), "interim_report", "2024-04-30"),
        (("Delårsrapport 2024",), "interim_report", None),
        (("Månadsuppföljning oktober 2025", "Beslutad 2025-11-30"), "interim_report", "2025-10-31"),
        (("Tertialuppföljning 1 2025",), "interim_report", "2025-04-30"),
        (("Kvartalsrapport 3", "2025"), "interim_report", "2025-09-30"),
        (("Delårsrapport 30 april 2024",), "interim_report", "2024-04-30"),
        (("Nämndplan 2024–2026",), "plan", None),
        (("2025 Årsbokslut", "Status: Påbörjad"), "annual_report", "2025-12-31"),
        (("Uppföljning 2025", "Rapportperiod: 2025-04-30"), "interim_report", "2025-04-30"),
        (("1 Budget och bokslut 2024",), None, None),
        (("Vi bedömer att årsredovisningen för 2024 är", "rättvisande"), None, None),
        (("Budgetskrivelse för", "investeringar 2027-2031"), "plan", None),
    ],
)
def test_kind_and_day_come_from_the_title_page(front: tuple[str, ...], kind: str | None, date: str | None) -> None:
    found = values(*front)
    assert (found.get("document_kind"), found.get("information_date")) == (kind, date)


def test_a_day_in_the_text_counts_where_no_other_month_rivals_it() -> None:
    front = "Delårsrapport 2024"
    assert values(front, "1 Ekonomi", "Utfall 31/8 2024", "31 augusti 2024")["information_date"] == "2024-08-31"
    assert "information_date" not in values(front, "1 Ekonomi", "Utfall 31/8 2024", "30 april 2024")


def test_a_plan_says_its_years_and_a_committee_its_whole_name() -> None:
    found = values("Mål och budget 2025-2027", "Barn- och utbildningsnämnden")
    assert (found["plan_from_year"], found["plan_to_year"]) == ("2025", "2027")
    assert found["committee"] == "Barn- och utbildningsnämnden"
    assert values("Budgetskrivelse för", "investeringar 2027-2031")["plan_to_year"] == "2031"
