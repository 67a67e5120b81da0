"""The command ``doctor``."""

import click

from kommunlager.installation import find_installation
from kommunlager.runs.output import say


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Do what can be done by renaming; nothing is deleted.")
def doctor_command(repair: bool) -> int:
    """Check state, build, releases, seeds, data and settings: what is wrong, and what to do about it."""
    from kommunlager.commands.doctor.checkup import check_up

    return check_up(find_installation(), say, repair=repair)
