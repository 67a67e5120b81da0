"""Makes a document of a reading: with what the report says of itself, and what a person adds to that."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ingest.document import DOCUMENT_KINDS, Document, texts_by_place
from ingest.errors import InputRefusedError
from ingest.reading.document.facts import Facts, find_facts
from ingest.reading.report import Reading

# The facts that a person may give, each by an option of this name or a line of a sidecar file.
GIVABLE = (
    "municipality",
    "committee",
    "document_kind",
    "information_date",
    "title",
    "plan_from_year",
    "plan_to_year",
    "document_id",
)
_NEEDED = GIVABLE[:4]
_ID_WORDS = {"plan": "plan", "interim_report": "delarsrapport", "annual_report": "arsrapport"}
_TITLE_WORDS = {"plan": "Plan", "interim_report": "Delårsrapport", "annual_report": "Årsrapport"}


@dataclass(frozen=True)
class IdentifiedDocument:
    """A document, and how each fact about it was found, in words."""

    document: Document
    evidence: dict[str, str]


def identified_document(
    path: Path, reading: Reading, given: dict[str, str], municipalities: dict[str, str]
) -> IdentifiedDocument:
    """Put found and given facts together; what a person gives counts before what the report says.

    Raises InputRefusedError naming what is missing or can't be right, and the option that gives it.
    """
    headers = (column.header for table in reading.tables for column in table.columns)
    found = find_facts((*reading.lines, *headers), municipalities)
    facts = {name: fact.value for name, fact in found.items()} | given
    _check(path, facts, given, found, municipalities)
    codes = {name: code for code, name in municipalities.items()}
    fields = {
        "title": _title(facts),
        "plan_from_year": "",
        "plan_to_year": "",
        **facts,
        "municipality": municipalities.get(facts["municipality"], facts["municipality"]),
    }
    fields["municipality_code"] = codes[fields["municipality"]]
    fields["document_id"] = facts.get("document_id") or _document_id(fields)
    document = Document(
        **fields,
        source=path.name,
        tables=reading.tables,
        read_texts=texts_by_place(reading.tables),
        doubts=reading.doubts,
        unplaced=(),
    )
    return IdentifiedDocument(document, {name: found[name].evidence for name in found if name not in given})


def _check(
    path: Path, facts: dict[str, str], given: dict[str, str], found: Facts, municipalities: dict[str, str]
) -> None:
    missing = [name for name in _NEEDED if not facts.get(name)]
    if missing:
        known = ", ".join(f"{name} {facts[name]}" for name in _NEEDED if facts.get(name)) or "nothing"
        raise InputRefusedError(
            path,
            f"doesn't say its {_in_words(missing)} (known: {known}).",
            f"Give {' '.join(f'{option(name)} …' for name in missing)}, or write it in {sidecar(path).name}.",
        )
    rules = {
        "municipality": facts["municipality"] in {*municipalities, *municipalities.values()},
        "document_kind": facts["document_kind"] in DOCUMENT_KINDS,
        "information_date": _is_date(facts["information_date"]),
        "document_id": re.fullmatch(r"[a-z0-9_-]+", facts.get("document_id", "x")) is not None,
    }
    remedies = {
        "municipality": "Give its name or SCB code as in seeds/municipality_codes.csv.",
        "document_kind": f"Give one of {', '.join(DOCUMENT_KINDS)}.",
        "information_date": "Give the last day that the report knows about as YYYY-MM-DD.",
        "document_id": "Use small letters a–z, digits and _.",
    }
    for name, is_right in rules.items():
        if not is_right:
            raise InputRefusedError(path, f"can't have the {_in_words([name])} '{facts[name]}'.", remedies[name])


def option(name: str) -> str:
    """The option that gives a fact."""
    return "--" + name.removeprefix("document_").replace("_", "-") if name != "document_id" else "--document-id"


def sidecar(path: Path) -> Path:
    """The file beside a report in which a person writes the facts that the report doesn't say."""
    return path.with_name(path.name + ".toml")


def _in_words(names: list[str]) -> str:
    return " and ".join(name.removeprefix("document_").replace("_", " ") for name in names)


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _title(facts: dict[str, str]) -> str:
    return f"{_TITLE_WORDS[facts['document_kind']]} {facts['information_date'][:4]}"


def _document_id(fields: dict[str, str]) -> str:
    """``mark_socialnamnden_delarsrapport_2025_08``: an interim report also by its month, a plan by its first year."""
    year, month, _ = fields["information_date"].split("-")
    when = {"plan": fields["plan_from_year"] or year, "annual_report": year, "interim_report": f"{year}_{month}"}
    kind = fields["document_kind"]
    return "_".join(_slug(part) for part in (fields["municipality"], fields["committee"], _ID_WORDS[kind], when[kind]))


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
