"""Coverage-guided fuzzing of the text reader: whatever the text, it returns complete tables or a refusal.

It starts from made-up reports in every kind of text (``write_seeds.py``) and mutates them. Run by ``make fuzz``.
"""

import sys

import atheris

with atheris.instrument_imports(include=["ingest.reading"]):
    from ingest.reading.sources.text import text_blocks
    from ingest.reading.tables.assembly import assemble

from ingest.document import Table


def check(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    tables, doubts = assemble(text_blocks(text))
    for number, table in enumerate(tables, 1):
        assert table.table_no == number, "tables are numbered from 1"
        check_table(table)
    for table_no, row_no, col_no in doubts:
        table = tables[table_no - 1]
        is_inside = 0 <= row_no <= len(table.rows) and 0 <= col_no <= len(table.columns)
        assert is_inside, "a doubt stands outside its table"
    check_nothing_invented(text, tables)


def check_table(table: Table) -> None:
    assert table.columns, "a table without columns"
    assert table.rows, "a table without rows"
    assert all(len(row.cells) == len(table.columns) for row in table.rows), "a row with another number of cells"


def check_nothing_invented(text: str, tables: tuple[Table, ...]) -> None:
    """Check that every digit of a cell is in the text, at least as often."""
    printed = {digit: text.count(digit) for digit in "0123456789"}
    cells = "".join(cell for table in tables for row in table.rows for cell in row.cells)
    assert all(cells.count(digit) <= count for digit, count in printed.items()), "more digits in cells than in the text"


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
