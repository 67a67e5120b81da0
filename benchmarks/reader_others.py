"""Reads PDFs with the libraries that a user might take instead, in their own environment (see reader.py).

    .venv-bench/bin/python benchmarks/reader_others.py TOOL FILE…

Writes one line of JSON per file: the CPU seconds for reading it, without imports, and the rows of all tables found.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator


def pdfplumber_rows(path: str, strategy: str) -> Iterator[Iterable[object]]:
    import pdfplumber

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables(settings):
                yield from table


def camelot_rows(path: str, flavor: str) -> Iterator[Iterable[object]]:
    import camelot

    for table in camelot.read_pdf(path, pages="all", flavor=flavor):
        yield from table.df.to_numpy()


def tabula_rows(path: str, is_lattice: bool) -> Iterator[Iterable[object]]:
    import tabula

    options = {"header": None, "dtype": str}
    for frame in tabula.read_pdf(
        path, pages="all", lattice=is_lattice, stream=not is_lattice, pandas_options=options, silent=True
    ):
        yield from frame.to_numpy()


def img2table_rows(path: str) -> Iterator[Iterable[object]]:
    from img2table.document import PDF

    for tables in PDF(path).extract_tables(borderless_tables=False).values():
        for table in tables:
            yield from table.df.to_numpy()


TOOLS: dict[str, Callable[[str], Iterator[Iterable[object]]]] = {
    "pdfplumber lines": lambda path: pdfplumber_rows(path, "lines"),
    "pdfplumber text": lambda path: pdfplumber_rows(path, "text"),
    "camelot lattice": lambda path: camelot_rows(path, "lattice"),
    "camelot stream": lambda path: camelot_rows(path, "stream"),
    "tabula lattice": lambda path: tabula_rows(path, is_lattice=True),
    "tabula stream": lambda path: tabula_rows(path, is_lattice=False),
    "img2table": img2table_rows,
}


def main(tool: str, paths: list[str]) -> None:
    list(TOOLS[tool](paths[0]))  # The first reading also imports the library.
    for path in paths:
        started = time.process_time()
        rows = [[_text(cell) for cell in row] for row in TOOLS[tool](path)]
        print(json.dumps({"path": path, "seconds": time.process_time() - started, "rows": rows}))


def _text(cell: object) -> str:
    return "" if cell is None or str(cell) == "nan" else str(cell)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
