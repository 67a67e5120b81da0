"""Reads key figures from Kolada API v3 responses: a JSON file, or a folder with the pages of one response."""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from pydantic_core import from_json

from ingest.errors import InputRefusedError

_LARGEST_PAGE = 200_000_000
_PAGE_NUMBER = re.compile(r"(?<=[?&])page=(\d+)")
_API_ROW = (
    "struct(kpi varchar, municipality varchar, period varchar, "
    '"values" struct(gender varchar, count varchar, status varchar, value varchar, isdeleted varchar)[])[]'
)
_API_PAGES = f"""
    with pages as (
        select unnest("values") as page_row
        from read_json($1, columns = {{'values': '{_API_ROW}'}}, maximum_object_size = {_LARGEST_PAGE})
    ),
    genders as (
        select page_row.kpi as kpi_id, page_row.municipality as municipality_code, page_row.period as year,
            unnest(page_row."values") as figure
        from pages
    )
    select kpi_id, municipality_code, year, figure.gender as gender, figure.value as value, figure.status as status,
        figure.count as value_count, figure.isdeleted as is_deleted
    from genders
"""


def read_pages(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    """All figures of the response as texts; raises InputRefusedError that names the invalid page."""
    pages = sorted(path.glob("*.json")) if path.is_dir() else [path]
    _refuse_incomplete(path, [_checked(path, page) for page in pages])
    return connection.execute(_API_PAGES, [[str(page) for page in pages]]).df()


def _refuse_incomplete(path: Path, answers: Iterable[dict[str, Any]]) -> None:
    """Refuse a response whose pages don't all exist: each page but the last links to the next one."""
    following: defaultdict[str, set[int]] = defaultdict(set)
    last_pages = 0
    for answer in answers:
        link = answer.get("next_url")
        if link:
            number = _PAGE_NUMBER.search(str(link))
            following[_PAGE_NUMBER.sub("", str(link))].add(int(number[1]) if number else 0)
        elif answer.get("previous_url") or "previous_url" not in answer:
            last_pages += 1
    for numbers in following.values():
        absent = set(range(2, max(numbers) + 1)) - numbers
        if absent:
            raise _incomplete(path, min(absent) - 1)
    if last_pages < len(following):
        raise _incomplete(path, max(max(numbers) for numbers in following.values()))


def _incomplete(path: Path, page_no: int) -> InputRefusedError:
    return InputRefusedError(
        path,
        f"lacks page {page_no} of a response: another page links to it.",
        "Put all pages of the response in a folder, one file each.",
    )


def _checked(path: Path, page: Path) -> dict[str, Any]:
    """The page; refuses JSON with unlimited nesting, which would crash DuckDB."""
    place = page.name if path.is_dir() else ""
    again = "Fetch it again: it may be an error."
    if page.stat().st_size > _LARGEST_PAGE:
        megabytes = _LARGEST_PAGE // 1_000_000
        raise InputRefusedError(
            path,
            f"is larger than {megabytes} MB.",
            "Put its pages in a folder, one file each, or convert it to csv.",
            place,
        )
    text = page.read_bytes().removeprefix(codecs.BOM_UTF8)
    if text.lstrip()[:1] == b"<":
        raise InputRefusedError(
            path, "is a web page (a login, an error?) and not a response from Kolada.", again, place
        )
    try:
        answer = from_json(text)
    except ValueError as error:
        raise InputRefusedError(path, f"can't be read as JSON ({error}).", again, place) from error
    if not isinstance(answer, dict) or not isinstance(answer.get("values"), list):
        raise InputRefusedError(path, "holds a response without `values`.", again, place)
    return (
        {"next_url": answer.get("next_url"), "previous_url": answer.get("previous_url")}
        if "previous_url" in answer
        else {"next_url": answer.get("next_url")}
    )
