"""A made-up table of goals: targets whose direction is printed in a sign or a word, and outcomes."""

from dataclasses import dataclass
from random import Random

from ingest.document import Column, Row, Table
from tests.support.made_up_meaning.columns import Period
from tests.support.made_up_meaning.header_words import WORDS, Slot

_MEASURES = (
    *("Andel påhittade svar (%)", "Andel nöjda påhittade besökare (%)", "Andel påhittade planer (%)"),
    *("Påhittat index", "Antal påhittade besök", "Påhittad väntetid (dagar)"),
)
_AT_LEAST = ("≥ {}", "≥{}", "minst {}", "lägst {}")
_AT_MOST = ("≤ {}", "≤{}", "högst {}", "max {}")


@dataclass(frozen=True)
class ExpectedGoal:
    """What goal_fulfilment must say of a row: the target, the value, and whether the goal is met."""

    document_id: str
    table_no: int
    row_no: int
    target: int
    value: int
    is_met: bool
    target_text: str


def goal_table(random: Random, document_id: str, table_no: int, period: Period) -> tuple[Table, list[ExpectedGoal]]:
    """A table of a whole year, where every goal is final."""
    rows, goals = [], []
    for row_no, measure in enumerate(random.sample(_MEASURES, 4), 1):
        target, value = random.randint(20, 90), random.randint(20, 90)
        is_at_least = random.random() < 0.5
        text = random.choice(_AT_LEAST if is_at_least else _AT_MOST).format(target)
        is_met = value >= target if is_at_least else value <= target
        rows.append(Row(measure, (text, str(value))))
        goals.append(ExpectedGoal(document_id, table_no, row_no, target, value, is_met, text))
    headers = (random.choice(WORDS[Slot.TARGET]), "Utfall {y}")
    table = Table(
        table_no=table_no,
        section="3 Mål",
        title="Påhittade mål",
        label_header="Indikator",
        columns=tuple(Column(period.filled(header)) for header in headers),
        rows=tuple(rows),
    )
    return table, goals
