"""Made-up reports from a seed: the same seed always gives the same reports."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from ingest.document import Column, Document, Row, Table
from ingest.reading.vocabulary.units import stated_unit
from tests.support.made_up_meaning.columns import (
    ANNUAL,
    WITH_FORECAST,
    WITH_PERIOD_BUDGET,
    ColumnDrawer,
    Heading,
    Period,
)
from tests.support.made_up_meaning.goals import ExpectedGoal, goal_table
from tests.support.made_up_meaning.header_words import COMPONENTS, Slot
from tests.support.made_up_meaning.labels import LABELS, NEVER_TURNED, Role
from tests.support.made_up_meaning.report import (
    BUDGET_CHANGE,
    FORECAST_CHANGE,
    NET,
    OUTCOME_CHANGE,
    Expected,
    MadeUpReport,
    Place,
    Traits,
)
from tests.support.made_up_meaning.shipped_tables import Line, ShippedTable, shipped_tables

MUNICIPALITIES = (
    ("0114", "Upplands Väsby"),
    ("0380", "Uppsala"),
    ("0780", "Växjö"),
    ("1280", "Malmö"),
    ("2480", "Umeå"),
)
UNITS = {  # words, tkr of one, decimals printed
    "tkr": (("tkr", "Tkr", "kkr", "tusen kronor"), Decimal(1), 0),
    "mnkr": (("mnkr", "Mnkr", "mkr", "miljoner kronor"), Decimal(1000), 1),
    "kr": (("kr", "kronor"), Decimal("0.001"), 0),
}
NEGATIVE, POSITIVE, RESULTS = "costs negative", "costs positive", "results, surplus +"
_TITLES = {
    "cost_type": ("Driftredovisning", "Ekonomiskt utfall", "Budgetuppföljning", "Nämndens ekonomi"),
    "activity": ("Driftredovisning per verksamhet", "Utfall per verksamhet", "Ekonomi per enhet"),
    "results": ("Resultat per enhet", "Enheternas resultat"),
    "pairs": ("Driftredovisning per verksamhet", "Intäkter och kostnader per verksamhet"),
    "components": ("Driftredovisning per verksamhet", "Intäkter och kostnader per verksamhet"),
    "investment": ("Investeringsredovisning", "Investeringar", "Investeringsuppföljning"),
}
_PLACES = ("title", "corner", "column headers", "section", "elsewhere", "nowhere")
_LAST_YEAR = Decimal("0.94")
_MONTHS_OF_A_YEAR = 12
_MONTHS_OF_THE_SHIPPED_PERIOD = 8
_COMPARISONS = (
    ("outcome_vs_budget", Slot.OUTCOME_FULL, (Slot.BUDGET, Slot.BUDGET_REVISED), True),
    ("forecast_vs_budget", Slot.FORECAST, (Slot.BUDGET, Slot.BUDGET_REVISED), True),
    ("outcome_vs_period_budget", Slot.OUTCOME_PERIOD, (Slot.BUDGET_PERIOD,), True),
    (OUTCOME_CHANGE, Slot.OUTCOME_FULL, (Slot.LAST_YEAR_FULL,), True),
    (OUTCOME_CHANGE, Slot.OUTCOME_PERIOD, (Slot.LAST_YEAR_PERIOD,), True),
    (FORECAST_CHANGE, Slot.FORECAST, (Slot.LAST_YEAR_FULL,), False),
    (BUDGET_CHANGE, Slot.PLAN, (Slot.BUDGET, Slot.BUDGET_REVISED), False),
)


def made_up_reports(seed: int, count: int) -> list[MadeUpReport]:
    return [_ReportDrawer(Random(f"{seed} {number}"), number).report() for number in range(1, count + 1)]


@dataclass(frozen=True)
class _Part:
    """A printed row: its label, and its lines (three where the columns are income, cost and net)."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Style:
    """What the tables of a report have in common, and how one of them differs."""

    statement: str
    report: str
    signs: str
    unit: str
    unit_words: str
    unit_place: str
    minus: str


