"""Which PostgreSQL type holds what a DuckDB type holds."""

import re

from kommunlager.failures import EXIT_NOT_PUBLISHED, StepFailedError

_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "HUGEINT": "numeric(39)",
    "DOUBLE": "double precision",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}


def postgres_type(mart: str, column: str, kind: str) -> str:
    """The type for a column: decimals keep digits and scale, lists become arrays.

    Raises StepFailedError for a type that has no equal there, naming mart and column.
    """
    if kind.endswith("[]"):
        return postgres_type(mart, column, kind.removesuffix("[]")) + "[]"
    if decimal := re.fullmatch(r"DECIMAL(\(\d+,\d+\))", kind):
        return "numeric" + decimal.group(1)
    if kind not in _TYPES:
        raise StepFailedError(
            f"PostgreSQL has no type for marts.{mart}.{column} ({kind}). Give the column a plain type in the model.",
            EXIT_NOT_PUBLISHED,
        )
    return _TYPES[kind]
