"""Finds the rows of a seed that break a rule, in SQL, and says what is wrong and what to write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import duckdb

from kommunlager.checks.seeds.declared import DeclaredSeed, Rule

_WORDED_TYPES = {
    "boolean": "Write true or false.",
    "date": "Write the day as YYYY-MM-DD.",
    "integer": "Write a whole number, digits only.",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a seed and what to do, with its row (1 is the header) and column if known."""

    seed: str
    problem: str
    row: int | None = None
    column: str | None = None

    def line(self) -> str:
        """The fault in one line."""
        row = f"row {self.row}" if self.row else None
        return ", ".join(part for part in (f"seeds/{self.seed}.csv", row, self.column) if part) + f": {self.problem}"


def type_faults(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed) -> Iterator[Fault]:
    """Texts that are not of their column's type."""
    for name, kind in seed.types.items():
        remedy = _WORDED_TYPES.get(kind, "Write a number, with a decimal point and no thousands separator.")
        # DuckDB would round a decimal to a whole number.
        is_other = f"""try_cast("{name}" as {kind}) is null or ('{kind}' = 'integer' and contains("{name}", '.'))"""
        for row, text in _texts(connection, seed, name, is_other):
            yield Fault(seed.name, f"'{text}' is not a valid {kind}. {remedy}", row, name)


def rule_faults(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    """Rows that break a rule; rules that are not known here are left to dbt."""
    finder = _FINDERS.get(rule.kind)
    return finder(connection, seed, rule) if finder else iter(())


def _missing(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    column = rule.columns[0]
    query = f'select seed_row from {seed.name} where ({rule.where}) and "{column}" is null'
    for (row,) in connection.execute(query).fetchall():
        because = "" if rule.where == "true" else f" where {rule.where}"
        yield Fault(seed.name, f"is blank. It must be filled in{because}.", row, column)


def _repeated(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    key = ", ".join(f'"{name}"' for name in rule.columns)
    filled = f'"{rule.columns[0]}" is not null' if len(rule.columns) == 1 else "true"
    query = f"""
        select seed_row, first_row
        from (select seed_row, min(seed_row) over (partition by {key}) as first_row from {seed.name} where {filled})
        where seed_row <> first_row
    """
    for row, first in connection.execute(query).fetchall():
        problem = f"repeats the {', '.join(rule.columns)} of row {first}. Keep one of the two."
        yield Fault(seed.name, problem, row, rule.columns[0] if len(rule.columns) == 1 else None)


def _unaccepted(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    values = [str(value) for value in rule.arguments["values"]]
    column = rule.columns[0]
    for row, text in _texts(connection, seed, column, rule.where):
        if text not in values:
            known = f"Allowed: {', '.join(values)}."
            yield Fault(seed.name, f"'{text}' is not known here.{_meant(text, values)} {known}", row, column)


def _unrelated(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    column, other, field = rule.columns[0], rule.seed_of_codes, rule.arguments["field"]
    codes = [code for (code,) in connection.execute(f'select distinct "{field}" from {other}').fetchall() if code]
    for row, text in _texts(connection, seed, column, rule.where):
        if text not in codes:
            known = f"seeds/{other}.csv lists them ({field})."
            yield Fault(seed.name, f"'{text}' is not known.{_meant(text, codes)} {known}", row, column)


def _misshapen(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    column, pattern = rule.columns[0], rule.arguments["pattern"]
    where = f"""({rule.where}) and not regexp_full_match("{column}", '{pattern}')"""
    for row, text in _texts(connection, seed, column, where):
        problem = f"'{text}' is not a valid code (regular expression {pattern}). Excel removes leading zeros."
        yield Fault(seed.name, problem, row, column)


def _irregular(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, rule: Rule) -> Iterator[Fault]:
    column = rule.columns[0]
    where = f"""({rule.where}) and try(regexp_matches('', "{column}")) is null"""
    for row, text in _texts(connection, seed, column, where):
        remedy = r"Look for an unclosed bracket, and write \( for a literal bracket."
        yield Fault(seed.name, f"'{text}' is not a valid regular expression. {remedy}", row, column)


def _texts(connection: duckdb.DuckDBPyConnection, seed: DeclaredSeed, column: str, where: str) -> list[tuple[int, str]]:
    """The texts of a column where a condition holds, with their rows, without blanks."""
    query = f'select seed_row, "{column}" from {seed.name} where ({where}) and "{column}" is not null'
    return connection.execute(query).fetchall()


def _meant(text: str, known: list[str]) -> str:
    # Similar digits prove nothing, but a zero removed by Excel does.
    near = [code for code in known if code.lstrip("0") == text] if text.isdigit() else get_close_matches(text, known, 1)
    return f" Did you mean '{near[0]}'?" if near else ""


_FINDERS: dict[str, Callable[[duckdb.DuckDBPyConnection, DeclaredSeed, Rule], Iterator[Fault]]] = {
    "not_null": _missing,
    "unique": _repeated,
    "unique_combination": _repeated,
    "accepted_values": _unaccepted,
    "relationships": _unrelated,
    "matches": _misshapen,
    "regular_expression": _irregular,
}
