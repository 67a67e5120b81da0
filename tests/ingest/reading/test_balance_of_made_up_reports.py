"""A table that the reader misses opens the balance of its page; a report that is read whole has a closed balance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.document import PageBalance, Table
from ingest.reading.balance.strike import struck_balance
from ingest.reading.blocks import Grid, PrintedPage, TextBlock
from ingest.reading.sources.choice import report_blocks
from ingest.reading.tables.assembly import assemble
from tests.support.made_up_reports.kinds import KINDS, print_made_up_report

SEEDS = range(4)
LEAST_OPENED = 0.98
MOST_OPEN = 0.03


@dataclass(frozen=True)
class Struck:
    """The balance of a report, and the balances without each of its tables that has figures in turn."""

    whole: tuple[PageBalance, ...]
    without: tuple[tuple[PageBalance, ...], ...]


def has_figures(table: Table) -> bool:
    return any(character.isdigit() for row in table.rows for cell in row.cells for character in cell)


def struck(path: Path) -> Struck:
    items = list(report_blocks(path, lambda page, pages: None))
    pages = [item for item in items if isinstance(item, PrintedPage)]
    tables, doubts = assemble([item for item in items if isinstance(item, Grid | TextBlock)])
    without = (
        struck_balance(pages, [other for other in tables if other is not table], doubts)
        for table in tables
        if has_figures(table)
    )
    return Struck(struck_balance(pages, tables, doubts), tuple(without))


def is_opened(before: Sequence[PageBalance], after: Sequence[PageBalance]) -> bool:
    left = {page.place: page.unaccounted for page in before}
    return any(page.is_open and page.unaccounted > left[page.place] for page in after)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Struck]:
    def all_struck(folder: Path) -> Iterator[Struck]:
        for kind in KINDS:
            for seed in SEEDS:
                yield struck(print_made_up_report(kind, seed, folder).path)

    return list(all_struck(tmp_path_factory.mktemp("made_up")))


def test_taking_a_table_away_opens_the_balance(reports: list[Struck]) -> None:
    opened = [is_opened(report.whole, after) for report in reports for after in report.without]
    assert len(opened) > 150
    assert sum(opened) >= LEAST_OPENED * len(opened)


def test_the_balance_of_nearly_every_page_closes(reports: list[Struck]) -> None:
    pages = [page for report in reports for page in report.whole]
    assert len(pages) > 80
    assert sum(page.unaccounted > 0 for page in pages) <= MOST_OPEN * len(pages)


def test_all_printed_figures_are_somewhere(reports: list[Struck]) -> None:
    for page in (page for report in reports for page in report.whole):
        places = (page.in_tables, page.in_text, page.in_dates, page.in_doubts, page.unaccounted)
        assert sum(places) == page.printed
