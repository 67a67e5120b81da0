"""What an answer rests on that its report does not say, in Swedish for the site and the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Assumption:
    """A kind of assumption: the ``*_source`` column that records it, a short mark, and the explanation.

    ``detail`` is the column that holds what was assumed, if it can be named.
    """

    source: str
    mark: str
    explanation: str
    detail: str = ""

    def is_made(self, row: Mapping[str, object]) -> bool:
        """Whether a row of a mart rests on it."""
        return row[self.source] == "assumed"

    def mark_of(self, row: Mapping[str, object]) -> str:
        """The mark with what was assumed: ``enhet antagen: tkr``."""
        detail = row.get(self.detail)
        return f"{self.mark}: {str(detail).lower()}" if detail else self.mark

    def sql_mark(self, alias: str) -> str:
        """The same mark in SQL; NULL where the assumption is not made."""
        detail = f" || coalesce(': ' || lower({alias}.{self.detail}), '')" if self.detail else ""
        return f"case when {alias}.{self.source} = 'assumed' then '{self.mark}'{detail} end"


OF_FIGURES = (
    Assumption(
        "unit_source",
        "enhet antagen",
        "Rapporten anger ingen enhet för tabellen. Den är antagen efter tabellens slag och beloppens storlek.",
        "unit",
    ),
    Assumption(
        "kind_source",
        "kolumn antagen",
        "Kolumnens rubrik säger inte vad kolumnen innehåller. Det är antaget efter kolumnerna bredvid.",
        "value_kind_sv",
    ),
    Assumption(
        "sign_source",
        "tecken antaget",
        "Rapporten visar inte om beloppet är en intäkt eller en kostnad. Tecknet är antaget.",
    ),
    Assumption(
        "role_source",
        "radens roll antagen",
        "Varken rubriken eller summorna visar vilket slag av post raden är. Det är antaget.",
    ),
)
DIRECTION = Assumption(
    "operator_source",
    "riktning antagen",
    "Målet anger inte om ett högre eller ett lägre värde är bättre. Det är antaget efter måttet.",
)


def sql_marks(*marks: str) -> str:
    """SQL for all marks of a row as one text, each once; NULL where nothing is assumed."""
    listed = f"list_distinct([{', '.join(marks)}])"
    return f"nullif(array_to_string(list_sort(list_filter({listed}, mark -> mark is not null)), '; '), '')"


def sql_marks_of_figures(*aliases: str) -> str:
    """The marks of the rows of ``reported_figures`` joined under these names."""
    return sql_marks(*(assumption.sql_mark(alias) for alias in aliases for assumption in OF_FIGURES))
