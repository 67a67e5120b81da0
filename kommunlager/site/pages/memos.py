"""What is new, release by release, as the memo that a controller reads: a summary, and sentences under headings."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from babel.dates import format_datetime

from kommunlager.site.formats import prose
from kommunlager.site.marts import Marts, Row

_NEWS = """
    select
        *,
        released_at at time zone 'UTC' at time zone 'Europe/Stockholm' as released_local,
        previous_released_at at time zone 'UTC' at time zone 'Europe/Stockholm' as previous_released_local
    from marts.whats_new
    order by run_id desc, memo_order
"""
_WIDTH = 76
_MOST_IN_MAIL = 60
# XML forbids them, and mail shows them as odd boxes.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Memo:
    """What one release says: its rows of ``whats_new``, of which the first is the summary."""

    rows: Sequence[Row]

    @property
    def run_id(self) -> str:
        """The release."""
        return str(self.rows[0]["run_id"])

    @property
    def released_at(self) -> datetime:
        """When it was made, UTC."""
        time: datetime = self.rows[0]["released_at"]
        return time

    @property
    def released(self) -> str:
        """The same in words, in Swedish time."""
        return moment(self.rows[0]["released_local"])

    @property
    def compared(self) -> str:
        """The two releases that are compared, with their times."""
        row = self.rows[0]
        release = f"Utgåva {self.run_id} ({self.released})"
        if row["previous_run_id"] is None:
            return f"{release}."
        return f"{release} jämförd med {row['previous_run_id']} ({moment(row['previous_released_local'])})."

    @property
    def summary(self) -> str:
        """How much is new, or that nothing is."""
        return sentence(self.rows[0])

    @property
    def items(self) -> Sequence[Row]:
        """The sentences after the summary."""
        return self.rows[1:]

    @property
    def headings(self) -> list[str]:
        """The reports that the memo is about."""
        return list(dict.fromkeys(row["heading_sv"] for row in self.items))

    @property
    def title(self) -> str:
        """A line that can be the subject of a mail."""
        if not self.items:
            return self.summary.rstrip(".")
        first, *others = self.headings
        return f"{first} och {len(others)} till" if others else first

    def mail(self) -> str:
        """The memo as a mail: its subject on the first line, then the text."""
        return f"Kommunlager: {self.title}\n\n{self.text()}\n{self.compared}\n"

    def text(self) -> str:
        """The memo as plain text; a long one has only what is worth acting on."""
        items = (
            self.items if len(self.items) <= _MOST_IN_MAIL else [row for row in self.items if row["importance"] == 1]
        )
        lines = [*_wrapped(self.summary, "")]
        for heading, rows in sections(items[:_MOST_IN_MAIL]):
            lines += ["", *_wrapped(heading, "")]
            for row in rows:
                lines += _wrapped(f"{row['change_kind_sv']}: {sentence(row)}", "! " if row["importance"] == 1 else "- ")
        if len(items) < len(self.items) or len(items) > _MOST_IN_MAIL:
            lines += ["", "Här är det viktigaste; alla nyheter finns på sidan Nytt."]
        return "\n".join(lines) + "\n"


def moment(time: datetime) -> str:
    """28 november 2026 kl. 06.00."""
    return format_datetime(time, "d MMMM y 'kl.' HH.mm", locale="sv")


def read_memos(marts: Marts) -> list[Memo]:
    """The memos of the published file, the latest first; none if an earlier version made it."""
    rows = marts.rows("whats_new", _NEWS)
    return [Memo(list(of_release)) for _, of_release in groupby(rows, key=itemgetter("run_id"))]


def sections(items: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The sentences under each heading."""
    for heading, rows in groupby(items, key=itemgetter("heading_sv")):
        yield heading, list(rows)


def sentence(row: Row) -> str:
    """The sentence of a row, as it is printed."""
    text = _CONTROL.sub("", prose(row["sentence_sv"]))
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _wrapped(text: str, mark: str) -> list[str]:
    indent = " " * len(mark)
    return textwrap.wrap(text, _WIDTH, initial_indent=mark, subsequent_indent=indent, break_long_words=False)
