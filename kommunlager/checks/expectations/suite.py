"""A suite: the expectations on the rows of one query."""

from dataclasses import dataclass

from great_expectations import expectations as gxe
from great_expectations.expectations.expectation import Expectation


@dataclass(frozen=True)
class Suite:
    """``name`` is used in Data Docs and messages, ``named_by`` are the columns that identify a row to the reader.

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
