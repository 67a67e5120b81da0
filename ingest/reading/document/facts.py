"""Finds out whose report it is, of what kind, and how far its information goes.

Nothing is guessed: a fact is taken where the report says it in one way only, and is shown with the words that say it.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.reading.document.evidence import Fact, Sources
from ingest.reading.document.issuer import Municipalities, committee, issuer_kind, municipality
from ingest.reading.document.period import kind_and_dates, title_line
from ingest.reading.document.surroundings import Surroundings
from ingest.reading.vocabulary.row_words import goes_on

_FRONT_LINES = 15
_LONGEST_FRONT_LINE = 90
_MOST_WORDS = 10
_REPORT_BEGINS = re.compile(r"\d{1,2}(?:\.\d+)*\.?\s+[^\W\d]|innehåll|sammanfattning|inledning|bakgrund", re.IGNORECASE)

Facts = dict[str, Fact]


def find_facts(
    lines: Iterable[str],
    municipalities: dict[str, str],
    *,
    cover: Iterable[str] | None = None,
    labels: Iterable[str] = (),
    around: Surroundings | None = None,
) -> Facts:
    """What a report says of itself, by the fields of a review workbook; unsaid facts are not there.

    ``municipalities`` gives the name of each municipality by its code, ``cover`` the lines of the first page where the
    source knows pages, ``labels`` those of the rows of tables.
    """
    texts = tuple(_texts(lines))
    front = tuple(_front(texts if cover is None else list(_texts(cover))))
    sources = Sources(front, title_line(front), texts, tuple(labels), around or Surroundings())
    issued_by = committee(sources)
    issuer = issuer_kind(sources, issued_by)
    facts = {
        "municipality": municipality(sources, Municipalities(tuple(municipalities.values()))),
        "committee": issued_by if issuer and issuer.value == "committee" else None,
        "issuer_kind": issuer,
    }
    return {name: fact for name, fact in facts.items() if fact is not None} | kind_and_dates(sources)


def _texts(lines: Iterable[str]) -> Iterator[str]:
    return (text for line in lines if (text := " ".join(line.split())))


def _front(texts: Iterable[str]) -> Iterator[str]:
    """The lines of a title page: short, before the contents, the first heading or running text."""
    begun = ""
    for line in list(texts)[:_FRONT_LINES]:
        if _REPORT_BEGINS.match(line):
            return
        text, begun = f"{begun} {line}".strip(), ""
        if len(text.split()) > _MOST_WORDS or len(text) > _LONGEST_FRONT_LINE:
            return
        if goes_on(text):
            begun = text
        elif text[0].isalnum() and not text.endswith((".", ":")):
            yield text.rstrip(" ,-–")
