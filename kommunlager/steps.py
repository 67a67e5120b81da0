"""The steps of the main job in order. Each returns a report of one or a few lines."""

import sys
from functools import partial

import click

from ingest.kolada.load import load_kolada
from ingest.raw.input_files import LoadResult
from kommunlager.building.dbt import build_models
from kommunlager.checks.expectations.runner import CheckResult, check_marts, check_raw
from kommunlager.checks.expected_coverage import accept_coverage, check_coverage
from kommunlager.checks.seeds.checks import ready_seeds
from kommunlager.errors import EXIT_BUILD_FAILED, EXIT_CHECKS_FAILED, EXIT_DATA_REFUSED, EXIT_SET_ASIDE, StepFailedError
from kommunlager.inputs.files import open_inputs
from kommunlager.inputs.setting_aside import setting_aside
from kommunlager.installation import Installation, shown
from kommunlager.publishing.compared_release import copy_compared_release
from kommunlager.publishing.new_release import publish_release
from kommunlager.publishing.postgres import PostgresTarget, configured_postgres, load_postgres
from kommunlager.publishing.releases import Release, published_release, put_back
from kommunlager.runs.history import load_run_history
from kommunlager.runs.record import RunRecord
from kommunlager.runs.report_answers import answers_of_reports, lines_about
from kommunlager.runs.runner import Run, Step


def _ingest(installation: Installation, record: RunRecord) -> str:
    """Load everything; a refused file is an error, and its earlier version stays loaded."""
    repaired, results = _load(installation)
    refused = [message for result in results for message in result.refused.values()]
    if refused:
        raise StepFailedError(
            "Refused; the previous versions stay loaded:\n" + "\n".join(f"  - {message}" for message in refused),
            EXIT_DATA_REFUSED,
        )
    return _load_report(results, repaired)


def _ingest_what_is_sound(installation: Installation, record: RunRecord) -> str:
    """Load everything; refused files are set aside, unless no report can be loaded."""
    repaired, results = _load(installation)
    with open_inputs(installation) as inputs:
        aside = [f"set aside: {kept.line()}" for kept in inputs.all_set_aside()]
        if aside and not inputs.has_reports():
            raise StepFailedError("\n".join(["No report could be loaded:", *aside]), EXIT_DATA_REFUSED)
    return "\n".join([_load_report(results, repaired), *aside])


def _load(installation: Installation) -> tuple[list[str], list[LoadResult]]:
    """Prepare the seeds and load the input into schema ``raw``; returns the repaired seeds and what was loaded."""
    repaired = ready_seeds(installation)
    if not installation.data.is_dir():
        remedy = "Restore it, or set KOMMUNLAGER_DATA to the folder of the input."
        raise StepFailedError(f"There is no folder {shown(installation.data)}. {remedy}", EXIT_DATA_REFUSED)
    with open_inputs(installation) as inputs:
        results = [*inputs.load(), load_kolada(inputs.connection, installation.landed)]
        load_run_history(inputs.connection, installation)
        copy_compared_release(inputs.connection, installation)
    return repaired, results


def _load_report(results: list[LoadResult], repaired: list[str]) -> str:
    counts = {
        name: sum(len(getattr(result, name)) for result in results) for name in ("loaded", "unchanged", "removed")
    }
    changed = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    unread = [f"worth a look: {line}" for result in results for line in result.unread]
    return "\n".join([f"{changed} files" if changed else "no files", *repaired, *unread])


def _stop_unless_loaded(installation: Installation, exit_code: int) -> None:
    if not installation.database.is_file():
        raise StepFailedError("Nothing is loaded yet. Run `kommunlager ingest` first.", exit_code)


def _check_raw(installation: Installation, record: RunRecord) -> str:
    _stop_unless_loaded(installation, EXIT_CHECKS_FAILED)
    news = check_coverage(installation).lines()
    return _checks_report(check_raw(installation), news)


def _check_marts(installation: Installation, record: RunRecord) -> str:
    result = check_marts(installation)
    return _checks_report(result, []) if result else "nothing is built yet"


