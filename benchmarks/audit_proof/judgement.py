"""Decides before the audit runs whether a fault can be detected at all, where, and if not, why not."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from benchmarks.audit_proof.faults import Fault
from benchmarks.audit_proof.pages import Page, Place
from benchmarks.audit_proof.relations import History, Relation, Relations


@dataclass(frozen=True)
class Judgement:
    """``places`` are the cells, rows (col_no 0) or table (both 0) where the print reveals it; none has a reason."""

    places: frozenset[Place]
    reason: str

    @property
    def is_detectable(self) -> bool:
        return bool(self.places)


class Judge:
    """Judges faults by the relations of the clean workbooks."""

    def __init__(self, pages: list[Page], relations: Relations) -> None:
        self.pages = {(page.document.document_id, page.table.table_no): page for page in pages}
        self.relations = relations
        self.clean = {page.place(*place): number for page in pages for place, number in page.numbers.items()}

    def judge(self, fault: Fault) -> Judgement:
        page = self.pages[fault.place.document_id, fault.place.table_no]
        table = next(table for table in fault.document.tables if table.table_no == fault.place.table_no)
        changed = Page(fault.document, table)
        match fault.kind:
            case "row duplicated":
                return self._row_duplicated(fault, page)
            case "row dropped":
                return self._row_dropped(fault, page)
            case "tkr and mnkr exchanged":
                return self._unit(fault, page)
            case "target's sign flipped":
                return self._target(fault, page)
            case "header year changed":
                return self._header(fault, page, changed)
            case _:
                return self._numbers(fault, page, changed)

    def _numbers(self, fault: Fault, page: Page, changed: Page) -> Judgement:
        moved = {
            page.place(*place)
            for place in page.numbers.keys() | changed.numbers.keys()
            if page.numbers.get(place) != changed.numbers.get(place)
        }
        values = self.clean | {place: changed.numbers.get((place.row_no, place.col_no)) for place in moved}
        touched = [relation for place in moved for relation in self.relations.by_cell[place]]
        broken = [relation for relation in touched if relation.holds(values) is False]
        if not broken:
            reason = "too small a change for what the figure is set against" if touched else _ALONE
            return Judgement(frozenset(), reason)
        outliers = {relation.cells[0] for relation in broken if isinstance(relation, History)}
        exact = [set(relation.cells) for relation in broken if not isinstance(relation, History)]
        common = set.intersection(*exact) if exact else set()
        if len(moved) > 1:
            common = moved if not common & moved else common
        return Judgement(frozenset(common | (outliers & moved)) or frozenset(moved), "")

    def _row_duplicated(self, fault: Fault, page: Page) -> Judgement:
        """The same label and figures twice in a row; a total that counts the row is wrong too."""
        totals = {relation.cells[0] for relation in self._sums_with(page, fault.place.row_no)}
        return Judgement(frozenset({fault.place, *(_row(total) for total in totals)}), "")

    def _row_dropped(self, fault: Fault, page: Page) -> Judgement:
        row_no = fault.place.row_no
        broken = [
            relation
            for relation in self._sums_with(page, row_no)
            if relation.cells[0].row_no != row_no
            and not relation.holds({place: number for place, number in self.clean.items() if place.row_no != row_no})
        ]
        if broken:
            return Judgement(frozenset(_row(relation.cells[0]) for relation in broken), "")
        return Judgement(frozenset(), "the row is part of no sum")

    def _sums_with(self, page: Page, row_no: int) -> list[Relation]:
        places = [page.place(row_no, column) for column in page.columns]
        sums = [relation for place in places for relation in self.relations.by_cell[place]]
        return [relation for relation in sums if getattr(relation, "kind", "") == "sum"]

    def _unit(self, fault: Fault, page: Page) -> Judgement:
        """Another table with a stated unit prints one of the lines at the same size, or a figure or total of it."""
        if any(self._is_tied_to_another_unit(page, place) for place in page.numbers):
            return Judgement(frozenset({fault.place}), "")
        sizes = _sizes(page)
        for other in self.pages.values():
            if other is page or other.document.municipality != page.document.municipality:
                continue
            for subject, size in _sizes(other).items():
                if subject in sizes and size / 5 < sizes[subject] < size * 5:
                    return Judgement(frozenset({fault.place}), "")
        return Judgement(frozenset(), "no other table with a unit prints one of its lines")

    def _is_tied_to_another_unit(self, page: Page, cell: tuple[int, int]) -> bool:
        tied = {
            (place.document_id, place.table_no)
            for relation in self.relations.by_cell[page.place(*cell)]
            for place in relation.cells
        }
        return any(self.pages[key] is not page and self.pages[key].money_factor is not None for key in tied)

    def _target(self, fault: Fault, page: Page) -> Judgement:
        """The same measure has a target with the same sign in another year or report."""
        sign = page.targets[fault.place.row_no, fault.place.col_no][0]
        subject = page.subject(fault.place.row_no)
        places = {
            other.place(*place)
            for other in self.pages.values()
            if other.document.municipality == page.document.municipality
            for place, (other_sign, _) in other.targets.items()
            if other_sign == sign and other.subject(place[0]) == subject
        }
        if subject and len(places) > 1:
            return Judgement(frozenset({fault.place}), "")
        return Judgement(frozenset(), "the measure has no other target to compare with")

    def _header(self, fault: Fault, page: Page, changed: Page) -> Judgement:
        column = fault.place.col_no
        heading = changed.heading(column)
        headers = [changed.header(other) for other in changed.columns]
        if len(set(headers)) < len({page.header(other) for other in page.columns}):
            return Judgement(frozenset({fault.place}), "")
        if heading is None:
            return Judgement(frozenset(), "the header names a difference, whose years are in other headers")
        if heading.kind == "outcome" and heading.year > int(page.document.information_date[:4]):
            return Judgement(frozenset({fault.place}), "")
        if self._breaks_a_run_of_years(page, changed, column) or self._parts_a_difference(page, changed, column):
            return Judgement(frozenset({fault.place}), "")
        if self._is_printed_otherwise(changed, column):
            return Judgement(frozenset({fault.place}), "")
        return Judgement(frozenset(), "no other header or printing says which year it is")

    def _breaks_a_run_of_years(self, page: Page, changed: Page, column: int) -> bool:
        kind = page.heading(column)
        like = [
            other for other in page.columns if (heading := page.heading(other)) and kind and heading.kind == kind.kind
        ]
        before = [page.heading(other).year for other in like]  # type: ignore[union-attr]
        after = [heading.year for other in like if (heading := changed.heading(other))]
        return len(like) > 2 and _steps(before) in ({1}, {-1}) and _steps(after) != _steps(before)

    def _parts_a_difference(self, page: Page, changed: Page, column: int) -> bool:
        """A deviation from budget is between figures of one year."""
        for row_no in page.row_numbers:
            for relation in self.relations.by_cell[page.place(row_no, column)]:
                if getattr(relation, "kind", "") != "difference":
                    continue
                columns = [place.col_no for place in relation.cells[1:]]
                kinds = {heading.kind for other in columns if (heading := page.heading(other))}
                if "budget" in kinds and len({changed.heading(other).year for other in columns}) > 1:  # type: ignore[union-attr]
                    return True
        return False

    def _is_printed_otherwise(self, changed: Page, column: int) -> bool:
        """Whether, for the wrong year, another table prints another figure for the same subject."""
        heading = changed.heading(column)
        for other in self.pages.values():
            if other.document.municipality != changed.document.municipality or other.table is changed.table:
                continue
            columns = [number for number in other.columns if other.heading(number) == heading]
            for row_no in changed.row_numbers:
                mine = changed.numbers.get((row_no, column))
                for other_row in other.row_numbers:
                    if mine and changed.subject(row_no) and changed.subject(row_no) == other.subject(other_row):
                        theirs = [number for number in columns if (other_row, number) in other.numbers]
                        if any(other.numbers[other_row, number].value != mine.value for number in theirs):
                            return True
        return False


_ALONE = "the figure is part of no sum, difference, product, series or other printing"


def _row(place: Place) -> Place:
    return Place(place.document_id, place.table_no, place.row_no, 0)


def _steps(years: list[int]) -> set[int]:
    return {later - earlier for earlier, later in pairwise(years)}


def _sizes(page: Page) -> dict[str, Decimal]:
    """The largest amount of each line of a table of money, in tkr."""
    sizes: dict[str, Decimal] = {}
    if page.money_factor is not None:
        for (row_no, column), number in page.numbers.items():
            if page.subject(row_no) and not page.is_difference(column):
                size = abs(number.value) * page.money_factor
                sizes[page.subject(row_no)] = max(size, sizes.get(page.subject(row_no), Decimal(0)))
    return {subject: size for subject, size in sizes.items() if size}
