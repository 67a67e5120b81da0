"""A made-up report with what the marts must say of it."""

from dataclasses import dataclass
from decimal import Decimal

from ingest.document import Document
from tests.support.made_up_meaning.header_words import Slot

OUTCOME_CHANGE = "outcome_change"
FORECAST_CHANGE = "forecast_change"
BUDGET_CHANGE = "budget_change"


@dataclass(frozen=True)
class Place:
    """The printed figure that a row of a mart is about: the compared one, or the later one of a change."""

    document_id: str
    table_no: int
    row_no: int
    col_no: int


@dataclass(frozen=True)
class Expected:
    """A row of budget_deviations, or of year_over_year_changes: ``before`` is the budget or the earlier figure.

    ``question`` is the comparison, or one of the changes above. A row that is not ``required`` may be left out, because
    the table prints its line twice or the question is of little use.
    """

    question: str
    place: Place
    fiscal_year: int
    before_tkr: Decimal
    value_tkr: Decimal
    is_required: bool = True


@dataclass(frozen=True)
class Traits:
    """How a table is printed, by which the score is divided; ``slots`` says what each column holds."""

    statement: str
    report: str
    signs: str
    unit: str
    unit_place: str
    column_order: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class MadeUpReport:
    """A document, how each of its tables is printed, and the expected rows."""

    document: Document
    traits: dict[int, Traits]
    expected: tuple[Expected, ...]
