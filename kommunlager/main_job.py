"""``kommunlager run``: does what there is to do, and says so when there is nothing."""

import click

from kommunlager.failures import EXIT_NOTHING_NEW
from kommunlager.places import Places
from kommunlager.publishing.lag import postgres_lag
from kommunlager.publishing.releases import kept_releases, published_release
from kommunlager.runs.inputs import hash_inputs
from kommunlager.runs.record import RunRecord
from kommunlager.runs.runner import Run, started_run
from kommunlager.seed_files.checks import mended_seeds
from kommunlager.touched import expect_whole_build
from kommunlager.unit_tests import forget as forget_unit_tests


def run_main_job(places: Places, force: bool) -> RunRecord:
    """Do all steps, unless the latest release was made from the very same inputs; ``force`` does all anew."""
    with started_run(places, "run") as run:
        # Before the hash: a seed that was only saved anew is nothing new.
        for told in mended_seeds(places):
            click.echo(told)
        run.record.inputs = hash_inputs(places)
        if force:
            _forget_earlier_verdicts(places)
        is_released = not force and _is_released(places, run.record.inputs)
        if is_released and not postgres_lag(places):
            run.end(EXIT_NOTHING_NEW, "Nothing new: data, seeds, models and code are those of the latest release.")
        else:
            _carry_out(run, is_released)
    return run.record


def _forget_earlier_verdicts(places: Places) -> None:
    """Let everything be built, tested and tried again, whatever was found of it before."""
    from kommunlager.inputs import open_inputs

    expect_whole_build(places)
    forget_unit_tests(places)
    with open_inputs(places) as inputs:
        inputs.try_again()


def _carry_out(run: Run, is_released: bool) -> None:
    """Do all steps, or only deliver what is released. Importing the steps takes longer than finding nothing new."""
    from kommunlager import steps

    run.carry_out((*(() if is_released else steps.ALL_STEPS), *steps.delivery_steps()))
    if not is_released:
        steps.end_with_what_is_set_aside(run)


def _is_released(places: Places, inputs: str) -> bool:
    """Whether the latest release has these inputs and people can read.

    The latest, and not the published one: a release that somebody rolled back must not come back by itself.
    """
    latest, published = next(iter(kept_releases(places)), None), published_release(places)
    if latest is None or published is None:
        return False
    return latest.manifest.get("inputs") == inputs and not latest.damaged_files() and not published.damaged_files()
