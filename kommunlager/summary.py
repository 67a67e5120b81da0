"""What a person wants to read after a run: how much is there, and two or three real answers."""

from pathlib import Path

import duckdb

_COUNTS = """
    select
        (select count(*) from marts.documents) as documents,
        (select sum(table_count) from marts.documents) as tables,
        (select count(*) from marts.reported_figures) as figures,
        (select count(*) from marts.key_figures) as key_figures,
        (select count(*) from marts.audit_findings where severity = 'error' and status = 'open') as errors,
        (select count(*) from marts.audit_findings where status = 'corrected') as corrected,
        (select count(*) from marts.audit_findings where severity = 'unmapped') as unmapped
"""
_FURTHEST_BELOW_BUDGET = """
    select municipality || ', ' || headline_sv
    from marts.budget_deviations
    where is_headline and is_latest and not is_favourable
    order by as_of_date desc, deviation_pct
    limit 1
"""
_GOALS = """
    select
        municipality || ': ' || count(*) filter (where status = 'met') || ' av ' || count(*) || ' mål för '
        || target_year || ' '
        || any_value(case when value_kind = 'forecast' then 'väntas uppfyllas' else 'är uppfyllda' end)
    from marts.goal_fulfilment
    where goal_kind = 'target' and is_latest and status <> 'not_assessable' and (is_final or value_kind = 'forecast')
    group by municipality, target_year, value_kind = 'forecast'
    order by target_year desc, municipality
    limit 1
"""
_ERROR = """
    select municipality || ', ' || table_title || ', ' || row_label || ': ' || message_sv
    from marts.audit_findings
    where severity = 'error' and status = 'open'
    order by abs(difference) desc nulls last
    limit 1
"""


def summarise(database: Path) -> list[str]:
    """The summary's lines, read from a published file."""
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute(_COUNTS).fetchone() or ()
        documents, tables, figures, key_figures, errors, corrected, unmapped = (int(number or 0) for number in row)
        answers = [connection.execute(query).fetchone() for query in (_FURTHEST_BELOW_BUDGET, _GOALS, _ERROR)]
    return [
        f"{documents} documents, {tables} tables, {figures} figures, {key_figures} key figures",
        f"{errors} open errors in print, {corrected} corrected, {unmapped} labels or headers unmapped",
        *(f"  {answer[0]}" for answer in answers if answer),
    ]
