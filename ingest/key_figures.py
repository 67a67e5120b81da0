"""Reads keyed figures in the two shapes they come in: Kolada API v3 answers, and flat tables.

A flat table (csv, xlsx, parquet) has the columns ``kpi_id``, ``municipality_code`` (or ``municipality_id``), ``year``,
``gender``, ``value`` and, where there is one, ``status``. An API answer is JSON with ``values`` holding one object a
KPI, municipality and period, whose own ``values`` are one a gender; a folder holds the pages of one answer.
"""

import zipfile
from pathlib import Path

import duckdb
import pandas as pd

from ingest.errors import InputRefusedError
from ingest.office_package import refuse_bomb

KEY_FIGURE_COLUMNS = (
    "kpi_id",
    "municipality_code",
    "year",
    "gender",
    "value",
    "status",
    "value_count",
    "is_deleted",
)
_REQUIRED = ("kpi_id", "municipality_code", "year", "gender", "value")
_FLAT_ENDINGS = (".csv", ".csv.gz", ".xlsx", ".parquet")
_API_ROW = (
    "struct(kpi varchar, municipality varchar, period varchar, "
    '"values" struct(gender varchar, count varchar, status varchar, value varchar, isdeleted varchar)[])[]'
)
_PAGES = f"""read_json($1, columns = {{'values': '{_API_ROW}'}}, maximum_object_size = 200000000, filename = true)"""
_STRANGE_PAGES = f"""select filename from {_PAGES} where "values" is null"""
_API_PAGES = f"""
    with pages as (
        select unnest("values") as page_row
        from {_PAGES}
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


def key_figure_sources(folder: Path) -> dict[str, Path]:
    """The files and folders of pages under ``folder``, by name."""
    if not folder.is_dir():
        return {}
    return {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.name.endswith((*_FLAT_ENDINGS, ".json")) or (path.is_dir() and any(path.glob("*.json")))
    }


def read_key_figures(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    """Read one file, or folder of pages, as texts with the columns KEY_FIGURE_COLUMNS.

    Raises InputRefusedError when it can't be parsed, lacks a column or names the same figure twice.
    """
    try:
        values = _read_api_pages(connection, path) if _is_api_answer(path) else _read_flat_table(connection, path)
    except (duckdb.Error, zipfile.BadZipFile, ValueError, OSError, KeyError) as error:
        reason = str(error).splitlines()[0][:200]
        raise InputRefusedError(
            path, f"can't be read as key figures ({reason}).", "See data/key_figures/README.md for the two shapes."
        ) from error
    _refuse_bad_values(path, values)
    return values


def _is_api_answer(path: Path) -> bool:
    return path.is_dir() or path.suffix == ".json"


def _read_api_pages(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    pattern = str(path / "*.json") if path.is_dir() else str(path)
    strange = connection.execute(_STRANGE_PAGES, [pattern]).fetchone()
    if strange is not None:
        raise InputRefusedError(
            path, f"holds an answer without `values` ({Path(strange[0]).name}).", "Fetch it again: it may be an error."
        )
    return connection.execute(_API_PAGES, [pattern]).df()


def _read_flat_table(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    if path.suffix == ".xlsx":
        refuse_bomb(path)
        table = pd.read_excel(path, dtype="string", keep_default_na=False)
    elif path.suffix == ".parquet":
        table = connection.execute("select cast(columns(*) as varchar) from read_parquet(?)", [str(path)]).df()
    else:
        table = connection.execute("select * from read_csv(?, all_varchar = true, header = true)", [str(path)]).df()
    table = table.rename(columns={"municipality_id": "municipality_code"})
    missing = [name for name in _REQUIRED if name not in table.columns]
    if missing:
        found = ", ".join(str(name) for name in table.columns)
        raise InputRefusedError(
            path, f"has no column {missing[0]} (found: {found}).", f"Name the columns {', '.join(_REQUIRED)}."
        )
    for name in KEY_FIGURE_COLUMNS:
        if name not in table.columns:
            table[name] = None
    return table[list(KEY_FIGURE_COLUMNS)].replace({"": None})


def _refuse_bad_values(path: Path, values: pd.DataFrame) -> None:
    given = values["value"].dropna()
    wrong = given[pd.to_numeric(given, errors="coerce").isna()]
    if not wrong.empty:
        raise InputRefusedError(
            path,
            f"the value '{wrong.iloc[0]}' (data row {int(wrong.index[0]) + 1}) is no number.",
            "Use a decimal point and no thousands separator.",
        )
    key = ["kpi_id", "municipality_code", "year", "gender"]
    repeated = values[values.duplicated(key, keep=False)]
    differing = repeated.drop_duplicates([*key, "value"])[lambda rows: rows.duplicated(key)]
    if not differing.empty:
        figure = ", ".join(str(differing.iloc[0][name]) for name in key)
        raise InputRefusedError(path, f"gives two values for the same figure ({figure}).", "Keep one of them.")
