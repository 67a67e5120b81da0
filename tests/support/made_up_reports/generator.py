"""Draws whole made-up reports from a seed: the same seed always gives the same report."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from . import measure_tables, money_tables
from .broken_text import with_broken_text
from .drawing import Draw, with_keys, with_notes, with_spacing
from .report import Block, Heading, PrintedTable, Prose, Report
from .vocabulary import COMMITTEES, MUNICIPALITIES, PROSE

TableDrawer = Callable[[Draw], PrintedTable]

SECTIONS: tuple[tuple[str, tuple[TableDrawer, ...]], ...] = (
    ("Grunduppdrag", (measure_tables.marks, measure_tables.approved_ranges)),
    ("Mål och måluppfyllelse", (measure_tables.indicators, measure_tables.indicators, measure_tables.aside_indicator)),
    ("Uppdrag", (measure_tables.assignments,)),
    ("Intern kontroll", (measure_tables.risks,)),
    (
        "Ekonomiskt resultat",
        (money_tables.operating_statement, money_tables.two_periods, money_tables.note_column, money_tables.unlabelled),
    ),
    ("Verksamhetens ekonomi", (money_tables.activities, money_tables.paired_rows, money_tables.organisation)),
    ("Investeringar", (money_tables.investments,)),
    ("Verksamhetsmått", (measure_tables.volumes, measure_tables.complaints)),
    ("Medarbetare", (measure_tables.staff, measure_tables.sick_leave)),
)
MONTHS = {"apr": ("Tertialrapport", "04-30"), "aug": ("Delårsrapport", "08-31"), "dec": ("Årsredovisning", "12-31")}


def made_up_report(
    seed: int, plain_glyphs: bool = False, shows_spans: bool = True, breaks_text: bool = False
) -> Report:
    """A report of three to eight tables; see Draw for what the first two flags exclude, broken_text for the last."""
    random = Random(seed)
    month = random.choice(tuple(MONTHS))
    draw = Draw(random, random.choice((2023, 2024, 2025)), month, plain_glyphs, shows_spans)
    municipality, committee = random.choice(MUNICIPALITIES), random.choice(COMMITTEES)
    name, day = MONTHS[month]
    title = f"{name} {draw.year}"
    footer = random.choice((f"{municipality}, {title}", "SID", "", committee))
    keyed = Random(f"{seed} keys")
    blocks = [with_keys(keyed, block) if isinstance(block, PrintedTable) else block for block in _blocks(draw)]
    if breaks_text:
        blocks = with_broken_text(Random(f"{seed} broken"), blocks)
    return Report(
        seed=seed,
        municipality=municipality,
        committee=committee,
        title=title,
        document_kind="annual_report" if month == "dec" else "interim_report",
        information_date=f"{draw.year}-{day}",
        footer=footer,
        blocks=tuple(blocks),
    )


def _blocks(draw: Draw) -> list[Block]:
    numbered = draw.chance(0.6)
    chosen = sorted(draw.random.sample(range(len(SECTIONS)), draw.random.randint(3, 5)))
    blocks: list[Block] = []
    for number, at in enumerate(chosen, 1):
        name, drawers = SECTIONS[at]
        blocks += [Heading(str(number) if numbered else "", name), Prose(draw.random.choice(PROSE))]
        for part, drawer in enumerate(draw.random.sample(drawers, min(len(drawers), draw.random.randint(1, 2))), 1):
            table = with_spacing(draw, with_notes(draw, drawer(draw)))
            if not table.caption or draw.chance(0.3):
                text = table.caption.split(",")[0].split(" (")[0] or f"{name} i korthet"
                blocks.append(Heading(f"{number}.{part}" if numbered else "", text, 2))
            blocks.append(table)
            if table.kind == "approved ranges" and draw.chance(0.4):
                blocks.append(_another(draw, table))
            if draw.chance(0.7):
                blocks.append(Prose(draw.random.choice(PROSE)))
    return blocks


def _another(draw: Draw, table: PrintedTable) -> PrintedTable:
    """A second table right under the first, with the same headers."""
    other = measure_tables.approved_ranges(draw)
    return replace(other, caption="", columns=table.columns, traps=table.traps | {"same headers again"})
