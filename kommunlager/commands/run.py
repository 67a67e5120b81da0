"""``kommunlager run``: does what there is to do, and says so if there is nothing."""

from kommunlager.building.partial_build import expect_whole_build
from kommunlager.building.unit_tests import forget as forget_unit_tests
from kommunlager.checks.seeds.checks import repair_sound_seeds
from kommunlager.errors import EXIT_NOTHING_NEW
from kommunlager.inputs.hashes import hash_inputs
from kommunlager.installation import Installation
from kommunlager.publishing.postgres import postgres_lag
from kommunlager.publishing.releases import kept_releases, published_release
from kommunlager.runs.output import say
from kommunlager.runs.record import RunRecord
from kommunlager.runs.runner import Run, started_run


def run_main_job(installation: Installation, force: bool) -> RunRecord:
    """Run all steps, unless the latest release was made from exactly the same inputs; ``force`` rebuilds everything."""
    with started_run(installation, "run") as run:
        # Before the hash: a seed that Excel only saved differently is not new input.
        for line in repair_sound_seeds(installation):
            say(line)
        run.record.inputs = hash_inputs(installation)
        if force:
            _forget_earlier_verdicts(installation)
        is_released = not force and _is_released(installation, run.record.inputs)
        if is_released and not postgres_lag(installation):
            run.end(
                EXIT_NOTHING_NEW, "Nothing has changed since the latest release: same data, seeds, models and code."
            )
        else:
            _run_or_deliver(run, is_released)
    return run.record


def _forget_earlier_verdicts(installation: Installation) -> None:
    """Build, test and retry everything, whatever earlier runs found."""
    from kommunlager.inputs.files import open_inputs

    expect_whole_build(installation)
    forget_unit_tests(installation)
    with open_inputs(installation) as inputs:
        inputs.try_again()


def _run_or_deliver(run: Run, is_released: bool) -> None:
    """Run all steps, or only the delivery of the release. Steps are imported late, which takes time."""
    from kommunlager import steps

    run.run_steps((*(() if is_released else steps.ALL_STEPS), *steps.delivery_steps()))
    if not is_released:
        steps.end_with_what_is_set_aside(run)


def _is_released(installation: Installation, inputs: str) -> bool:
    """Whether the latest release has these inputs and is undamaged, as is the published one.

    The latest, not the published one: a release that was rolled back must not return by itself.
    """
    latest, published = next(iter(kept_releases(installation)), None), published_release(installation)
    if latest is None or published is None:
        return False
    return latest.manifest.get("inputs") == inputs and not latest.damaged_files() and not published.damaged_files()
