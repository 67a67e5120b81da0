"""One warehouse of made-up reports, and what its marts say of them."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from ingest.workbook.writer import write_workbook
from tests.support.made_up_meaning.report import (
    BUDGET_CHANGE,
    FORECAST_CHANGE,
    NET,
    OUTCOME_CHANGE,
    MadeUpReport,
    Place,
)

PROJECT = Path(__file__).resolve().parents[2]
_QUESTIONS = {"outcome": OUTCOME_CHANGE, "forecast": FORECAST_CHANGE, "budget": BUDGET_CHANGE, "plan": BUDGET_CHANGE}
_DEVIATIONS = """
    select
        figures.document_id, figures.table_no, figures.row_no, figures.col_no,
        deviations.comparison, deviations.fiscal_year, deviations.budget_tkr, deviations.compared_tkr,
        'tkr', list_filter([deviations.compared_figure_id, deviations.budget_figure_id], id -> id is not null)
    from marts.budget_deviations as deviations
    inner join marts.reported_figures as figures on deviations.compared_figure_id = figures.figure_id
    where deviations.is_latest
"""
_CHANGES = """
    select
        figures.document_id, figures.table_no, figures.row_no, figures.col_no,
        changes.value_kind, changes.fiscal_year, changes.previous_value, changes.value,
        changes.unit, list_filter([changes.figure_id, changes.previous_figure_id], id -> id is not null)
    from marts.year_over_year_changes as changes
    inner join marts.reported_figures as figures on changes.figure_id = figures.figure_id
    where changes.previous_value is not null
"""
# The net of an income row and a cost row, placed at the later row in the column of the compared figures.
_DERIVED_DEVIATIONS = """
    with
        derived as (
            select deviations.*, sources.figure_id as input_figure_id
            from marts.budget_deviations as deviations
            inner join marts.figure_sources as sources on deviations.row_id = sources.row_id
            where deviations.compared_figure_id is null and deviations.is_latest and sources.role = 'input'
        )
    select
        figures.document_id, figures.table_no, max(figures.row_no), max(figures.col_no),
        derived.comparison, derived.fiscal_year, derived.budget_tkr, derived.compared_tkr,
        'tkr', list(derived.input_figure_id order by derived.input_figure_id)
    from derived
    inner join
        marts.reported_figures as figures
        on derived.input_figure_id = figures.figure_id
        and derived.comparison like figures.value_kind || '%'
    group by all
"""
_FINDINGS = """
    select rule, document_id, table_no, row_no, col_no
    from marts.audit_findings
    where severity in ('error', 'needs_a_look') and status = 'open'
"""


_GOALS = """
    select figures.document_id, figures.table_no, figures.row_no, goals.target_value, goals.value, goals.status
    from marts.goal_fulfilment as goals
    inner join marts.reported_figures as figures on goals.target_figure_id = figures.figure_id
"""


@dataclass(frozen=True)
class Answer:
    """A row of an answering mart: the printed figure that it is about, and its figures in tkr."""

    question: str
    place: Place
    fiscal_year: int
    before: Decimal
    value: Decimal
    unit: str
    figure_ids: tuple[str, ...]


@dataclass(frozen=True)
class ReadColumn:
    """What the warehouse took a column for: the kind, year, period and unit of most of its figures."""

    value_kind: str
    fiscal_year: int | None
    period_basis: str | None
    unit: str | None

    def __str__(self) -> str:
        return f"{self.value_kind} {self.fiscal_year or ''} {self.period_basis or ''} [{self.unit or 'no unit'}]"


class MeaningWarehouse:
    """What the marts of a database say, in the terms of the proof."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    @classmethod
    def opened(cls, database: Path) -> "MeaningWarehouse":
        """A database that has the marts, read-only."""
        return cls(duckdb.connect(str(database), read_only=True))

    @classmethod
    def built(cls, reports: Iterable[MadeUpReport], folder: Path) -> "MeaningWarehouse":
        """Write the reports as review workbooks, load them and build all models, in a folder of their own."""
        (folder / "reports").mkdir(parents=True)
        for report in reports:
            write_workbook(report.document, folder / "reports" / f"{report.document.document_id}.xlsx")
        database = folder / "work/build/warehouse.duckdb"
        settings = {"KOMMUNLAGER_DATA": folder, "KOMMUNLAGER_WORK": folder / "work", "KOMMUNLAGER_DATABASE": database}
        environment = {**os.environ, **{name: str(value) for name, value in settings.items()}}
        _run(environment, "from kommunlager.cli import main; main()", "ingest")
        # The tests of the models are for real reports, and would stop the proof where the models are wrong.
        for verb in ("seed", "run"):
            places = ("--target-path", str(folder / "dbt"), "--log-path", str(folder / "dbt"))
            _run(environment, "from dbt.cli.main import cli; cli()", "--quiet", verb, *places)
        return cls.opened(database)

    def answers(self) -> list[Answer]:
        deviations = [_answer(row, row[4]) for row in self.connection.execute(_DEVIATIONS).fetchall()]
        changes = [_answer(row, _QUESTIONS.get(row[4], row[4])) for row in self.connection.execute(_CHANGES).fetchall()]
        rows = self.connection.execute(_DERIVED_DEVIATIONS).fetchall()
        return deviations + changes + [_answer(row, f"{NET} {row[4]}") for row in rows]

    def goals(self) -> dict[tuple[str, int, int], tuple[Decimal, Decimal, str]]:
        """Target, value and status of each goal, by document, table and row."""
        return {(row[0], row[1], row[2]): row[3:] for row in self.connection.execute(_GOALS).fetchall()}

    def findings(self) -> dict[tuple[str, int], list[tuple[str, int | None, int | None]]]:
        """Rule, row and column of the findings that a person should look at, by document and table."""
        findings = defaultdict(list)
        for rule, document_id, table_no, row_no, col_no in self.connection.execute(_FINDINGS).fetchall():
            findings[document_id, table_no].append((rule, row_no, col_no))
        return findings

    def assumed_figures(self) -> set[str]:
        """The figures whose meaning rests on an assumption, by the columns that say so."""
        columns = self.connection.execute("select column_name from (describe marts.reported_figures)").fetchall()
        sources = [name for (name,) in columns if name.endswith("_source")]
        if not sources:
            return set()
        tests = " or ".join(f"{name} = 'assumed'" for name in sources)
        rows = self.connection.execute(f"select figure_id from marts.reported_figures where {tests}").fetchall()
        return {figure_id for (figure_id,) in rows}

    def read_columns(self) -> dict[tuple[str, int, int], ReadColumn]:
        rows = self.connection.execute("""
            select
                document_id, table_no, col_no,
                mode(value_kind order by figure_id), mode(fiscal_year order by figure_id),
                mode(period_basis order by figure_id), mode(unit order by figure_id)
            from marts.reported_figures
            group by document_id, table_no, col_no
        """).fetchall()
        return {(row[0], row[1], row[2]): ReadColumn(*row[3:]) for row in rows}


def _run(environment: dict[str, str], code: str, *words: str) -> None:
    command = [sys.executable, "-c", code, *words]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=sys.stderr)


def _answer(row: tuple, question: str) -> Answer:
    return Answer(question, Place(*row[:4]), row[5], row[6], row[7], row[8], tuple(row[9] or ()))
