"""Reads key figures from Kolada API v3 responses: a JSON file, or a folder with the pages of one response."""

import codecs
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pandas as pd
from pydantic_core import from_json

from ingest.errors import InputRefusedError

_LARGEST_PAGE = 200_000_000
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
    _refuse_incomplete(path, [_links(path, page) for page in pages])
    return connection.execute(_API_PAGES, [[str(page) for page in pages]]).df()


def _refuse_incomplete(path: Path, pages: Iterable[dict[str, Any]]) -> None:
    """Refuse a response of which a page is missing, by the links between its pages."""
    present: defaultdict[str, set[int]] = defaultdict(set)
    linked: defaultdict[str, set[int]] = defaultdict(set)
    unnumbered = 0
    for page in pages:
        links = {step: page[name] for name, step in (("next_url", -1), ("previous_url", 1)) if page.get(name)}
        for step, link in links.items():
            address, page_no = _linked(path, link)
            linked[address].add(page_no)
            present[address].add(page_no + step)
        # The last page, or the only one, of a response saved without these links.
        unnumbered += not links and "previous_url" not in page
    absent = [
        page_no
        for address, numbers in linked.items()
        for page_no in range(1, max(numbers | present[address]) + 1)
        if page_no not in present[address]
    ]
    if len(absent) > unnumbered:
        raise InputRefusedError(
            path,
            f"lacks page {absent[0]} of a response: another page links to it.",
            "Put all pages of the response in a folder, one file each.",
        )


def _linked(path: Path, link: object) -> tuple[str, int]:
    """The address of a response and the number of one of its pages, from a link to that page."""
    try:
        url = httpx.URL(str(link))
        return str(url.copy_remove_param("page")), int(url.params.get("page", "1"))
    except (httpx.InvalidURL, ValueError) as error:
        problem = f"links to {str(link)[:100]}, which is not the address of a page."
        raise InputRefusedError(path, problem, "Fetch it again: it may be an error.") from error


def _links(path: Path, page: Path) -> dict[str, Any]:
    """The links of a page. Refuses what is not a page, and JSON with unlimited nesting, which would crash DuckDB."""
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
    return {name: answer[name] for name in ("next_url", "previous_url") if name in answer}
