"""What a sheet is: the question it answers, and the query of its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# The marts behind the names that the queries give their joins.
_JOINED = {"document": "documents", "figure": "reported_figures"}
# A figure derived from several printed ones is shown at the first of them.
FIRST_FIGURE_JOIN = """
    left join
        (select row_id, min(figure_id) as figure_id from marts.figure_sources group by row_id) as first_figure
        on first_figure.row_id = mart.row_id
"""


class Topic(StrEnum):
    """The five questions, as headings of the contents; the sheets of one have tabs of one colour."""

    BUDGET = "Budget"
    CHANGE = "Förändring"
    GOALS = "Mål"
    COMPARISON = "Jämförelser"
    TRUST = "Går siffrorna att lita på?"


@dataclass(frozen=True)
class Computed:
    """A column that no mart has, with its own heading and explanation."""

    heading: str
    sql: str
    description: str


GENDER = Computed(
    "Kön",
    "case mart.gender when 'K' then 'Kvinnor' when 'M' then 'Män' else 'Totalt' end",
    "Kvinnor, Män eller Totalt.",
)


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading, and where its values and its explanation come from."""

    heading: str
    sql: str
    description: str
    place: str

    @property
    def name(self) -> str:
        """The column of the mart; empty for a computed one."""
        return self.place.rpartition(".")[2]


@dataclass(frozen=True)
class Sheet:
    """One sheet: a selection of the rows of ``mart`` as an Excel table.

    ``columns`` name columns of the mart, or of a join by its alias (``document.document_title``). ``details`` follow
    them on one line and are not printed: where a row comes from, and keys. ``note`` says which rows there are, and
    which of them may be added up. The words of the column ``judged`` are coloured too. The column ``key`` settles the
    order of rows that ``order`` leaves equal.
    """

    name: str
    topic: Topic
    question: str
    mart: str
    columns: tuple[str | Computed, ...]
    details: tuple[str | Computed, ...]
    order: str
    note: str
    where: str = "true"
    joins: str = ""
    judged: str = ""
    key: str = "row_id"

    @property
    def table(self) -> str:
        """The name of the Excel table, for formulas: ``Budget_nämnder``."""
        return re.sub(r"\W+", "_", self.name)

    def described_columns(self, dictionary: dict[str, tuple[str, str]]) -> list[Column]:
        """All columns, those of marts with the heading and the explanation of ``dictionary``."""
        return [self._described(column, dictionary) for column in (*self.columns, *self.details)]

    def _described(self, column: str | Computed, dictionary: dict[str, tuple[str, str]]) -> Column:
        if isinstance(column, Computed):
            return Column(column.heading, column.sql, column.description, "")
        alias, name = column.split(".") if "." in column else ("mart", column)
        place = f"{_JOINED.get(alias, self.mart)}.{name}"
        heading, description = dictionary[place]
        return Column(heading, f"{alias}.{name}", description, place)

    def query(self, columns: Sequence[Column]) -> str:
        """The rows."""
        order = f"{self.order}, mart.{self.key}"
        selected = ", ".join(column.sql for column in columns)
        return f"select {selected} from marts.{self.mart} as mart {self.joins} where {self.where} order by {order}"
