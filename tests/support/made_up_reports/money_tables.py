"""Made-up tables of money: operating statements, activities, paired rows, investments, two periods side by side."""

from collections.abc import Callable
from dataclasses import replace

from .drawing import Draw, column, with_remarks
from .figures import NumberStyle, draw_parts, near
from .report import PrintedColumn, PrintedRow, PrintedTable
from .vocabulary import (
    ACTIVITIES,
    COST_LINES,
    INCOME_LINES,
    NET_LABELS,
    PROJECTS,
    SUBHEADINGS,
    TOTAL_LABELS,
    UNITS_OF_STAFF,
)

Amounts = dict[str, int]
MONEY_UNITS = (
    ("tkr", 0, 60_000),
    ("mnkr", 1, 900),
    ("mkr", 2, 9_000),
    ("kkr", 0, 400_000),
    ("mnkr", 1, 20_000),
    ("kr", 0, 9_000_000),
)


class _MoneySheet:
    """The columns of one money table and the arithmetic between them."""

    def __init__(self, draw: Draw, base: str = "budget") -> None:
        self.draw = draw
        self.unit, self.decimals, self.size = draw.random.choice(MONEY_UNITS)
        self.style: NumberStyle = draw.style(self.decimals)
        self.headers = _interim_headers(draw) if draw.is_interim else _annual_headers(draw)
        self.compared = "forecast" if draw.is_interim else "outcome"
        wanted = [name for name in self.headers if name in ("budget", "deviation", self.compared) or draw.chance(0.6)]
        figures = [name for name in wanted if name not in ("deviation", "note")]
        draw.random.shuffle(figures)
        self.kinds = [*figures, *(name for name in wanted if name in ("deviation",))]

    def columns(self) -> tuple[PrintedColumn, ...]:
        return tuple(column(self.draw, self.headers[kind]) for kind in self.kinds)

    def amounts(self, amount: int) -> Amounts:
        drawn = {kind: near(self.draw.random, amount) for kind in self.kinds if kind != "deviation"}
        return self.balanced(drawn)

    def balanced(self, amounts: Amounts, costs_are_positive: bool = False) -> Amounts:
        sign = -1 if costs_are_positive else 1
        return {**amounts, "deviation": sign * (amounts[self.compared] - amounts["budget"])}

    def total(self, rows: list[Amounts]) -> Amounts:
        return {kind: sum(row[kind] for row in rows) for kind in self.kinds}

    def row(self, label: str, amounts: Amounts) -> PrintedRow:
        return PrintedRow(label, tuple(self.style.text(amounts[kind]) for kind in self.kinds))


def _interim_headers(draw: Draw) -> dict[str, str]:
    year, month = draw.year, {"aug": "31/8", "apr": "30/4"}[draw.month]
    last, now = draw.random.choice(
        (
            (f"Utfall {month} {year - 1}", f"Utfall {month} {year}"),
            (f"Ack utfall jan-{draw.month} {year - 1}", f"Ack utfall jan-{draw.month} {year}"),
            (f"Delårsbokslut {year - 1}", f"Delårsbokslut {year}"),
            (f"Period {str(year - 1)[2:]}01-{draw.month}", f"Period {str(year)[2:]}01-{draw.month}"),
        )
    )
    return {
        "previous": last,
        "to_date": now,
        "forecast": draw.random.choice(
            (f"Prognos {year}", f"Helårsprognos {year}", "Årsprognos", f"Prognos helår {year}")
        ),
        "budget": draw.random.choice((f"Budget {year}", "Årsbudget", f"Kommunbidrag {year}")),
        "deviation": draw.random.choice(("Avvikelse", "Budgetavvikelse", f"Avvikelse prognos {year}", "Diff.")),
    }


def _annual_headers(draw: Draw) -> dict[str, str]:
    year = draw.year
    word = draw.random.choice(("Bokslut", "Utfall", "Redovisat"))
    return {
        "before": f"{word} {year - 2}",
        "previous": f"{word} {year - 1}",
        "outcome": f"{word} {year}",
        "budget": draw.random.choice((f"Budget {year}", f"Budget helår {year}")),
        "deviation": draw.random.choice(
            ("Avvikelse", "Budgetavvikelse", f"Avvikelse {year}", "Nettoavvikelse mot budget")
        ),
    }


