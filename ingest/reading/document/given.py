"""The facts that a person gives for reports that don't state them, by options and in files beside the reports."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import InputRefusedError
from ingest.reading.document.evidence import Fact
from ingest.reading.document.facts import Facts

# Each is given by an option of this name or by a line of a file.
GIVABLE = (
    "municipality",
    "issuer_kind",
    "committee",
    "document_kind",
    "information_date",
    "title",
    "plan_from_year",
    "plan_to_year",
    "source_url",
    "document_id",
)
_DEFAULTS = "reports.toml"
# What several reports can't share.
_OF_ONE_REPORT = ("document_id", "source_url")


def given_facts(report: Path, options: Mapping[str, str]) -> Facts:
    """What is given for a report: by ``reports.toml`` in its folder, overridden by its own file and by options.

    Raises InputRefusedError for a file that is not TOML or has an unknown line.
    """
    shared = tuple(name for name in GIVABLE if name not in _OF_ONE_REPORT)
    facts = _facts_in(report.with_name(_DEFAULTS), shared) | _facts_in(sidecar(report), GIVABLE)
    return facts | {name: Fact(value, f"option {option(name)}") for name, value in options.items()}


def sidecar(report: Path) -> Path:
    """The file beside a report in which a person writes the facts that the report doesn't state."""
    return report.with_name(report.name + ".toml")


def option(name: str) -> str:
    """The option that gives a fact."""
    words = name if name in ("document_id", "issuer_kind") else name.removeprefix("document_")
    return "--" + words.replace("_", "-")


def _facts_in(path: Path, allowed: tuple[str, ...]) -> Facts:
    if not path.is_file():
        return {}
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        remedy = 'Write lines such as committee = "…".'
        raise InputRefusedError(path, f"is not a TOML file ({error}).", remedy) from error
    unknown = facts.keys() - set(allowed)
    if unknown:
        raise InputRefusedError(path, f"has the unknown line {min(unknown)}.", f"Known are {', '.join(allowed)}.")
    return {name: Fact(str(value), path.name) for name, value in facts.items()}
