"""Whose report it is: only taken if the report says it in one way, never guessed."""

import pytest

from ingest.reading.document.evidence import Fact
from ingest.reading.document.facts import find_facts
from ingest.reading.document.issuer import Municipalities
from ingest.reading.document.surroundings import Surroundings

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


def test_a_municipality_that_the_text_names_is_taken_only_where_it_names_no_other() -> None:
    text = "1 Inledning", "Marks kommun gör", "Marks kommun har", "Marks kommun ska"
    assert values(*text)["municipality"] == "Mark"
    assert "municipality" not in values(*text[:-1])
    assert "municipality" not in values(*text, "Åre kommun")


@pytest.mark.parametrize(
    ("around", "evidence"),
    [
        (Surroundings(outer=("www.alingsas.se",)), "web address"),
        (Surroundings(outer=("info@nagon.alingsas.se 0000-00 00 00",)), "web address"),
        (Surroundings(repeated=("Alingsås kommun",)), "named in page headers and footers"),
        (Surroundings(title="Påhittad mall, Alingsås kommun"), "document property"),
        (Surroundings(name="uppfoljning_alingsas_2026_04"), "file name"),
        (
            Surroundings(repeated=("ALINGSÅS KOMMUN",), outer=("alingsas.se",)),
            "named in page headers and footers, web address",
        ),
    ],
)
def test_a_municipality_is_known_by_what_surrounds_the_text(around: Surroundings, evidence: str) -> None:
    fact = find_facts(["Uppföljning 2026"], MUNICIPALITIES, around=around)["municipality"]
    assert (fact.value, fact.evidence) == ("Alingsås", evidence)


def test_sources_that_disagree_name_no_municipality() -> None:
    around = Surroundings(outer=("www.alingsas.se",), title="Påhittad mall, Borås stad")
    assert find_facts(["Uppföljning 2026"], MUNICIPALITIES, around=around)["municipality"].value == "Alingsås"
    assert "municipality" not in find_facts(["Uppföljning 2026", "Borås stad"], MUNICIPALITIES, around=around)
    assert "municipality" not in values("Uppföljning 2026", "mark_2026", "www.markisbutiken.se")


@pytest.mark.parametrize("text", ["Alingsås", "ALINGSÅS", "alingsås kommun", "Alingsås kommuns"])
def test_a_person_may_name_a_municipality_in_several_ways(text: str) -> None:
    assert Municipalities(tuple(MUNICIPALITIES.values())).meant(text) == "Alingsås"


def test_a_committees_name_on_a_later_page_is_not_of_the_title_page() -> None:
    lines = ["Delårsrapport 2026", "• Valnämnden +5,0 mnkr", "Påhittsnämnden"]
    assert "committee" not in find_facts(lines, {}, cover=lines[:1])


@pytest.mark.parametrize(
    ("front", "labels", "issuer"),
    [
        (["Delårsrapport 2026"], ["Valnämnden", "Kommunstyrelsen", "Tekniska nämnden", "Summa"], "municipality"),
        (["Delårsrapport 2026", "Kommunstyrelsen"], ["Valnämnden", "Låtsasnämnden", "Hittenämnden"], "municipality"),
        (["Bokslut 2026"], ["Verksamhetens nettokostnader", "Skatteintäkter"], "municipality"),
        (["Bokslut 2026", "Påhittsortens räddningstjänstförbund"], ["Medlemsbidrag"], "federation"),
        (["Årsredovisning 2026", "Påhittsbostäder AB"], ["Nettoomsättning"], "company"),
        (["Delårsrapport 2026", "Valnämnden"], ["Valnämnden", "Låtsasnämnden", "Hittenämnden"], "committee"),
        (["Delårsrapport 2026"], ["Valnämnden", "Intäkter"], None),
    ],
)
def test_not_only_committees_issue_reports(front: list[str], labels: list[str], issuer: str | None) -> None:
    facts = find_facts(front, {}, labels=labels)
    assert facts.get("issuer_kind", Fact("", "")).value == (issuer or "")
    assert ("committee" in facts) == (issuer == "committee")


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
        (("Månadsuppföljning", "maj 2026", "Påhittade nämnden"), "interim_report", "2026-05-31"),
        (("Budgetuppföljning april 2026",), "interim_report", "2026-04-30"),
        (("Månadsuppföljning 2026", "Åre den 9 april 2026"), "interim_report", None),
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


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        ("Prognosen per april visar ett påhittat överskott.", "r1", "2026-04-30"),
        ("Utfallet till och med april 2026 är påhittat.", "r1", "2026-04-30"),
        ("Utfallet per april 2025 står kvar i mallen.", "r1", None),
        ("Jämfört med prognosen per april är detta bättre.", "r1", None),
        ("Ingen månad nämns.", "uppfoljning_2026_04", "2026-04-30"),
        ("Ingen månad nämns.", "uppföljning april 2026", "2026-04-30"),
        ("Ingen månad nämns.", "beslutad_2026-04-15", None),
        ("Prognosen per april är påhittad.", "uppfoljning_2026_05", None),
    ],
)
def test_text_and_file_name_say_a_month_where_they_agree(text: str, name: str, date: str | None) -> None:
    facts = find_facts(["Månadsuppföljning 2026", "1 Ekonomi", text], {}, around=Surroundings(name))
    assert facts.get("information_date", Fact("", "")).value == (date or "")


def test_a_file_knows_nothing_of_what_comes_after_it() -> None:
    lines = ["Månadsuppföljning 2026", "1 Ekonomi", "Prognosen per april är påhittad."]
    made_in = {day: find_facts(lines, {}, around=Surroundings(created=day)) for day in ("2026-05-04", "2026-03-04")}
    assert ["information_date" in facts for facts in made_in.values()] == [True, False]


def test_a_plan_says_its_years_and_a_committee_its_whole_name() -> None:
    found = values("Mål och budget 2025-2027", "Barn- och utbildningsnämnden")
    assert (found["plan_from_year"], found["plan_to_year"]) == ("2025", "2027")
    assert found["committee"] == "Barn- och utbildningsnämnden"
    assert values("Budgetskrivelse för", "investeringar 2027-2031")["plan_to_year"] == "2031"