def _stated_unit(draw: Draw, unit: str, title: str, label_header: str) -> tuple[str, str, str, str]:
    """(unit, caption, label header, separate line): where a printer may state the unit."""
    place = draw.random.choice(("corner", "corner label", "caption", "brackets", "line", "nowhere"))
    return {
        "corner": (unit, title, f"({unit})", ""),
        "corner label": (unit, title, f"{label_header} (belopp i {unit})", ""),
        "caption": (unit, f"{title}, {unit}", label_header, ""),
        "brackets": (unit, f"{title} ({unit})", label_header, ""),
        "line": (unit, title, label_header, f"Belopp i {unit}"),
        "nowhere": ("", title, label_header, ""),
    }[place]


def _money_table(
    draw: Draw, sheet: _MoneySheet, kind: str, title: str, label_header: str, rows: list[PrintedRow], *traps: str
) -> PrintedTable:
    unit, caption, corner, unit_line = _stated_unit(draw, sheet.unit, title, label_header)
    if not sheet.style.groups_thousands:
        traps = (*traps, "thousands without space")
    if sheet.style.minus != "-":
        traps = (*traps, f"minus {sheet.style.minus!r}")
    return PrintedTable(kind, caption, corner, sheet.columns(), tuple(rows), unit, unit_line, traps=frozenset(traps))


