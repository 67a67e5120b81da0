"""A suite: what is expected of the rows that one query gives."""

from dataclasses import dataclass

from great_expectations import expectations as gxe
from great_expectations.expectations.expectation import Expectation


@dataclass(frozen=True)
class Suite:
    """``name`` is what Data Docs and messages call it, ``named_by`` the columns that tell a reader which row it is.

    An expectation of severity warning stops nothing.
    """

    name: str
    query: str
    named_by: tuple[str, ...]
    expectations: tuple[Expectation, ...]


def key(*columns: str) -> tuple[Expectation, ...]:
    """No two rows share the columns, and none of them is blank."""
    unique = (
        gxe.ExpectColumnValuesToBeUnique(column=columns[0])
        if len(columns) == 1
        else gxe.ExpectCompoundColumnsToBeUnique(column_list=list(columns))
    )
    return unique, *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in columns)
