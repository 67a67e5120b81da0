"""The command ``kommunlager``: one verb a step, and ``run`` for all of them."""

import csv
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import duckdb
from filelock import FileLock, Timeout

from ingest.load import LoadResult, load_key_figures, load_reports
from kommunlager.checks import check_raw
from kommunlager.dbt_build import build_models
from kommunlager.failures import (
    EXIT_ALREADY_RUNNING,
    EXIT_BUILD_FAILED,
    EXIT_DATA_REFUSED,
    StepFailedError,
)
from kommunlager.places import Places, find_places
from kommunlager.publish import publish
from kommunlager.summary import summarise

_EXIT_CODES = """
\b
Exit codes: 0 done, 2 wrong use, 3 an input file was refused, 4 the checks on what was loaded failed,
5 dbt build failed, 6 could not publish, 7 another run is going on.
"""


@click.group(epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Kommunlager: printed municipal reports and Kolada figures in, answers in SQL out."""


@commands.command("ingest")
def ingest_command() -> None:
    """Load the workbooks and key figures under data/ into schema raw."""
    _under_lock(_ingest)


@commands.command("check")
def check_command() -> None:
    """Check what was loaded; write Data Docs."""
    _under_lock(_check)


@commands.command("build")
def build_command() -> None:
    """Build all models (dbt build)."""
    _under_lock(_build)


@commands.command("publish")
def publish_command() -> None:
    """Publish the marts as published/warehouse.duckdb."""
    _under_lock(_publish)


@commands.command("run")
def run_command() -> None:
    """Do it all: ingest, check, build, publish."""
    _under_lock(_run)


@commands.command("status")
def status_command() -> None:
    """Say what is published."""
    database = find_places().published / "warehouse.duckdb"
    if not database.is_file():
        click.echo("Nothing is published yet. Run `kommunlager run`.")
        return
    click.echo(f"{_shown(database)} (release {database.resolve().parent.name})")
    _say_lines(summarise(database))


def _run(places: Places) -> None:
    started = time.monotonic()
    for step in (_ingest, _check, _build, _publish):
        step(places)
    database = places.published / "warehouse.duckdb"
    click.echo(f"\nDone in {time.monotonic() - started:.0f} s: {_shown(database)}")
    _say_lines(summarise(database))


def _ingest(places: Places) -> None:
    places.database.parent.mkdir(parents=True, exist_ok=True)
    with _Step("ingest") as step:
        try:
            with duckdb.connect(str(places.database)) as connection:
                results = [
                    load_reports(connection, places.data / "reports", _municipalities(places)),
                    load_key_figures(connection, places.data / "key_figures"),
                ]
        except duckdb.IOException as error:
            raise StepFailedError(
                f"{_shown(places.database)} can't be opened ({str(error).splitlines()[0]}). Close the program that"
                " holds it, or delete it: it is made again from data/.",
                EXIT_BUILD_FAILED,
            ) from error
        step.done(_told(results))
    refused = [message for result in results for message in result.refused.values()]
    if refused:
        raise StepFailedError(
            "Refused, and left as loaded before:\n" + "\n".join(f"  - {message}" for message in refused),
            EXIT_DATA_REFUSED,
        )


def _municipalities(places: Places) -> dict[str, str]:
    with places.municipality_codes.open(encoding="utf-8", newline="") as seed:
        return {row["municipality_code"]: row["municipality"] for row in csv.DictReader(seed)}


def _check(places: Places) -> None:
    with _Step("check") as step:
        result = check_raw(places)
        step.done(f"{result.expectations} expectations hold; {_shown(result.data_docs)}")


def _build(places: Places) -> None:
    with _Step("build") as step:
        step.done(f"{build_models(places)} models, seeds and tests")


def _publish(places: Places) -> None:
    with _Step("publish") as step:
        step.done(_shown(publish(places)))


class _Step:
    """Prints a step's name as it begins, and what it did and how long it took as it ends."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> "_Step":
        self.started = time.monotonic()
        click.echo(f"{self.name:<8}", nl=False)
        return self

    def done(self, what: str) -> None:
        """Say what was done."""
        click.echo(f"{time.monotonic() - self.started:5.1f} s  {what}")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            click.echo("failed")


def _told(results: list[LoadResult]) -> str:
    counts = {
        name: sum(len(getattr(result, name)) for result in results)
        for name in ("loaded", "unchanged", "removed", "refused")
    }
    return (
        ", ".join(f"{count} {name}" for name, count in counts.items() if count) + " files"
        if any(counts.values())
        else "no files"
    )


def _under_lock(step: Callable[[Places], None]) -> None:
    places = find_places()
    places.build.mkdir(parents=True, exist_ok=True)
    holder = places.build / "run.pid"
    try:
        with FileLock(places.build / "run.lock", timeout=0):
            holder.write_text(str(os.getpid()))
            step(places)
    except Timeout as error:
        pid = holder.read_text() if holder.is_file() else "unknown"
        raise StepFailedError(
            f"Another run is going on (process {pid}). Try again later.", EXIT_ALREADY_RUNNING
        ) from error


def _say_lines(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)


def _shown(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def main() -> None:
    """Run the command; a failed step ends with its message and exit code, never with a stack trace."""
    try:
        commands(standalone_mode=False)
    except StepFailedError as failure:
        click.echo(f"kommunlager: {failure}", err=True)
        sys.exit(failure.exit_code)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(mistake.exit_code)
    except click.Abort:
        sys.exit(130)
