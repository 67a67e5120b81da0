"""What every page of the site is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kommunlager.site.charts import LineChart
from kommunlager.site.tables import Table


@dataclass(frozen=True)
class Page:
    """One file of the site; ``section`` is the file name of the menu entry that it belongs to.

    ``trail`` has the address and name of each page above it, if it is below a page that is not in the menu.
    """

    file_name: str
    title: str
    template: str
    section: str
    content: Mapping[str, Any]
    trail: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Part:
    """A heading and what is under it: words, a chart, tables, folded tables, links, and measures with a chart each.

    ``chart`` is a drawing, ``lines`` one with a key; ``verdict`` is a mark with words.
    """

    title: str = ""
    answer: str = ""
    remark: str = ""
    caution: str = ""
    verdict: object = ""
    notes: Sequence[str] = ()
    chart_title: str = ""
    chart: object = ""
    lines: LineChart | None = None
    tables: Sequence[Table] = ()
    folded: Sequence[Table] = ()
    measures: Sequence[Mapping[str, Any]] = ()
    links: Sequence[tuple[str, str]] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Section:
    """The answer to a question about a committee: what its own page shows, and the parts of the pages behind it.

    ``name`` is the anchor on the committee's page and the end of the address of the pages behind it. ``topic`` is
    what readers search for; with one, the answer is in the search index.
    """

    name: str
    question: str
    answer: str
    shown: Part = Part()
    more: str = ""
    details: Sequence[Part] = ()
    links: Sequence[tuple[str, str]] = ()
    topic: str = ""
