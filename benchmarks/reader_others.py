"""Reads PDFs with the libraries that a user might take instead, in their own environment (see reader.py).

    .venv-bench/bin/python benchmarks/reader_others.py TOOL FILE…

Writes one line of JSON per file: the seconds for reading it, without imports, and the texts of all cells found.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator


def pdfplumber_cells(path: str, strategy: str) -> Iterator[str | None]:
    import pdfplumber

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables(settings):
                yield from (cell for row in table for cell in row)


def camelot_cells(path: str, flavor: str) -> Iterator[str]:
    import camelot

    for table in camelot.read_pdf(path, pages="all", flavor=flavor):
        yield from table.df.to_numpy().ravel()


def tabula_cells(path: str, is_lattice: bool) -> Iterator[object]:
    import tabula

    options = {"header": None, "dtype": str}
    for frame in tabula.read_pdf(
        path, pages="all", lattice=is_lattice, stream=not is_lattice, pandas_options=options, silent=True
    ):
        yield from frame.to_numpy().ravel()


def img2table_cells(path: str) -> Iterator[str | None]:
    from img2table.document import PDF

    for tables in PDF(path).extract_tables(borderless_tables=False).values():
        for table in tables:
            yield from (cell for row in table.df.to_numpy() for cell in row)


TOOLS: dict[str, Callable[[str], Iterator[object]]] = {
    "pdfplumber lines": lambda path: pdfplumber_cells(path, "lines"),
    "pdfplumber text": lambda path: pdfplumber_cells(path, "text"),
    "camelot lattice": lambda path: camelot_cells(path, "lattice"),
    "camelot stream": lambda path: camelot_cells(path, "stream"),
    "tabula lattice": lambda path: tabula_cells(path, is_lattice=True),
    "tabula stream": lambda path: tabula_cells(path, is_lattice=False),
    "img2table": img2table_cells,
}


def main(tool: str, paths: list[str]) -> None:
    list(TOOLS[tool](paths[0]))  # The first reading also imports the library.
    for path in paths:
        started = time.perf_counter()
        cells = [str(cell) for cell in TOOLS[tool](path) if cell is not None and str(cell) != "nan"]
        print(json.dumps({"path": path, "seconds": time.perf_counter() - started, "cells": cells}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
