"""The budget tables of the shipped reports as lines with amounts, in the marts' unit and sign."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from ingest.document import Table
from ingest.workbook.reader import read_workbook
from tests.support.made_up_meaning.labels import NEVER_TURNED, Role

_REPORTS = Path(__file__).resolve().parents[3] / "data" / "reports"
_NO_AMOUNT = Decimal(0)


@dataclass(frozen=True)
class Line:
    """A row: its amounts in tkr by column (budget, compared, period, last_period, last_full), costs negative."""

    role: Role
    amounts: dict[str, Decimal]


@dataclass(frozen=True)
class ShippedTable:
    """A table's lines and its statement: cost_type, activity, pairs or investment."""

    statement: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Shape:
    """Where a shipped table has its columns, the sign of its costs, and what each of its rows is."""

    document_id: str
    table_no: int
    statement: str
    columns: dict[str, int]
    roles: str
    cost_sign: int = -1
    factor: int = 1
    first_row: int = 1


_SHAPES = (
    _Shape(
        *("alingsas_delarsbokslut_2024", 8, "cost_type"),
        {"budget": 1, "compared": 2, "period": 4, "last_period": 5},
        "income cost cost cost cost gross_cost net_cost grant financial result",
    ),
    _Shape(
        *("askersund_arsbokslut_2024", 19, "cost_type"),
        {"last_full": 1, "compared": 2, "budget": 3},
        "income gross_cost of_which of_which net_cost",
    ),
    _Shape(
        *("mark_arsrapport_2023", 13, "cost_type"),
        {"last_full": 2, "compared": 3, "budget": 4},
        "income cost cost net_cost heading activity activity activity repeated_total",
        factor=1000,
    ),
    _Shape(
        *("mark_delarsrapport_2025", 14, "cost_type"),
        {"last_period": 1, "period": 2, "compared": 3, "budget": 4},
        "income cost cost net_cost heading activity activity activity activity activity repeated_total",
        factor=1000,
    ),
    _Shape(
        *("mark_namndplan_2024", 8, "cost_type"),
        {"budget": 1, "compared": 2},
        "income cost cost net_cost heading activity activity activity repeated_total",
        factor=1000,
    ),
    _Shape(
        *("askersund_arsbokslut_2024", 20, "activity"),
        {"compared": 1, "budget": 2},
        "activity " * 7 + "total",
        cost_sign=1,
    ),
    _Shape(
        *("askersund_arsbokslut_2024", 21, "activity"),
        {"compared": 1, "budget": 2},
        "activity " * 16 + "total",
        cost_sign=1,
    ),
    _Shape(*("askersund_arsbokslut_2024", 22, "pairs"), {"compared": 1, "budget": 2}, "income cost " * 7),
    _Shape(
        *("alingsas_delarsbokslut_2024", 9, "investment"),
        {"budget": 1, "compared": 2, "period": 4, "last_period": 5},
        "category project project project category project investment_total",
        cost_sign=1,
        first_row=5,
    ),
    _Shape(*("askersund_arsbokslut_2024", 24, "investment"), {"compared": 1, "budget": 2}, "project " * 7),
    _Shape(
        *("mark_delarsrapport_2025", 15, "investment"),
        {"budget": 1, "compared": 3},
        "project investment_total",
        cost_sign=1,
        factor=1000,
    ),
)


@cache
def shipped_tables() -> tuple[ShippedTable, ...]:
    return tuple(ShippedTable(shape.statement, tuple(_lines(shape))) for shape in _SHAPES)


def _lines(shape: _Shape) -> list[Line]:
    document = read_workbook(_REPORTS / f"{shape.document_id}.xlsx")
    table = next(table for table in document.tables if table.table_no == shape.table_no)
    roles = [Role(name) for name in shape.roles.split()]
    return [_line(shape, table, row_no, role) for row_no, role in enumerate(roles, shape.first_row)]


def _line(shape: _Shape, table: Table, row_no: int, role: Role) -> Line:
    turned = shape.cost_sign == 1 and role not in NEVER_TURNED
    factor = -shape.factor if turned else shape.factor
    cells = table.rows[row_no - 1].cells
    amounts = {name: factor * _amount(cells[col_no - 1]) for name, col_no in shape.columns.items()}
    return Line(role, {} if role is Role.HEADING else amounts)


def _amount(printed: str) -> Decimal:
    return Decimal(printed.replace(" ", "").replace(",", ".")) if printed else _NO_AMOUNT
