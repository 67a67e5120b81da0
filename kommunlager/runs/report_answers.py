"""How much each report contributes to the answers, and what to do about one that contributes nothing."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from kommunlager.duckdb_files import connect
from kommunlager.publishing.releases import Release

_SHOWN = 3
_ANSWERS = f"""
    with
        budget_rows as (select document_id, count(*) as rows from marts.budget_deviations group by document_id),
        goals as (select document_id, count(*) as rows from marts.goal_fulfilment group by document_id),
        changes as (select document_id, count(*) as rows from marts.year_over_year_changes group by document_id),
        budgets as (
            select document_id, count(*) as rows
            from marts.reported_figures
            where value_kind in ('budget', 'period_budget')
            group by document_id
        ),
        unknown_columns as (
            select distinct document_id, table_no, col_no, column_header
            from marts.reported_figures
            where value_kind = 'text' and value is not null and column_header <> ''
        ),
        unknown_headers as (
            select document_id, list(distinct column_header order by column_header)[:{_SHOWN}] as headers
            from unknown_columns
            group by document_id
        ),
        without_unit as (
            select document_id, list(distinct table_no order by table_no) as table_numbers
            from marts.audit_findings
            where rule in ('unit_not_stated', 'unit_not_known')
            group by document_id
        )
    select
        documents.document_id,
        documents.table_count as tables,
        coalesce(budget_rows.rows, 0) as budget_rows,
        coalesce(goals.rows, 0) as goals,
        coalesce(changes.rows, 0) as changes,
        coalesce(budgets.rows, 0) > 0 as prints_budget,
        coalesce(unknown_headers.headers, []) as unknown_headers,
        coalesce(without_unit.table_numbers, []) as tables_without_unit
    from marts.documents
    left join budget_rows on documents.document_id = budget_rows.document_id
    left join goals on documents.document_id = goals.document_id
    left join changes on documents.document_id = changes.document_id
    left join budgets on documents.document_id = budgets.document_id
    left join unknown_headers on documents.document_id = unknown_headers.document_id
    left join without_unit on documents.document_id = without_unit.document_id
    where documents.table_count > 0
    order by documents.document_id
"""


_MOST_LINES = 20


@dataclass(frozen=True)
class ReportAnswers:
    """The number of rows that a report has in the answering marts, and what may keep others out of them."""

    document_id: str
    tables: int
    budget_rows: int
    goals: int
    changes: int
    prints_budget: bool
    unknown_headers: list[str]
    tables_without_unit: list[int]

    @property
    def lacks_answers(self) -> bool:
        """Whether the report has no answers at all, or prints a budget that nothing is compared with."""
        return not (self.budget_rows or self.goals or self.changes) or (self.prints_budget and not self.budget_rows)

    def counts(self) -> dict[str, str | int | bool]:
        """What the record of the run keeps of it."""
        return {
            "document_id": self.document_id,
            "budget_rows": self.budget_rows,
            "goals": self.goals,
            "changes": self.changes,
            "lacks_answers": self.lacks_answers,
        }

    def line(self) -> str:
        """The counts in words."""
        counts = ", ".join(
            (
                _counted(self.budget_rows, "budget row"),
                _counted(self.goals, "goal"),
                _counted(self.changes, "change"),
            )
        )
        return f"{self.document_id}: {counts}"

    def warning(self) -> str:
        """What is missing, and what a person can do about it."""
        missing = "no budget rows" if self.goals or self.changes else "no budget rows, goals or changes"
        return f"WARNING: {self.document_id} gave {missing} from {_counted(self.tables, 'table')}. {self._remedy()}"

    def _remedy(self) -> str:
        steps = []
        if self.tables_without_unit:
            tables = ", ".join(map(str, self.tables_without_unit))
            steps.append(f"state the unit on the sheets of its workbook (table {tables})")
        if self.unknown_headers:
            headers = ", ".join(f"`{header}`" for header in self.unknown_headers)
            steps.append(f"add the column headers to seeds/header_patterns.csv ({headers})")
        steps.append("map its labels (`kommunlager map`)")
        first, *others = steps
        return "; ".join([first[0].upper() + first[1:], *others]) + "."


def answers_of_reports(release: Release) -> list[ReportAnswers]:
    """The answers of every report of a release that has tables."""
    with connect(release.warehouse, read_only=True) as connection:
        return read_answers(connection)


def read_answers(connection: duckdb.DuckDBPyConnection) -> list[ReportAnswers]:
    """The answers of every report that has tables, in a database with the marts."""
    found = connection.execute(_ANSWERS)
    names = [column[0] for column in found.description or ()]
    return [ReportAnswers(**dict(zip(names, row, strict=True))) for row in found.fetchall()]


def lines_about(answers: Collection[ReportAnswers]) -> list[str]:
    """A line for each report, then the warnings about those that lack answers; of many, the first and a count."""
    lacking = [report.warning() for report in answers if report.lacks_answers]
    return [*_first([report.line() for report in answers], "reports"), *_first(lacking, "such warnings")]


def _first(lines: list[str], what: str) -> list[str]:
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else [*lines[:_MOST_LINES], f"and {more} more {what}"]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
