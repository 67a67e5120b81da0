"""A committee's full name, however a title page writes it."""

import pytest

from ingest.reading.document.facts import find_facts
from ingest.reading.document.surroundings import Surroundings


@pytest.mark.parametrize(
    ("line", "committee"),
    [
        ("Årsrapport 2023, socialnämnden", "Socialnämnden"),
        ("Årsrapport 2023, kultur- och fritidsnämnden", "Kultur- och fritidsnämnden"),
        ("Barn-, utbildnings- och kulturnämnden", "Barn-, utbildnings- och kulturnämnden"),
        ("Arbetsmarknads- och vuxenutbildningsnämndens årsrapport", "Arbetsmarknads- och vuxenutbildningsnämnden"),
        ("Nämnden för kultur och fritid", "Nämnden för kultur och fritid"),
        ("Nämnden för Påhittservice", "Nämnden för Påhittservice"),
        ("Tekniska nämnden", "Tekniska nämnden"),
        ("Årsrapport 2024, sociala utskottet", "Sociala utskottet"),
        ("Gemensamma nämnden för hjälpmedel", "Gemensamma nämnden för hjälpmedel"),
        ("Kommunstyrelsens verksamhetsutskott", "Kommunstyrelsens verksamhetsutskott"),
    ],
)
def test_a_committee_is_named_in_whole(line: str, committee: str) -> None:
    assert find_facts([line], {})["committee"].value == committee


def test_a_committee_is_not_known_by_how_often_the_text_names_it() -> None:
    text = ["1 Mål", *["Utbildningsnämnden har andra mål."] * 5]
    assert "committee" not in find_facts(text, {})


def test_a_committee_in_the_title_counts_before_the_one_that_gets_the_report() -> None:
    front = ["Kommunstyrelsen", "Bokslut 2024 för påhittsnämnden", "Till valnämnden"]
    assert find_facts(front, {})["committee"].value == "Påhittsnämnden"
    assert "committee" not in find_facts(["Bokslut 2024", "Påhittsnämnden", "Låtsasnämnden"], {})


def test_page_headers_name_the_committee_where_the_title_page_does_not() -> None:
    around = Surroundings(repeated=("Årsrapport 2024", "Påhittade revisorskollegiet"))
    facts = find_facts(["Årsrapport 2024"], {}, around=around)
    assert (facts["committee"].value, facts["committee"].evidence) == (
        "Revisorskollegiet",
        "named in page headers and footers",
    )
    assert "committee" not in find_facts(["Årsrapport 2024", "Valnämnden"], {}, around=around)
