"""The command ``kommunlager``: one subcommand per step, and ``run`` for all of them.

Each subcommand imports what it needs when it is called, so that ``--help`` and ``status`` answer at once.
"""

from typing import TYPE_CHECKING

import click

from kommunlager.commands.doctor.command import doctor_command
from kommunlager.commands.kolada import kolada_commands
from kommunlager.commands.map import map_command
from kommunlager.commands.read import read_command
from kommunlager.commands.show import show_command
from kommunlager.errors import EXIT_OK
from kommunlager.installation import find_installation
from kommunlager.runs.output import say

if TYPE_CHECKING:
    from kommunlager.runs.runner import Step

_EXIT_CODES = """
\b
Exit codes:
  0    done
  1    unexpected error
  2    wrong usage
  3    an input file or a seed was refused, and nothing new was published
  4    the checks on what was loaded or built failed
  5    dbt build failed
  6    could not publish, or could not load PostgreSQL with what was published
  7    another run is in progress
  8    nothing has changed since the latest release, so nothing was done
  9    not everything could be fetched from Kolada
  10   published, but an input file was set aside: the summary says which, why and what is used instead
  11   doctor found something wrong that is not mended
  130  interrupted
Whatever the code, the published release is complete. `kommunlager status` says which release it is.
"""


@click.group(epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Kommunlager turns printed municipal reports and Kolada's figures into answers in SQL."""


@commands.command("ingest")
def ingest_command() -> None:
    """Load the workbooks and key figures under data/ into schema raw."""
    from kommunlager.steps import INGEST

    _run_steps("ingest", INGEST)


@commands.command("check")
def check_command() -> None:
    """Check what was loaded and, once they are built, the marts; write Data Docs."""
    from kommunlager.steps import CHECK_MARTS, CHECK_RAW

    _run_steps("check", CHECK_RAW, CHECK_MARTS)


@commands.command("accept")
def accept_command() -> None:
    """Accept what is loaded as expected from now on (seeds/expected_coverage.csv)."""
    from kommunlager.steps import ACCEPT, INGEST_AGAIN

    _run_steps("accept", INGEST_AGAIN, ACCEPT)


@commands.command("build")
def build_command() -> None:
    """Build all models (dbt build)."""
    from kommunlager.steps import BUILD

    _run_steps("build", BUILD)


@commands.command("publish")
def publish_command() -> None:
    """Make a release of the marts and publish it."""
    from kommunlager.steps import PUBLISH, delivery_steps

    _run_steps("publish", PUBLISH, *delivery_steps())


@commands.command("run")
@click.option("--force", is_flag=True, help="Rebuild everything, even if nothing has changed since the latest release.")
def run_command(force: bool) -> int:
    """Run all steps: ingest, check, build, check the marts, publish."""
    from kommunlager.commands.run import run_main_job
    from kommunlager.runs.summary import published_lines

    installation = find_installation()
    record = run_main_job(installation, force)
    say(record.message or f"\nDone in {record.seconds:.0f} s.")
    _print_lines(published_lines(installation))
    return record.exit_code or EXIT_OK


@commands.command("rollback")
@click.argument("release", required=False)
def rollback_command(release: str | None) -> None:
    """Publish an earlier RELEASE again: the one before the published, or one that `status` lists."""
    from kommunlager.steps import delivery_steps, roll_back_to

    _run_steps("rollback", roll_back_to(release), *delivery_steps())


@commands.command("status")
def status_command() -> None:
    """Show what is published, which releases are kept and how the last run ended."""
    from kommunlager.commands.status import status_lines

    _print_lines(status_lines(find_installation()))


commands.add_command(read_command)
commands.add_command(map_command)
commands.add_command(show_command)
commands.add_command(kolada_commands)
commands.add_command(doctor_command)


def _run_steps(command: str, *steps: "Step") -> None:
    from kommunlager.runs.runner import started_run

    with started_run(find_installation(), command) as run:
        run.run_steps(steps)


def _print_lines(lines: list[str]) -> None:
    for line in lines:
        say(line)
