"""The summary of a run, suitable for mail: how it ended, what it did, and what is published now."""

from pathlib import Path

import duckdb

from ingest.files.whole import replace_text
from kommunlager.duckdb_files import connect
from kommunlager.installation import Installation
from kommunlager.publishing.releases import published_release
from kommunlager.runs.output import clean
from kommunlager.runs.record import STEP_WIDTH, RunRecord, new_record, run_folder
from kommunlager.runs.report_answers import read_answers
from kommunlager.swedish import read_goal_scores, score_in_words

_COUNTS = """
    select
        (select count(*) from marts.documents where table_count > 0) as documents,
        (select sum(table_count) from marts.documents) as tables,
        (select count(*) from marts.reported_figures) as figures,
        (select count(*) from marts.key_figures) as key_figures,
        (select count(*) from marts.audit_findings where severity = 'error' and status = 'open') as errors,
        (select count(*) from marts.audit_findings where severity = 'needs_a_look' and status = 'open') as to_look_at,
        (select count(*) from marts.audit_findings where status = 'corrected') as corrected,
        (select count(*) from marts.audit_findings where severity = 'unmapped') as unmapped
"""
_FURTHEST_BELOW_BUDGET = """
    select municipality || ', ' || headline_sv
    from marts.budget_deviations
    where is_headline and is_current and answer_to = 'year_end' and not is_favourable
    order by as_of_date desc, deviation_pct
    limit 1
"""
_ERRORS = """
    select concat_ws(', ', municipality, table_title, row_label) || ': ' || message_sv
    from marts.audit_findings
    where severity = 'error' and status = 'open'
    order by finding_id
    limit 3
"""
_KILLED = (
    "The run was killed before it could end: by the system for lack of memory, by a time limit, or by a loss of power."
    " What is published is complete, and the next run needs no help."
    " (If the run is still in progress, it was not killed: this text is replaced when it ends.)"
)
_KNOWS_SET_ASIDE = """
    select 1 from duckdb_columns() where table_name = 'data_coverage' and column_name = 'set_aside_file'
"""
_SET_ASIDE = """
    with aside as (
        select distinct set_aside_file, set_aside_reason, has_earlier_version
        from marts.data_coverage
        where set_aside_file is not null
    )
    select
        'set aside: ' || if(starts_with(set_aside_reason, set_aside_file), '', set_aside_file || ': ')
        || set_aside_reason
        || if(has_earlier_version, ' Its earlier version is used.', ' There is no earlier version of it.')
    from aside
    order by set_aside_file
"""

_KNOWS_NEWS = "select 1 from duckdb_tables() where table_name = 'whats_new'"
# The summary, and what is most worth acting on.
_NEWS = """
    select concat_ws(', ', news.municipality, news.sentence_sv)
    from marts.whats_new as news
    inner join marts.release on news.run_id = release.run_id
    where news.importance = 1
    order by news.memo_order
    limit 6
"""


def highlights(database: Path) -> list[str]:
    """A few lines, read from a published file."""
    with connect(database, read_only=True) as connection:
        row = connection.execute(_COUNTS).fetchone() or ()
        documents, tables, figures, key_figures, errors, to_look_at, corrected, unmapped = (
            int(number or 0) for number in row
        )
        answers = [
            *_texts(connection, _FURTHEST_BELOW_BUDGET),
            *_goals(connection),
            *_texts(connection, _ERRORS),
        ]
        aside = _set_aside_lines(connection)
        news = _news_lines(connection)
        warnings = [report.warning() for report in read_answers(connection) if report.lacks_answers]
    return [
        *aside,
        *warnings,
        f"{documents} documents, {tables} tables, {figures} figures, {key_figures} key figures",
        f"findings: open errors {errors}, to look at {to_look_at}, unmapped {unmapped}, corrected in print {corrected}",
        *(f"  {answer}" for answer in answers),
        *news,
    ]


def _texts(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [text for (text,) in connection.execute(query).fetchall()]


def _goals(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The goals of one committee in its latest year, where they are judged for the whole year."""
    scores = [score for score in read_goal_scores(connection) if score["basis"] != "interim" and score["assessed"]]
    latest = sorted(scores, key=lambda score: (-score["target_year"], score["municipality"]))[:1]
    return [f"{score['municipality']}: {score_in_words(score)}" for score in latest]


def _set_aside_lines(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A line for each file that is set aside; releases of earlier versions lack that column."""
    if not connection.execute(_KNOWS_SET_ASIDE).fetchone():
        return []
    return _texts(connection, _SET_ASIDE)


def _news_lines(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What is new since the release before; releases of earlier versions don't say."""
    if not connection.execute(_KNOWS_NEWS).fetchone():
        return []
    return [f"{'  ' if place else 'new: '}{text}" for place, text in enumerate(_texts(connection, _NEWS))]


def write_summary(installation: Installation, record: RunRecord) -> None:
    """Write ``summary.txt`` beside the run's record; its first line can be the subject of a mail.

    Until the run ends, it says that the run was killed, which is then all that anyone learns of it.
    """
    headline = f"Kommunlager: {record.outcome.replace('_', ' ')} ({record.command}, {record.seconds or 0:.0f} s)"
    message, published = record.message, _published_release_line
    if record.was_killed:
        headline, message = f"Kommunlager: killed ({record.command}{_in_step(record)})", _KILLED
    else:
        published = published_lines
    steps = [f"{step.step:<{STEP_WIDTH}}{step.ending()}" for step in record.steps]
    began = [f"Run {record.run_id}, began {record.started_at}", *record.notes]
    _write(installation, record.run_id, [headline], began, steps, [message] if message else [], published(installation))


def write_refusal(installation: Installation, command: str, reason: str) -> None:
    """Write the summary of a run that did not begin, which leaves no record."""
    run_id = new_record(command).run_id
    run_folder(installation, run_id).mkdir(parents=True)
    _write(installation, run_id, [f"Kommunlager: not run ({command})"], [reason], _published_release_line(installation))


def _write(installation: Installation, run_id: str, *parts: list[str]) -> None:
    text = "\n\n".join("\n".join(lines) for lines in parts if lines)
    replace_text(run_folder(installation, run_id) / "summary.txt", clean(text) + "\n")


def _in_step(record: RunRecord) -> str:
    step = record.failed_step or record.unfinished_step()
    return f", step {step}" if step else ""


def _published_release_line(installation: Installation) -> list[str]:
    release = published_release(installation)
    return [f"Published: release {release.run_id}"] if release else []


def published_lines(installation: Installation) -> list[str]:
    """What is published now, in a few lines."""
    release = published_release(installation)
    if release is None:
        return ["Nothing is published yet. Run `kommunlager run`."]
    try:
        lines = highlights(release.warehouse)
    except duckdb.Error as error:
        lines = [f"{release.warehouse} can't be read: {str(error).splitlines()[0]}"]
    return [f"Published: release {release.run_id}", *lines]