def operating_statement(draw: Draw) -> PrintedTable:
    """Income and cost by type to a net cost, often followed by the same net cost by activity."""
    sheet = _MoneySheet(draw)
    income = [sheet.amounts(part) for part in draw_parts(draw.random, draw.random.randint(1, 3), sheet.size // 4)]
    costs = [sheet.amounts(-part) for part in draw_parts(draw.random, draw.random.randint(3, 6), sheet.size)]
    labels = draw.random.sample(INCOME_LINES, len(income)) + draw.random.sample(COST_LINES, len(costs))
    rows = [sheet.row(label, amounts) for label, amounts in zip(labels, income + costs, strict=True)]
    net, net_label = sheet.total(income + costs), draw.random.choice(NET_LABELS)
    if draw.chance(0.4):
        rows.insert(len(income), sheet.row("Summa intäkter", sheet.total(income)))
        rows.append(sheet.row("Summa kostnader", sheet.total(costs)))
    rows.append(sheet.row(net_label, net))
    traps = []
    if draw.chance(0.5):
        rows += _by_activity(draw, sheet, net, net_label)
        traps.append("sub-heading row")
    return _money_table(draw, sheet, "operating statement", "Driftredovisning", "Kostnadsslag", rows, *traps)


def _by_activity(draw: Draw, sheet: _MoneySheet, net: Amounts, net_label: str) -> list[PrintedRow]:
    labels = draw.random.sample(ACTIVITIES, draw.random.randint(2, 5))
    parts = [sheet.amounts(near(draw.random, net["budget"] // len(labels), 0.5)) for _ in labels[1:]]
    parts.append({kind: net[kind] - sum(part[kind] for part in parts) for kind in sheet.kinds})
    heading = PrintedRow(draw.random.choice(SUBHEADINGS), ("",) * len(sheet.kinds), is_heading=True)
    return [heading, *(sheet.row(*pair) for pair in zip(labels, parts, strict=True)), sheet.row(net_label, net)]


def activities(draw: Draw) -> PrintedTable:
    """Costs by activity, printed positive, so that a deviation is budget less outcome; codes, sub-items, part rows."""
    sheet = _MoneySheet(draw)
    labels = draw.random.sample(ACTIVITIES, draw.random.randint(4, 9))
    parts = [
        sheet.balanced(sheet.amounts(part), costs_are_positive=True)
        for part in draw_parts(draw.random, len(labels), sheet.size)
    ]
    naming, traps = _row_naming(draw)
    rows = [
        sheet.row(naming(number, label), part)
        for number, (label, part) in enumerate(zip(labels, parts, strict=True), 1)
    ]
    if draw.chance(0.3):
        part = sheet.balanced({kind: amount // 3 for kind, amount in parts[-1].items()}, costs_are_positive=True)
        rows.append(sheet.row(draw.random.choice(("varav lokaler", "-varav köpta platser")), part))
        traps.append("part row")
    rows.append(sheet.row(draw.random.choice(TOTAL_LABELS), sheet.total(parts)))
    if draw.chance(0.4):
        rows = with_remarks(draw, rows)
        traps.append("remarks between rows")
    return _money_table(
        draw, sheet, "activities", f"Nettokostnad per verksamhet {draw.year}", "Verksamhet", rows, *traps
    )


def organisation(draw: Draw) -> PrintedTable:
    """The same sub-items under several sub-headings, so that a label alone doesn't identify a row; one row is blank."""
    sheet = _MoneySheet(draw)
    rows, parts = [], []
    for heading in ("Gemensamma funktioner", "Stöd till verksamheten"):
        rows.append(PrintedRow(heading, ("",) * len(sheet.kinds), is_heading=True))
        items = draw.random.sample(UNITS_OF_STAFF, draw.random.randint(2, 4))
        amounts = [sheet.amounts(-part) for part in draw_parts(draw.random, len(items), sheet.size // 10)]
        rows += [sheet.row(item, part) for item, part in zip(items, amounts, strict=True)]
        parts += amounts
    rows.append(PrintedRow("Extraordinära poster (netto)", ("",) * len(sheet.kinds)))
    rows.append(sheet.row(draw.random.choice(NET_LABELS), sheet.total(parts)))
    traps = ("same label twice", "blank row", "label begins with -", "sub-heading row")
    return _money_table(draw, sheet, "organisation", "Nettokostnad per funktion", "Funktion", rows, *traps)


def _row_naming(draw: Draw) -> tuple[Callable[[int, str], str], list[str]]:
    choice = draw.random.choice(("plain", "plain", "code", "long code", "sub-item"))
    first = draw.random.randint(1, 8)
    naming: dict[str, Callable[[int, str], str]] = {
        "plain": lambda number, label: label,
        "code": lambda number, label: f"{first * 10 + number} {label}",
        "long code": lambda number, label: f"{first * 1000 + number * 10} {label}",
        "sub-item": lambda number, label: f"- {label}",
    }
    return naming[choice], {"plain": [], "sub-item": ["label begins with -"]}.get(choice, ["row code before the label"])


def paired_rows(draw: Draw) -> PrintedTable:
    """Income and cost of each activity as a pair of rows that share label and deviation."""
    sheet = _MoneySheet(draw)
    rows = []
    for label in draw.random.sample(ACTIVITIES, draw.random.randint(3, 6)):
        income, cost = (
            sheet.amounts(draw.random.randint(0, sheet.size // 8)),
            sheet.amounts(-draw.random.randint(9, sheet.size)),
        )
        deviation = sheet.style.text(income["deviation"] + cost["deviation"])
        for part, amounts, shown in (("Intäkt", income, ""), ("Kostnad", cost, deviation)):
            cells = tuple(shown if kind == "deviation" else sheet.style.text(amounts[kind]) for kind in sheet.kinds)
            rows.append(PrintedRow(part, cells, pair_label=label))
    return _money_table(
        draw,
        sheet,
        "paired rows",
        f"Intäkter och kostnader per verksamhet {draw.year}",
        "Verksamhet",
        rows,
        "paired rows",
    )


def investments(draw: Draw) -> PrintedTable:
    """Projects with years and digits in their names, many zeros and blanks."""
    sheet = _MoneySheet(draw)
    labels = draw.random.sample(PROJECTS, draw.random.randint(2, 8))
    parts = [
        _project_amounts(draw, sheet, -part) for part in draw_parts(draw.random, len(labels), max(40, sheet.size // 20))
    ]
    rows = [sheet.row(label, part) for label, part in zip(labels, parts, strict=True)]
    traps = ["digits in labels"]
    if draw.chance(0.3):
        rows.insert(1, PrintedRow("-", (sheet.style.zero,) * len(sheet.kinds)))
        traps.append("label is -")
    if draw.chance(0.3):
        rows.insert(0, PrintedRow("Färdigställda projekt", ("",) * len(sheet.kinds), is_heading=True))
        traps.append("sub-heading row")
    if draw.chance(0.5):
        rows = [_zeros_blank(row, sheet.style.zero, draw.random.choice(("", "", "-"))) for row in rows]
        traps.append("blank cells")
    rows.append(sheet.row(draw.random.choice(TOTAL_LABELS), sheet.total(parts)))
    return _money_table(draw, sheet, "investments", "Investeringsredovisning", "Projekt", rows, *traps)


def _project_amounts(draw: Draw, sheet: _MoneySheet, amount: int) -> Amounts:
    """A project has no figure for every year and kind."""
    drawn = {kind: 0 if draw.chance(0.25) else value for kind, value in sheet.amounts(amount).items()}
    return sheet.balanced(drawn)


def _zeros_blank(row: PrintedRow, zero: str, blank: str) -> PrintedRow:
    """A row without its zeros, unless it has only zeros."""
    if all(cell == zero for cell in row.cells):
        return row
    return replace(row, cells=tuple(blank if cell == zero else cell for cell in row.cells))


def two_periods(draw: Draw) -> PrintedTable:
    """Two header levels whose inner names repeat: the period beside the whole year."""
    unit, decimals, size = draw.random.choice(MONEY_UNITS)
    style = draw.style(decimals)
    inner = ("Utfall", "Budget", "Avvikelse")
    outers = (f"Jan-{draw.month} {draw.year}", f"Helår {draw.year}")
    columns = tuple(column(draw, name, outer) for outer in outers for name in inner)
    labels = draw.random.sample(COST_LINES, draw.random.randint(3, 5))
    amounts = []
    for part in draw_parts(draw.random, len(labels), size):
        period, year = near(draw.random, -part * 2 // 3), near(draw.random, -part)
        budgets = near(draw.random, -part * 2 // 3), near(draw.random, -part)
        amounts.append([period, budgets[0], period - budgets[0], year, budgets[1], year - budgets[1]])
    amounts.append([sum(column_amounts) for column_amounts in zip(*amounts, strict=True)])
    if draw.shows_spans and draw.chance(0.5):
        columns = (PrintedColumn((f"Bokslut {draw.year - 1}",)), *columns)
        amounts = [[near(draw.random, row[3]), *row] for row in amounts[:-1]]
        amounts.append([sum(column_amounts) for column_amounts in zip(*amounts, strict=True)])
    rows = [
        PrintedRow(label, tuple(map(style.text, row))) for label, row in zip([*labels, "Summa"], amounts, strict=True)
    ]
    stated, caption, corner, unit_line = _stated_unit(draw, unit, "Ekonomiskt utfall", "Konto")
    return PrintedTable(
        "two periods", caption, corner, columns, tuple(rows), stated, unit_line, traps=frozenset({"two header levels"})
    )


def note_column(draw: Draw) -> PrintedTable:
    """A column of one-digit note numbers beside thousands."""
    sheet = _MoneySheet(draw)
    labels = ("Verksamhetens intäkter", "Verksamhetens kostnader", "Avskrivningar")
    parts = [sheet.amounts(amount) for amount in (sheet.size // 5, -sheet.size, -sheet.size // 30)]
    rows = [sheet.row(label, part) for label, part in zip(labels, parts, strict=True)]
    rows.append(sheet.row("Verksamhetens nettokostnader", sheet.total(parts)))
    notes = ["1", "2", "3", ""]
    rows = [PrintedRow(row.label, (note, *row.cells)) for row, note in zip(rows, notes, strict=True)]
    table = _money_table(draw, sheet, "note column", f"Resultaträkning {draw.year}", "Post", rows, "note column")
    return replace(table, columns=(PrintedColumn(("Not",)), *table.columns))


def unlabelled(draw: Draw) -> PrintedTable:
    """One row of figures without a label."""
    sheet = _MoneySheet(draw)
    row = sheet.row("", sheet.amounts(-sheet.size))
    return PrintedTable(
        "unlabelled",
        f"Nämndens helårsprognos, {sheet.unit}",
        "",
        sheet.columns(),
        (row,),
        sheet.unit,
        traps=frozenset({"no row label"}),
    )
