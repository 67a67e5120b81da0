"""A committee's full name, however a title page writes it."""

import pytest

from ingest.reading.document.facts import find_facts


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


def test_a_committee_that_the_text_names_once_is_not_taken_for_the_reports_own() -> None:
    once = ["1 Mål", "Utbildningsnämnden har andra mål."]
    assert "committee" not in find_facts(once, {})
    assert find_facts([*once, "Utbildningsnämnden följer dem."], {})["committee"].value == "Utbildningsnämnden"