class _ReportDrawer:
    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        self.number = number
        self.document_id = f"made_up_{number:03d}"
        self.report_kind = random.choice((ANNUAL, WITH_FORECAST, WITH_PERIOD_BUDGET))
        month = 12 if self.report_kind == ANNUAL else random.choice((3, 4, 4, 8, 8, 10))
        self.period = Period(random.choice((2023, 2024, 2025)), month)
        self.factor = Decimal(random.randint(50, 150)) / 100

    def report(self) -> MadeUpReport:
        styles = list(self._styles())
        drawn = [_TableDrawer(self, number, style).draw() for number, style in enumerate(styles, 1)]
        goal_tables, goals = self._goals(len(drawn) + 1)
        municipality_code, municipality = self.random.choice(MUNICIPALITIES)
        kind = "annual_report" if self.report_kind == ANNUAL else "interim_report"
        document = Document(
            document_id=self.document_id,
            title=f"Påhittad rapport {self.number}",
            municipality_code=municipality_code,
            municipality=municipality,
            committee=f"Påhittad nämnd {self.number}",
            document_kind=kind,
            information_date=self.period.end,
            tables=(*(table for table, _, _ in drawn), *goal_tables),
        )
        traits = {table.table_no: traits for table, traits, _ in drawn}
        return MadeUpReport(document, traits, tuple(row for _, _, rows in drawn for row in rows), goals)

    def _goals(self, table_no: int) -> tuple[tuple[Table, ...], tuple[ExpectedGoal, ...]]:
        """Only annual reports have goals; drawn apart, so that the tables of money stay the same."""
        if self.report_kind != ANNUAL:
            return (), ()
        table, goals = goal_table(Random(f"{self.document_id} goals"), self.document_id, table_no, self.period)
        return (table,), tuple(goals)

    def _styles(self) -> Iterator[_Style]:
        """An operating table, and often one of investments; a unit printed elsewhere is printed on the other one."""
        unit = self.random.choices(list(UNITS), (6, 3, 1))[0]
        place = self.random.choice(_PLACES)
        operating = _Style(
            statement=self.random.choices(("cost_type", "activity", "pairs", "components"), (5, 4, 1, 1))[0],
            report=self.report_kind,
            signs=self.random.choice((NEGATIVE, POSITIVE)),
            unit=unit,
            unit_words=self.random.choice(UNITS[unit][0]),
            unit_place=place,
            minus=self.random.choice(("-", "-", "−", "- ")),
        )
        if operating.statement == "activity" and self.random.random() < 0.3:
            operating = replace(operating, statement="results", signs=RESULTS)
        investment = replace(operating, statement="investment", signs=self.random.choice((NEGATIVE, POSITIVE)))
        if place == "elsewhere":
            printed = self.random.choice(("title", "corner"))
            if self.random.random() < 0.5:
                operating = replace(operating, unit_place=printed)
            else:
                investment = replace(investment, unit_place=printed)
        yield operating
        if place == "elsewhere" or self.random.random() < 0.6:
            yield investment


