"""What a report says of itself, by the place that says it."""

from dataclasses import dataclass

from ingest.reading.document.surroundings import Surroundings


@dataclass(frozen=True)
class Fact:
    """What is known of a document, and how ("title page: …")."""

    value: str
    evidence: str


@dataclass(frozen=True)
class Sources:
    """Where a report may say whose it is.

    ``front`` are the lines of the title page and ``title_line`` the one among them that says what kind of report it is;
    ``texts`` are all lines, and ``labels`` the labels of the rows of its tables.
    """

    front: tuple[str, ...]
    title_line: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    surroundings: Surroundings
