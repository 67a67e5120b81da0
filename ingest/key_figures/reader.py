"""Reads files with key figures in two forms: Kolada API v3 responses, and flat tables.

A flat table (csv, xlsx, parquet) has the columns ``kpi_id``, ``municipality_code`` (or ``municipality_id``), ``year``,
``gender``, ``value`` and optionally ``status``. An API response is JSON whose ``values`` hold one object per KPI,
municipality and period, each with one of its own ``values`` per gender; a folder holds the pages of one response.
"""

import re
import zipfile
from collections.abc import Hashable
from pathlib import Path

import duckdb
import pandas as pd

from ingest.errors import InputRefusedError
from ingest.key_figures.api_answers import read_pages
from ingest.key_figures.columns import KEY_FIGURE_COLUMNS, OTHER_NAMES
from ingest.key_figures.flat_tables import read_flat_table

_REQUIRED = ("kpi_id", "municipality_code", "year", "gender", "value")
_KEY = ["kpi_id", "municipality_code", "year", "gender"]
_ENDINGS = (".csv", ".csv.gz", ".xlsx", ".parquet", ".json")
# What each key column looks like, and how to describe that.
_SHAPES = {
    "kpi_id": (r"[A-Z]\d{5}", "Kolada's id has a letter and five digits, such as N00941."),
    "municipality_code": (r"\d{4}|G\d+", "A municipality has four digits; Excel takes away a zero in front (0114)."),
    "year": (r"(?:19|20)\d{2}", "A year has four digits."),
    "gender": (r"[TKM]", "Write T (total), K (women) or M (men)."),
}
_FACTS = {
    "value_count": (r"\d{1,9}", "Write a whole number of municipalities, or nothing."),
    "is_deleted": (r"true|false|0|1", "Write true, false or nothing."),
}


def key_figure_sources(folder: Path) -> dict[str, Path]:
    """The files and folders of pages under ``folder``, by name."""
    if not folder.is_dir():
        return {}
    return {
        path.name: path
        for path in sorted(folder.iterdir())
        if (path.is_dir() and any(path.glob("*.json"))) or _is_key_figure_file(path.name)
    }


def _is_key_figure_file(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not name.startswith("~$")


def read_key_figures(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    """Read one file, or folder of pages, as texts with the columns KEY_FIGURE_COLUMNS.

    Raises InputRefusedError if it can't be parsed, lacks a column, holds no figure, an impossible one, or one twice.
    """
    is_answer = path.is_dir() or path.suffix.lower() == ".json"
    try:
        values = read_pages(connection, path) if is_answer else _named(path, read_flat_table(connection, path))
    except (duckdb.Error, zipfile.BadZipFile, ValueError, OSError, KeyError) as error:
        reason = str(error).splitlines()[0][:200]
        raise InputRefusedError(
            path, f"can't be read as key figures ({reason}).", "See data/key_figures/README.md for the two formats."
        ) from error
    if values.empty:
        raise InputRefusedError(path, "holds no figures.", "Fetch or save it again, or remove it.")
    _refuse_bad_keys(path, values)
    _refuse_bad_values(path, values)
    _refuse_bad_facts(path, values)
    return values


def _named(path: Path, table: pd.DataFrame) -> pd.DataFrame:
    """Only the columns that are loaded, and no blank rows."""
    table = table.replace(r"^\s*$", None, regex=True).dropna(how="all").rename(columns=OTHER_NAMES)
    missing = [name for name in _REQUIRED if name not in table.columns]
    if missing:
        found = ", ".join(str(name) for name in table.columns)
        raise InputRefusedError(
            path, f"has no column {missing[0]} (found: {found}).", f"Name the columns {', '.join(_REQUIRED)}."
        )
    for name in KEY_FIGURE_COLUMNS:
        if name not in table.columns:
            table[name] = None
    return table[list(KEY_FIGURE_COLUMNS)]


def _refuse_bad_keys(path: Path, values: pd.DataFrame) -> None:
    for name, (shape, remedy) in _SHAPES.items():
        for row, text in values[name].drop_duplicates().items():
            if pd.isna(text) or not re.fullmatch(shape, str(text)):
                problem = f"{name} is missing." if pd.isna(text) else f"the {name} '{text}' can't be right."
                raise InputRefusedError(path, problem, remedy, _place(row))


def _refuse_bad_values(path: Path, values: pd.DataFrame) -> None:
    given = values["value"].dropna()
    numbers = pd.to_numeric(given, errors="coerce").replace([float("inf"), float("-inf")], float("nan"))
    wrong = given[numbers.isna()]
    if not wrong.empty:
        raise InputRefusedError(
            path,
            f"the value '{wrong.iloc[0]}' is not a number.",
            "Use a decimal point and no thousands separator.",
            _place(wrong.index[0]),
        )
    repeated = values[values.duplicated(_KEY, keep=False)]
    differing = repeated.drop_duplicates([*_KEY, "value"])[lambda rows: rows.duplicated(_KEY)]
    if not differing.empty:
        figure = ", ".join(str(differing.iloc[0][name]) for name in _KEY)
        problem = f"gives two values for the same figure ({figure})."
        raise InputRefusedError(path, problem, "Keep one of them.", _place(differing.index[0]))


def _refuse_bad_facts(path: Path, values: pd.DataFrame) -> None:
    for name, (shape, remedy) in _FACTS.items():
        for row, text in values[name].dropna().drop_duplicates().items():
            if not re.fullmatch(shape, str(text), re.IGNORECASE):
                raise InputRefusedError(path, f"the {name} '{text}' can't be right.", remedy, _place(row))


def _place(row: Hashable) -> str:
    return f"data row {int(str(row)) + 1}"
