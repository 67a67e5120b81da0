"""Typical questions about reports, asked of the published file."""

from pathlib import Path

import duckdb

from benchmarks.asking import Answered, ask

_ROUNDS = 40
_COMMITTEES = """
    select municipality_code, committee, max(fiscal_year) as fiscal_year, min(line_code) as line
    from marts.budget_deviations
    where is_current
    group by all
    order by all
"""
_OF_THE_COMMITTEE = "municipality_code = $municipality_code and committee = $committee"
_QUESTIONS = {
    "how far a committee is from its budget": (
        "select line_label, activity_code, budget_tkr, compared_tkr, deviation_tkr from marts.budget_deviations"
        f" where {_OF_THE_COMMITTEE} and fiscal_year = $fiscal_year and is_current"
    ),
    "what changed since last year": (
        "select subject_label, fiscal_year, value, change from marts.year_over_year_changes"
        f" where {_OF_THE_COMMITTEE} order by abs(change) desc limit 20"
    ),
    "which goals a committee meets": (
        f"select goal_label, target_value, value, status from marts.goal_fulfilment where {_OF_THE_COMMITTEE}"
    ),
    "a line over the years": (
        "select period_end, value from marts.series"
        f" where {_OF_THE_COMMITTEE} and subject_code = $line order by period_end"
    ),
    "the headlines of all committees": (
        "select municipality, committee, deviation_tkr from marts.budget_deviations"
        " where fiscal_year = $fiscal_year and is_current and is_headline"
    ),
    "which printed figures all headlines rest on": (
        "select deviations.line_label, sources.role_sv, figures.section, figures.row_label, figures.column_header,"
        " figures.raw_text from marts.budget_deviations as deviations"
        " inner join marts.figure_sources as sources"
        " on deviations.row_id = sources.row_id and sources.mart = 'budget_deviations'"
        " inner join marts.reported_figures as figures on sources.figure_id = figures.figure_id"
        " where deviations.is_headline"
    ),
    "what the audit says of a committee": (
        f"select rule, severity, message_sv from marts.audit_findings where {_OF_THE_COMMITTEE}"
    ),
}


def ask_about_reports(warehouse: Path) -> list[Answered]:
    """Ask each question 40 times, each time about another committee."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(_COMMITTEES)
        names = [column[0] for column in found.description]
        committees = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
        rounds = [committees[number * 7 % len(committees)] for number in range(_ROUNDS)]
        return [ask(connection, question, query, rounds) for question, query in _QUESTIONS.items()]
