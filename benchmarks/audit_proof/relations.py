"""What the print itself says about its figures: sums, differences, products, repeated figures, series.

A relation is used if it holds in the clean workbooks. Nothing here knows how the audit looks for errors.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from benchmarks.audit_proof.pages import Page, Place
from benchmarks.audit_proof.print_numbers import Printed

Values = Mapping[Place, Printed | None]
_TOTAL = re.compile(r"summa|total|netto|resultat|verksamhetens kostnader|huvudverksamhet", re.IGNORECASE)
_OF_WHICH = re.compile(r"\bvarav\b", re.IGNORECASE)
_ENOUGH = Decimal("0.8")
_UNMISTAKABLE = 5


@dataclass(frozen=True)
class Relation:
    """Cells whose figures must agree."""

    cells: tuple[Place, ...]

    def holds(self, values: Values) -> bool | None:
        """Whether the figures agree; None if one is missing."""
        raise NotImplementedError


@dataclass(frozen=True)
class LinearRelation(Relation):
    """A weighted sum of cells that is zero except for rounding."""

    weights: tuple[Decimal, ...]
    kind: str
    missing_is_zero: bool = False

    def holds(self, values: Values) -> bool | None:
        numbers = [values.get(place) for place in self.cells]
        if None in numbers and not self.missing_is_zero:
            return None
        terms = [(weight, number) for weight, number in zip(self.weights, numbers, strict=True) if number]
        left = abs(sum((weight * number.value for weight, number in terms), Decimal(0)))
        return left <= sum((abs(weight) * number.half_unit for weight, number in terms), Decimal(0))


@dataclass(frozen=True)
class UnsignedDifference(Relation):
    """For a column of differences with varying direction, only the size is known."""

    kind: str = "difference"

    def holds(self, values: Values) -> bool | None:
        difference, first, second = (values.get(place) for place in self.cells)
        if not (difference and first and second):
            return None
        left = abs(abs(first.value - second.value) - abs(difference.value))
        return left <= difference.half_unit + first.half_unit + second.half_unit


@dataclass(frozen=True)
class Product(Relation):
    """A figure that is the product of two others, such as a risk value."""

    kind: str = "product"

    def holds(self, values: Values) -> bool | None:
        product, first, second = (values.get(place) for place in self.cells)
        if not (product and first and second):
            return None
        return product.value == first.value * second.value


@dataclass(frozen=True)
class History(Relation):
    """A figure among similar ones in its row: one sign, and a size near theirs. The first cell is the one judged."""

    kind: str = "series"
    spread: Decimal = Decimal(3)
    outlier: Decimal = Decimal(5)

    def holds(self, values: Values) -> bool | None:
        judged, *others = (values.get(place) for place in self.cells)
        known = [number.value for number in others if number and number.value]
        if judged is None or not judged.value or len(known) < 2:
            return None
        sizes = [abs(value) for value in known]
        if max(sizes) > self.spread * min(sizes) or len({value > 0 for value in known}) > 1:
            return None
        same_sign = (judged.value > 0) == (known[0] > 0)
        return same_sign and min(sizes) / self.outlier <= abs(judged.value) <= max(sizes) * self.outlier


@dataclass
class Relations:
    """All relations of the clean workbooks, by cell."""

    by_cell: dict[Place, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[Place, list[Relation]] = field(default_factory=lambda: defaultdict(list))

    def add(self, relations: Iterable[Relation]) -> None:
        for relation in relations:
            for place in relation.cells if not isinstance(relation, History) else relation.cells[:1]:
                self.by_cell[place].append(relation)
            if getattr(relation, "kind", "") == "sum":
                self.totals[relation.cells[0]].append(relation)


def find_relations(pages: list[Page]) -> Relations:
    """Every relation that holds in the clean pages."""
    values = {page.place(*place): number for page in pages for place, number in page.numbers.items()}
    relations = Relations()
    for alike in _pages_alike(pages):
        relations.add(_column_relations(alike, values))
    for page in pages:
        relations.add(_sums(page))
        relations.add(_pairs(page))
        relations.add(_histories(page, values))
    relations.add(_printed_again(pages))
    relations.add(_totals_in_other_tables(pages))
    return relations


def _pages_alike(pages: list[Page]) -> list[list[Page]]:
    """Tables of one report with the same headers, which support each other."""
    groups = defaultdict(list)
    for page in pages:
        groups[page.document.document_id, tuple(column.header for column in page.table.columns)].append(page)
    return list(groups.values())


def _column_relations(pages: list[Page], values: Values) -> Iterator[Relation]:
    """Columns of which one is the difference, the sum or the product of two others in almost every row."""
    first = pages[0]
    for target in first.columns:
        candidates = []
        for left, right in combinations([column for column in first.columns if column != target], 2):
            if first.is_difference(left) or first.is_difference(right):
                continue
            rows = [
                tuple(page.place(row_no, column) for column in (target, left, right))
                for page in pages
                for row_no in page.row_numbers
                if all((row_no, column) in page.numbers for column in (target, left, right))
            ]
            candidates += _fitting(rows, values, first.is_difference(target), len(pages))
        yield from max(candidates, key=len, default=[])


def _fitting(
    rows: list[tuple[Place, ...]], values: Values, is_difference: bool, tables: int
) -> Iterator[list[Relation]]:
    one, minus = Decimal(1), Decimal(-1)
    ways = [[LinearRelation(cells, (minus, one, minus), "difference") for cells in rows]]
    ways.append([LinearRelation(cells, (one, one, minus), "difference") for cells in rows])
    ways.append([UnsignedDifference(cells) for cells in rows])
    if not is_difference:
        ways = [[LinearRelation(cells, (minus, one, one), "sum across") for cells in rows]]
        ways.append([Product(cells) for cells in rows])
    for way in ways:
        telling = [relation for relation in way if _tells(relation, values)]
        holding = [relation for relation in telling if relation.holds(values)]
        needed = 1 if is_difference else 3
        if len(holding) >= needed and len(holding) >= _ENOUGH * len(telling):
            yield [relation for relation in way if relation.holds(values)]


def _tells(relation: Relation, values: Values) -> bool:
    """Whether the values are evidence: zeros and ones agree by accident."""
    numbers = [values[place] for place in relation.cells]
    return all(number and number.value for number in numbers[:2])


def _sums(page: Page) -> Iterator[Relation]:
    """Rows that are the sum of the rows above or below them, sub-totals counted once."""
    parts_of: dict[int, list[int]] = {}
    for total in page.row_numbers:
        best: list[Relation] = []
        best_parts: list[int] = []
        for parts in _runs(page, total, parts_of):
            relations = _sum_relations(page, total, parts)
            if len(relations) > len(best):
                best, best_parts = relations, parts
        if best:
            parts_of[total] = best_parts
            yield from best
        elif _TOTAL.search(page.label(total)) and _repeats_the_row_above(page, total):
            yield from _repeated_row(page, total)


def _repeated_row(page: Page, row_no: int) -> Iterator[Relation]:
    for column in page.columns:
        if (row_no, column) in page.numbers:
            places = (page.place(row_no, column), page.place(row_no - 1, column))
            yield LinearRelation(places, (Decimal(-1), Decimal(1)), "sum")


def _runs(page: Page, total: int, parts_of: dict[int, list[int]]) -> Iterator[list[int]]:
    """Runs of rows that end above or begin below the total, without nested parts, `varav` rows and headings."""
    rows = [row_no for row_no in page.row_numbers if any((row_no, column) in page.numbers for column in page.columns)]
    rows = [row_no for row_no in rows if not _OF_WHICH.search(page.label(row_no))]
    nested = {part for parts in parts_of.values() for part in parts}
    nested |= {row_no for row_no in rows if _repeats_the_row_above(page, row_no)}
    last_word = page.label(total).split()[-1:]
    for kept in (
        rows,
        [row_no for row_no in rows if row_no not in nested],
        [row_no for row_no in rows if row_no not in parts_of],
        [row_no for row_no in rows if page.label(row_no).split()[-1:] == last_word],
    ):
        above = [row_no for row_no in kept if row_no < total]
        below = [row_no for row_no in kept if row_no > total]
        yield from (above[start:] for start in range(len(above) - 1))
        yield from (below[:end] for end in range(2, len(below) + 1))


def _repeats_the_row_above(page: Page, row_no: int) -> bool:
    """A group of one part, or a total of one row."""
    figures = [[page.numbers.get((row, column)) for column in page.columns] for row in (row_no - 1, row_no)]
    return figures[0] == figures[1] and any(number and number.value for number in figures[1])


def _sum_relations(page: Page, total: int, parts: list[int]) -> list[Relation]:
    """The columns where the total is the sum, if they are enough to be convincing."""
    relations: list[Relation] = []
    agreeing = conclusive = 0
    for column in page.columns:
        whole = page.numbers.get((total, column))
        numbers = [page.numbers.get((part, column)) for part in parts]
        if whole is None or sum(1 for number in numbers if number) < 2:
            continue
        places = (page.place(total, column), *(page.place(part, column) for part in parts))
        weights = (Decimal(-1), *(Decimal(1) for _ in parts))
        relation = LinearRelation(places, weights, "sum", missing_is_zero=True)
        is_conclusive = whole.value != 0 and sum(1 for number in numbers if number and number.value) >= 2
        conclusive += is_conclusive
        if relation.holds({page.place(row, column): page.numbers.get((row, column)) for row in (total, *parts)}):
            relations.append(relation)
            agreeing += is_conclusive
    needed = 1 if _TOTAL.search(page.label(total)) else 2
    return relations if agreeing >= needed and agreeing >= _ENOUGH * conclusive else []


def _histories(page: Page, values: Values) -> Iterator[Relation]:
    like = [column for column in page.columns if page.heading(column) and page.heading(column).kind != "target"]  # type: ignore[union-attr]
    for row_no in page.row_numbers:
        places = [page.place(row_no, column) for column in like if (row_no, column) in page.numbers]
        for judged in places:
            history = History((judged, *(place for place in places if place != judged)))
            if history.holds(values):
                yield history


def _pairs(page: Page) -> Iterator[Relation]:
    """Income and cost of an activity in two rows, with one difference for both."""
    differences = [column for column in page.columns if page.is_difference(column)]
    for row_no in page.row_numbers[:-1]:
        if not (page.label(row_no).endswith("Intäkt") and page.label(row_no + 1).endswith("Kostnad")):
            continue
        for difference in differences:
            rest = [column for column in page.columns if column != difference]
            for first, second in combinations(rest, 2):
                yield from _pair_relations(page, row_no, (difference, first, second))


def _pair_relations(page: Page, row_no: int, columns: tuple[int, int, int]) -> Iterator[Relation]:
    difference, first, second = columns
    cells = [(row, column) for column in (first, second) for row in (row_no, row_no + 1)]
    printed = [cell for cell in ((row_no, difference), (row_no + 1, difference)) if cell in page.numbers]
    if len(printed) == 1 and all(cell in page.numbers for cell in cells):
        weights = tuple(Decimal(weight) for weight in (-1, 1, 1, -1, -1))
        relation = LinearRelation(tuple(page.place(*cell) for cell in (*printed, *cells)), weights, "difference")
        if relation.holds({page.place(*cell): page.numbers[cell] for cell in (*printed, *cells)}):
            yield relation


def _printed_again(pages: list[Page]) -> Iterator[Relation]:
    """One figure in two places: the same subject, kind and period, or so many digits that it must be the same."""
    for found in [*_by_subject(pages).values(), *_by_figure(pages).values()]:
        for (place, number, factor), (other, again, other_factor) in combinations(found, 2):
            sign = 1 if (number.value > 0) == (again.value > 0) else -1
            relation = LinearRelation((place, other), (factor, -sign * other_factor), "printed again")
            if relation.holds({place: number, other: again}) and number.value and again.value:
                yield relation


_Printings = dict[tuple[object, ...], list[tuple[Place, Printed, Decimal]]]


def _by_subject(pages: list[Page]) -> _Printings:
    printings: _Printings = defaultdict(list)
    for page in pages:
        for (row_no, column), number in page.numbers.items():
            heading = page.heading(column)
            if heading and page.subject(row_no):
                key = (page.document.municipality, page.document.committee, page.subject(row_no), heading)
                printings[key].append((page.place(row_no, column), number, page.money_factor or Decimal(1)))
    return printings


def _by_figure(pages: list[Page]) -> _Printings:
    printings: _Printings = defaultdict(list)
    for page in pages:
        for (row_no, column), number in page.numbers.items():
            if len(number.value.as_tuple().digits) >= _UNMISTAKABLE:
                heading = page.heading(column) or page.is_difference(column)
                key = (page.document.document_id, heading, abs(number.value))
                printings[key].append((page.place(row_no, column), number, Decimal(1)))
    return printings


def _totals_in_other_tables(pages: list[Page]) -> Iterator[Relation]:
    """All rows of a table add up to a figure that another table of the report prints."""
    for page in pages:
        for other in pages:
            if other.document is page.document and other is not page:
                for column in page.columns:
                    yield from _total_elsewhere(page, column, other)


def _total_elsewhere(page: Page, column: int, other: Page) -> Iterator[Relation]:
    parts = [(row_no, number) for (row_no, in_column), number in page.numbers.items() if in_column == column]
    added = sum((number.value for _, number in parts), Decimal(0))
    if len(parts) < 3 or len(added.as_tuple().digits) < _UNMISTAKABLE - 1:
        return
    for (row_no, other_column), number in other.numbers.items():
        alike = other.heading(other_column) == page.heading(column)
        if alike and abs(number.value) == abs(added):
            sign = 1 if (number.value > 0) == (added > 0) else -1
            cells = (other.place(row_no, other_column), *(page.place(part, column) for part, _ in parts))
            yield LinearRelation(cells, (Decimal(-sign), *(Decimal(1) for _ in parts)), "sum", missing_is_zero=True)