def end_with_what_is_set_aside(run: Run) -> None:
    """End a run that has published with EXIT_SET_ASIDE if any file is set aside."""
    with open_inputs(run.installation) as inputs:
        count = len(inputs.all_set_aside())
    if count:
        files = "1 file is" if count == 1 else f"{count} files are"
        run.end(EXIT_SET_ASIDE, f"Published, but {files} set aside (exit code {EXIT_SET_ASIDE}).")


def _check_raw_of_what_is_sound(installation: Installation, record: RunRecord) -> str:
    return setting_aside(installation, partial(_check_raw, installation, record))


def _build_what_is_sound(installation: Installation, record: RunRecord) -> str:
    return setting_aside(installation, partial(_build, installation, record))


def _check_marts_of_what_is_sound(installation: Installation, record: RunRecord) -> str:
    """Check the marts; if documents are set aside, build again without them first."""
    rebuild = partial(_build_what_is_sound, installation, record)
    return setting_aside(installation, partial(_check_marts, installation, record), rebuild)


def _checks_report(result: CheckResult, news: list[str]) -> str:
    lines = [*news, *(f"worth a look: {warning}" for warning in result.warnings)]
    return "\n".join([f"{result.held} expectations hold; {shown(result.data_docs)}", *lines])


def _accept(installation: Installation, record: RunRecord) -> str:
    changes = accept_coverage(installation)
    headline = f"{shown(installation.expected_coverage)} records what is loaded" + ("" if changes else ", unchanged")
    return "\n".join([headline, *changes])


def _build(installation: Installation, record: RunRecord) -> str:
    _stop_unless_loaded(installation, EXIT_BUILD_FAILED)
    repaired = ready_seeds(installation)
    with open_inputs(installation) as inputs:
        copy_compared_release(inputs.connection, installation)
    return "\n".join([f"{build_models(installation, _show_progress)} models, seeds and tests", *repaired])


def _show_progress(progress: str) -> None:
    """Show progress on a terminal, to be overwritten by the next output."""
    if sys.stdout.isatty():
        click.echo(progress + "\b" * len(progress), nl=False)


def _publish(installation: Installation, record: RunRecord) -> str:
    release = publish_release(installation, record.run_id, record.inputs)
    with open_inputs(installation) as inputs:
        new = inputs.unpublished_reports()
        inputs.keep_last_good()
    answers = [report for report in answers_of_reports(release) if report.document_id in new]
    record.reports = [report.counts() for report in answers]
    return "\n".join([_release_line(installation, release), *lines_about(answers)])


def _release_line(installation: Installation, release: Release) -> str:
    return f"{shown(installation.published)}, release {release.run_id}"


def roll_back_to(run_id: str | None) -> Step:
    """The step that publishes a kept release again; by default the one before the published."""
    return Step(
        "rollback",
        lambda installation, record: (
            f"{shown(installation.published)}, release {put_back(installation, run_id).run_id}"
        ),
    )


def delivery_steps() -> tuple[Step, ...]:
    """The steps after publishing: load the published release into each configured external target."""
    target = configured_postgres()
    return () if target is None else (Step("postgres", partial(_load_postgres, target)),)


def _load_postgres(target: PostgresTarget, installation: Installation, record: RunRecord) -> str:
    release = published_release(installation)
    if release is None:
        return "nothing is published"
    kept = load_postgres(target, release)
    return f"release {release.run_id}" + (f"; still in use: {', '.join(kept)}" if kept else "")


def _load_again(installation: Installation, record: RunRecord) -> str:
    """Load everything, including what a check had set aside, since it is about to be accepted."""
    with open_inputs(installation) as inputs:
        inputs.try_again()
    return _ingest(installation, record)


INGEST = Step("ingest", _ingest)
INGEST_AGAIN = Step("ingest", _load_again)
ACCEPT = Step("accept", _accept)
CHECK_RAW = Step("check raw", _check_raw)
BUILD = Step("build", _build)
CHECK_MARTS = Step("check marts", _check_marts)
PUBLISH = Step("publish", _publish)
# The main job sets unsound files aside and continues; a single command stops and reports them.
ALL_STEPS = (
    Step("ingest", _ingest_what_is_sound),
    Step("check raw", _check_raw_of_what_is_sound),
    Step("build", _build_what_is_sound),
    Step("check marts", _check_marts_of_what_is_sound),
    PUBLISH,
)
