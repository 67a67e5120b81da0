"""The commands ``kolada sync`` and ``kolada status``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunlager.installation import Installation, find_installation
from kommunlager.runs.output import say

if TYPE_CHECKING:
    from kommunlager.runs.record import RunRecord


@click.group("kolada")
def kolada_commands() -> None:
    """Kolada's key figures (API v3): fetch them, show what has been fetched."""


@kolada_commands.command("sync")
@click.option("--select", "selection", type=click.Path(path_type=Path), help="Selection file (kolada_selection.toml).")
@click.option("--full", is_flag=True, help="Fetch every figure again, not only what has changed.")
def sync_command(selection: Path | None, full: bool) -> None:
    """Fetch what the selection names; `kommunlager run` then loads it into the marts.

    The first time takes minutes, later times fetch what has changed. It can be stopped at any time and resumes where it
    stopped. KOMMUNLAGER_KOLADA_URL changes the address of the API.
    """
    from kommunlager.commands.kolada_sync import sync_kolada
    from kommunlager.runs.runner import Step, started_run

    installation = find_installation()

    def sync(installation: Installation, record: "RunRecord") -> str:
        return sync_kolada(installation, selection or installation.project / "kolada_selection.toml", full)

    with started_run(installation, "kolada sync") as run:
        run.run_steps([Step("kolada", sync)])


@kolada_commands.command("status")
def status_command() -> None:
    """Show what has been fetched from Kolada, when, and what is missing."""
    from ingest.kolada.landing import Landing, landing_lines

    for line in landing_lines(Landing(find_installation().landed)):
        say(line)
