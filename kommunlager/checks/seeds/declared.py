"""The YAML beside the seeds: the one source of their columns, types and rules, for dbt and for these checks."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Rule:
    """One data test: its name, its columns, the rows that it covers, and its arguments."""

    kind: str
    columns: tuple[str, ...]
    where: str = "true"
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def seed_of_codes(self) -> str | None:
        """The seed or model that a relationship refers to."""
        to = re.fullmatch(r"ref\('(\w+)'\)", str(self.arguments.get("to", "")))
        return to[1] if to else None


@dataclass(frozen=True)
class DeclaredSeed:
    """One seed: the DuckDB type of each column, and its rules."""

    name: str
    types: dict[str, str]
    rules: tuple[Rule, ...]


def declared_seeds(folder: Path) -> dict[str, DeclaredSeed]:
    """The seeds that the YAML files of the folder describe, by name."""
    described = [
        seed
        for path in sorted(folder.glob("*.yml"))
        for seed in yaml.safe_load(path.read_text(encoding="utf-8")).get("seeds", [])
    ]
    return {seed["name"]: _declared(seed) for seed in described}


def _declared(seed: dict[str, Any]) -> DeclaredSeed:
    rules = [_rule(test, ()) for test in seed.get("data_tests", [])]
    for column in seed["columns"]:
        rules += [_rule(test, (column["name"],)) for test in column.get("data_tests", [])]
    return DeclaredSeed(seed["name"], seed["config"]["column_types"], tuple(rules))


def _rule(test: str | dict[str, Any], columns: tuple[str, ...]) -> Rule:
    if isinstance(test, str):
        return Rule(test, columns)
    kind, given = next(iter(test.items()))
    arguments = given.get("arguments", {})
    where = given.get("config", {}).get("where", "true")
    return Rule(kind, columns or tuple(arguments.get("columns", ())), where, arguments)