class _TableDrawer:
    def __init__(self, report: _ReportDrawer, table_no: int, style: _Style) -> None:
        self.random = report.random
        self.report = report
        self.period = report.period
        self.table_no = table_no
        self.style = style
        self.tkr, self.decimals = UNITS[style.unit][1:]
        self.components = self.random.choice(COMPONENTS) if style.statement == "components" else ("",)
        self.shipped = self.random.choice([table for table in shipped_tables() if table.statement == self._source()])

    def draw(self) -> tuple[Table, Traits, list[Expected]]:
        parts = list(self._parts())
        headings, order = self._headings(parts)
        columns = [(heading, place) for heading in headings for place in self._component_places(heading)]
        headers = [self._header(heading, place) for heading, place in columns]
        rows = [self._row(row_no, part, columns) for row_no, part in enumerate(parts, 1)]
        table = self._table(headers, rows)
        traits = Traits(
            statement=self.style.statement,
            report=self.style.report,
            signs=self.style.signs,
            unit=self.style.unit,
            unit_place=self.style.unit_place,
            column_order=order,
            slots=tuple(heading.slot for heading, _ in columns),
        )
        return table, traits, list(self._expected(parts, columns))

    def _source(self) -> str:
        return {"results": "activity", "components": "pairs"}.get(self.style.statement, self.style.statement)

    def _parts(self) -> Iterator[_Part]:
        labels = {role: self.random.sample(words, len(words)) for role, words in LABELS.items()}
        if self.style.statement in ("pairs", "components"):
            yield from self._parts_in_pairs(self.shipped, labels[Role.ACTIVITY])
            return
        for line in self.shipped.lines:
            yield _Part(labels[line.role].pop(), (line,))

    def _parts_in_pairs(self, shipped: ShippedTable, activities: list[str]) -> Iterator[_Part]:
        words = self.random.choice(COMPONENTS)
        for income, cost in zip(shipped.lines[::2], shipped.lines[1::2], strict=True):
            label = activities.pop()
            if self.style.statement == "pairs":
                yield _Part(f"{label} {words[0]}", (income,))
                yield _Part(f"{label} {words[1]}", (cost,))
            else:
                net = {name: income.amounts[name] + cost.amounts[name] for name in income.amounts}
                yield _Part(label, (income, cost, Line(Role.NET_COST, net)))

    def _headings(self, parts: list[_Part]) -> tuple[list[Heading], str]:
        has_income = any(line.role in NEVER_TURNED for part in parts for line in part.lines)
        costs_are_positive = self.style.signs == POSITIVE
        headings = ColumnDrawer(self.random, self.style.report, self.period, costs_are_positive, has_income).draw()
        order = self.random.choice(("usual", "usual", "turned", "shuffled"))
        if order == "turned":
            amounts = [heading for heading in headings if heading.compared is None]
            headings = [*reversed(amounts), *(heading for heading in headings if heading.compared is not None)]
        elif order == "shuffled":
            self.random.shuffle(headings)
        return headings, order

    def _component_places(self, heading: Heading) -> range:
        """Deviations and what is no amount of its own are printed once, for the net."""
        last = len(self.components) - 1
        return range(last, last + 1) if heading.compared or heading.slot is Slot.NOT_FIGURES else range(last + 1)

    def _header(self, heading: Heading, place: int) -> str:
        is_derived = heading.compared is not None or heading.slot is Slot.NOT_FIGURES
        header = heading.header if is_derived else f"{heading.header} {self.components[place]}".strip()
        is_money = heading.slot not in (Slot.PERCENT, Slot.NOT_FIGURES)
        return (
            f"{header}, {self.style.unit_words}" if self.style.unit_place == "column headers" and is_money else header
        )

    def _table(self, headers: list[str], rows: list[Row]) -> Table:
        place, unit = self.style.unit_place, self.style.unit_words
        title = self.random.choice(_TITLES[self.style.statement])
        if place == "title":
            title = self.random.choice((f"{title}, {unit}", f"{title} ({unit})", f"{title} (belopp i {unit})"))
        corner = self.random.choice((unit, f"Belopp i {unit}", f"({unit})")) if place == "corner" else ""
        section = "5 Ekonomi" if self.style.statement != "investment" else "6 Investeringar"
        section = f"{section} ({unit})" if place == "section" else section
        return Table(
            table_no=self.table_no,
            section=section,
            title=title,
            label_header=corner,
            columns=tuple(Column(header) for header in headers),
            rows=tuple(rows),
            unit=stated_unit([corner, title, *headers, section]),
        )

    def _row(self, row_no: int, part: _Part, columns: list[tuple[Heading, int]]) -> Row:
        cells = tuple(self._cell(row_no, part, heading, place) for heading, place in columns)
        return Row(part.label, cells, is_heading=part.lines[0].role is Role.HEADING)

    def _cell(self, row_no: int, part: _Part, heading: Heading, place: int) -> str:
        if part.lines[0].role is Role.HEADING:
            return ""
        if heading.slot is Slot.NOT_FIGURES:
            return "Ekonomichef" if heading.header == "Ansvarig" else str(row_no)
        if heading.compared is None or heading.base is None:
            return self._printed(self._turned(part.lines[place], self._amount(part.lines[place], heading.slot)))
        lines = self._netted(row_no, part)
        if not lines:
            return ""
        compared = sum((self._amount(line, heading.compared) for line in lines), Decimal(0))
        base = sum((self._amount(line, heading.base) for line in lines), Decimal(0))
        if heading.slot is Slot.PERCENT:
            return f"{round(100 * compared / base)}" if base else ""
        if heading.slot is Slot.CHANGE:
            return self._printed(self._turned(lines[-1], compared - base))
        return self._printed(compared - base)

    def _netted(self, row_no: int, part: _Part) -> tuple[Line, ...]:
        """The lines whose deviation the row prints: of a pair, both on its second row."""
        if self.style.statement == "pairs":
            return () if row_no % 2 else self.shipped.lines[row_no - 2 : row_no]
        return part.lines[-1:]

    def _amount(self, line: Line, slot: Slot) -> Decimal:
        """The amount in tkr with the marts' sign, as precise as it is printed."""
        amount = self._unrounded(line, slot) * self.report.factor / self.tkr
        return amount.quantize(Decimal(10) ** -self.decimals, ROUND_HALF_UP) * self.tkr

    def _unrounded(self, line: Line, slot: Slot) -> Decimal:
        amounts, share = line.amounts, Decimal(self.period.month) / _MONTHS_OF_A_YEAR
        of_shipped_period = Decimal(self.period.month) / _MONTHS_OF_THE_SHIPPED_PERIOD
        if self.style.signs == RESULTS:
            budget, compared = Decimal(0), amounts["compared"] - amounts["budget"]
        else:
            budget, compared = amounts["budget"], amounts["compared"]
        if self.style.signs == RESULTS or "period" not in amounts:
            period = compared * share
            last_period = period * _LAST_YEAR
        else:
            period = amounts["period"] * of_shipped_period
            last_period = amounts["last_period"] * of_shipped_period
        change = budget / 50
        return {
            Slot.OUTCOME_FULL: compared,
            Slot.FORECAST: compared,
            Slot.PREVIOUS_FORECAST: compared * Decimal("1.02"),
            Slot.OUTCOME_PERIOD: period,
            Slot.OUTCOME_MONTH: period / self.period.month,
            Slot.ROLLING: compared * Decimal("0.98"),
            Slot.BUDGET: budget,
            Slot.BUDGET_REVISED: budget,
            Slot.BUDGET_CHANGE: change,
            Slot.BUDGET_ORIGINAL: budget - change,
            Slot.BUDGET_PERIOD: budget * share,
            Slot.LAST_YEAR_PERIOD: last_period,
            Slot.LAST_YEAR_FULL: self._last_full(amounts, compared),
            Slot.PLAN: budget * Decimal("1.03"),
        }[slot]

    def _last_full(self, amounts: dict[str, Decimal], compared: Decimal) -> Decimal:
        return amounts["last_full"] if "last_full" in amounts and self.style.signs != RESULTS else compared * _LAST_YEAR

    def _turned(self, line: Line, amount: Decimal) -> Decimal:
        return -amount if self.style.signs == POSITIVE and line.role not in NEVER_TURNED else amount

    def _printed(self, tkr: Decimal) -> str:
        number = (tkr / self.tkr).quantize(Decimal(10) ** -self.decimals)
        digits = f"{abs(number):,}".replace(",", " ").replace(".", ",")
        return f"{self.style.minus}{digits}" if number < 0 else digits

    def _expected(self, parts: list[_Part], columns: list[tuple[Heading, int]]) -> Iterator[Expected]:
        slots = {heading.slot for heading, _ in columns}
        for question, later, earlier, is_required in _COMPARISONS:
            before = next((slot for slot in earlier if slot in slots), None)
            if before is None:
                continue
            for col_no, (heading, component) in enumerate(columns, 1):
                if heading.slot is later:
                    yield from self._expected_of_column(parts, col_no, component, question, later, before, is_required)

    def _expected_of_column(
        self,
        parts: list[_Part],
        col_no: int,
        component: int,
        question: str,
        later: Slot,
        before: Slot,
        is_required: bool,
    ) -> Iterator[Expected]:
        for row_no, part in enumerate(parts, 1):
            if part.lines[0].role is Role.HEADING:
                continue
            line = part.lines[component]
            row = Expected(
                question=question,
                place=Place(self.report.document_id, self.table_no, row_no, col_no),
                fiscal_year=self.period.year + (later is Slot.PLAN),
                before_tkr=self._amount(line, before),
                value_tkr=self._amount(line, later),
                is_required=is_required and line.role is not Role.REPEATED_TOTAL,
            )
            yield row
            if self.style.statement == "pairs" and row_no % 2 == 0 and "_vs_" in question:
                income = parts[row_no - 2].lines[0]
                yield replace(
                    row,
                    question=f"{NET} {question}",
                    before_tkr=row.before_tkr + self._amount(income, before),
                    value_tkr=row.value_tkr + self._amount(income, later),
                )
