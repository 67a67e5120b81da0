"""A committee's name in whole, however a title page writes it."""

import pytest

from ingest.reading.identity import find_facts


@pytest.mark.parametrize(
    ("line", "committee"),
    [
        ("Årsrapport 2023, socialnämnden", "Socialnämnden"),
        ("Årsrapport 2023, kultur- och fritidsnämnden", "Kultur- och fritidsnämnden"),
        ("Barn-, utbildnings- och kulturnämnden", "Barn-, utbildnings- och kulturnämnden"),
        ("Arbetsmarknads- och vuxenutbildningsnämndens årsrapport", "Arbetsmarknads- och vuxenutbildningsnämnden"),
        ("Nämnden för kultur och fritid", "Nämnden för kultur och fritid"),
    ],
)
def test_a_committee_is_named_in_whole(line: str, committee: str) -> None:
    assert find_facts([line], {})["committee"].value == committee
