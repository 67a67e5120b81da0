"""Makes a document of a reading: with what the report says of itself, and what a person adds to that."""

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from ingest.document import (
    DOCUMENT_ID,
    DOCUMENT_ID_IN_WORDS,
    DOCUMENT_KINDS,
    ISSUER_KINDS,
    LONGEST_DOCUMENT_ID,
    WEB_ADDRESS,
    Document,
    texts_by_place,
)
from ingest.errors import InputRefusedError
from ingest.reading.document.evidence import Fact
from ingest.reading.document.facts import Facts, find_facts
from ingest.reading.document.given import option, sidecar
from ingest.reading.document.issuer import Municipalities
from ingest.reading.document.surroundings import surroundings
from ingest.reading.report import Reading

_NEEDED = ("municipality", "committee", "document_kind", "information_date")
_ID_WORDS = {"plan": "plan", "interim_report": "delarsrapport", "annual_report": "arsrapport"}
_TITLE_WORDS = {"plan": "Plan", "interim_report": "Delårsrapport", "annual_report": "Årsrapport"}
_ISSUER_WORDS = {"municipality": "kommun", "federation": "forbund", "company": "bolag"}


def known_facts(path: Path, reading: Reading, given: Facts, municipalities: dict[str, str]) -> Facts:
    """Put found and given facts together; what a person gives counts before what the report says."""
    headers = (column.header for table in reading.tables for column in table.columns)
    labels = (row.label for table in reading.tables for row in table.rows)
    found = find_facts(
        (*reading.lines, *headers),
        municipalities,
        cover=reading.lines if reading.cover is None else reading.cover,
        labels=labels,
        around=surroundings(path),
    )
    facts = found | {name: _as_named(name, fact, municipalities) for name, fact in given.items()}
    if "committee" in given and "issuer_kind" not in given:
        facts["issuer_kind"] = replace(facts["committee"], value="committee")
    if "issuer_kind" in given and given["issuer_kind"].value != "committee" and "committee" not in given:
        facts.pop("committee", None)
    return facts


def _as_named(name: str, fact: Fact, municipalities: dict[str, str]) -> Fact:
    """A given fact, a municipality by its own name: ``1489``, ``Alingsås kommun`` and ``ALINGSÅS`` are Alingsås."""
    if name != "municipality":
        return fact
    meant = municipalities.get(fact.value) or Municipalities(tuple(municipalities.values())).meant(fact.value)
    return replace(fact, value=meant or fact.value)


def identified_document(path: Path, reading: Reading, known: Facts, municipalities: dict[str, str]) -> Document:
    """Make a document of a reading and the facts known about it.

    Raises InputRefusedError naming what is missing or can't be right, and the option that gives it.
    """
    facts = {name: fact.value for name, fact in known.items()}
    facts.setdefault("issuer_kind", "committee")
    if facts["issuer_kind"] != "committee":
        facts.setdefault("committee", "")
    _check(path, facts, municipalities)
    codes = {name: code for code, name in municipalities.items()}
    fields = {"title": _title(facts), "plan_from_year": "", "plan_to_year": "", **facts}
    fields["municipality_code"] = codes[fields["municipality"]]
    fields["document_id"] = facts.get("document_id") or _document_id(fields)
    return Document(
        **fields,
        source=path.name,
        tables=reading.tables,
        read_texts=texts_by_place(reading.tables),
        doubts=reading.doubts,
        unplaced=(),
        balance=reading.balance,
    )


def missing_facts(known: Facts) -> list[str]:
    """What a person has to give; only a committee's report needs a committee."""
    issuer = known.get("issuer_kind")
    is_committees = issuer is None or issuer.value == "committee"
    return [name for name in _NEEDED if name not in known and (name != "committee" or is_committees)]


def _check(path: Path, facts: dict[str, str], municipalities: dict[str, str]) -> None:
    missing = missing_facts({name: Fact(value, "") for name, value in facts.items()})
    if missing:
        known = ", ".join(f"{name} {facts[name]}" for name in _NEEDED if facts.get(name)) or "nothing"
        advice = f"Give {' '.join(f'{option(name)} …' for name in missing)}, or write it in {sidecar(path).name}."
        if "committee" in missing:
            advice += " A report of no committee: give --issuer-kind."
        raise InputRefusedError(path, f"doesn't say its {_in_words(missing)} (known: {known}).", advice)
    rules = {
        "municipality": facts["municipality"] in municipalities.values(),
        "issuer_kind": facts["issuer_kind"] in ISSUER_KINDS,
        "committee": not facts["committee"] or facts["issuer_kind"] == "committee",
        "document_kind": facts["document_kind"] in DOCUMENT_KINDS,
        "information_date": _is_date(facts["information_date"]),
        "source_url": "source_url" not in facts or WEB_ADDRESS.fullmatch(facts["source_url"]) is not None,
        "document_id": DOCUMENT_ID.fullmatch(facts.get("document_id", "not_given")) is not None,
    }
    remedies = {
        "municipality": "Give its name or SCB code as in seeds/municipality_codes.csv.",
        "issuer_kind": f"Give one of {', '.join(ISSUER_KINDS)}.",
        "committee": f"Leave it out where the issuer kind is {facts['issuer_kind']}.",
        "document_kind": f"Give one of {', '.join(DOCUMENT_KINDS)}.",
        "information_date": "Give the last day that the report knows about as YYYY-MM-DD.",
        "source_url": "Give an address that begins with https://.",
        "document_id": f"Use {DOCUMENT_ID_IN_WORDS}.",
    }
    for name, is_right in rules.items():
        if not is_right:
            raise InputRefusedError(path, f"can't have the {_in_words([name])} '{facts[name]}'.", remedies[name])


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
    issuer = fields["committee"] or _ISSUER_WORDS[fields["issuer_kind"]]
    municipality, issuer, rest = _slug(fields["municipality"]), _slug(issuer), f"{_ID_WORDS[kind]}_{when[kind]}"
    room = LONGEST_DOCUMENT_ID - len(f"{municipality}__{rest}")
    return f"{municipality}_{issuer[:room].rstrip('_')}_{rest}"


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
