"""The shapes of Kolada's responses. A response of another shape stops the synchronisation: the API has changed.

New fields are ignored; a field that is missing, renamed or of another type is an error. Numbers may have any size here:
those out of range are refused row by row when the response is loaded.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NotRequired, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

Row = dict[str, Any]
_Row = TypeVar("_Row")
_STRICT = ConfigDict(strict=True, extra="allow")


@with_config(_STRICT)
class _Figure(TypedDict):
    gender: Annotated[str, Field(pattern="^[TKM]$")]
    value: float | None
    status: NotRequired[str | None]
    count: NotRequired[float | None]
    isdeleted: NotRequired[bool]


@with_config(_STRICT)
class _DataRow(TypedDict):
    kpi: str
    municipality: str
    period: float
    values: list[_Figure]


@with_config(_STRICT)
class _Kpi(TypedDict):
    id: str
    title: str
    description: str | None
    is_divided_by_gender: bool
    municipality_type: str | None
    auspice: str | None
    operating_area: str | None
    perspective: str | None
    prel_publication_date: str | None
    publication_date: str | None
    publ_period: str | int | None
    has_ou_data: bool


@with_config(_STRICT)
class _Area(TypedDict):
    id: str
    title: str
    type: str


@with_config(_STRICT)
class _Member(TypedDict):
    member_id: str
    member_title: str | None


@with_config(_STRICT)
class _Group(TypedDict):
    id: str
    title: str
    members: list[_Member]


@with_config(_STRICT)
class _Answer(TypedDict, Generic[_Row]):
    values: list[_Row]
    count: int
    next_url: str | None


_ANSWERS: dict[str, TypeAdapter[Any]] = {
    "data": TypeAdapter(_Answer[_DataRow]),
    "kpi": TypeAdapter(_Answer[_Kpi]),
    "municipality": TypeAdapter(_Answer[_Area]),
    "municipality_groups": TypeAdapter(_Answer[_Group]),
    "kpi_groups": TypeAdapter(_Answer[_Group]),
}
LISTS = ("kpi", "municipality", "kpi_groups", "municipality_groups")


class ShapeChangedError(Exception):
    """Kolada's response no longer has the known shape; the message says where and how."""


@dataclass(frozen=True)
class Page:
    """One page of a response: its bytes as received, its rows, and the address of the next page."""

    body: bytes
    rows: list[Row]
    next_url: str | None


def row_keys(kind: str, rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """What identifies each row: the figure in a data response, the id in a list."""
    for row in rows:
        if kind == "data":
            for figure in row["values"]:
                yield _figure_key(row, figure)
        else:
            yield (row["id"],)


def deleted_keys(kind: str, rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """The figures that a data response reports as deleted."""
    if kind == "data":
        for row in rows:
            for figure in row["values"]:
                if figure.get("isdeleted"):
                    yield _figure_key(row, figure)


def _figure_key(row: Row, figure: Row) -> tuple[str, ...]:
    return row["kpi"], row["municipality"], f"{row['period']:.15g}", figure["gender"]


def read_page(kind: str, body: bytes) -> Page:
    """Parse a page. Raises ValueError if it is not JSON, ShapeChangedError if it doesn't have its kind's shape."""
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        answer = _ANSWERS[kind].validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise ValueError(f"broken JSON ({first['msg']})") from error
        place = ".".join(str(part) for part in first["loc"]) or "the answer"
        found = f", found {', '.join(first['input'])}" if isinstance(first["input"], dict) else ""
        raise ShapeChangedError(f"{place}: {first['msg']}{found}") from error
    if answer["count"] != len(answer["values"]):
        raise ValueError(f"a page that claims {answer['count']} rows and has {len(answer['values'])}")
    return Page(body, answer["values"], answer["next_url"])
