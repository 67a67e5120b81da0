"""The verb ``map``: list the labels that no seed knows, and take the chosen codes into the seeds."""

from pathlib import Path

import click

from kommunlager.installation import find_installation
from kommunlager.runs.output import say


@click.command("map")
@click.option(
    "--take",
    "chosen",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Add the rows of FILE whose column take is filled in to the seeds.",
)
def map_command(chosen: Path | None) -> None:
    """List labels that no seed knows, or take chosen codes.

    The list is labels_to_map.csv, with suggested codes. Open it in Excel, and write 1, 2 or 3 in the column take to
    choose that suggestion, or another code. The columns after the suggestions are those of the seed: blank ones are
    filled in as in the most similar row of the same code. Then run `kommunlager map --take labels_to_map.csv`, and
    build again.
    """
    from kommunlager.commands.label_choices import take_choices
    from kommunlager.commands.label_list import write_label_list

    installation = find_installation()
    for line in take_choices(installation, chosen) if chosen else write_label_list(installation):
        say(line)
