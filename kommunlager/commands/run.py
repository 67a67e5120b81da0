"""``kommunlager run``: does what there is to do, and says so if there is nothing."""

from collections.abc import Callable
from functools import partial

from kommunlager.building.damage import throw_away_build
from kommunlager.building.partial_build import expect_whole_build
from kommunlager.building.unit_tests import forget as forget_unit_tests
from kommunlager.checks.seeds.checks import repair_sound_seeds
from kommunlager.errors import EXIT_NOTHING_NEW, BrokenBuildError
from kommunlager.inputs.hashes import hash_inputs
from kommunlager.installation import Installation
from kommunlager.publishing.postgres import postgres_lag
from kommunlager.publishing.releases import kept_releases, published_release
from kommunlager.runs.record import RunRecord
from kommunlager.runs.runner import Run, started_run


def run_main_job(installation: Installation, force: bool) -> RunRecord:
    """Run all steps, unless the latest release was made from exactly the same inputs; ``force`` rebuilds everything."""
    with started_run(installation, "run") as run:
        # Before the hash: a seed that Excel only saved differently is not new input.
        for line in repair_sound_seeds(installation):
            run.say(line)
        run.record.inputs = hash_inputs(installation)
        if force:
            _building_anew(run, partial(_forget_earlier_verdicts, run))
        is_released = not force and _is_released(run, run.record.inputs)
        if is_released and not postgres_lag(installation):
            run.end(
                EXIT_NOTHING_NEW, "Nothing has changed since the latest release: same data, seeds, models and code."
            )
        else:
            _run_or_deliver(run, is_released)
    return run.record


def _forget_earlier_verdicts(run: Run) -> None:
    """Build, test and retry everything, whatever earlier runs found."""
    from kommunlager.inputs.files import open_inputs

    try:
        expect_whole_build(run.installation)
        forget_unit_tests(run.installation)
        with open_inputs(run.installation) as inputs:
            inputs.try_again()
    except BaseException as error:
        run.stop_on_trouble("--force", error)
        raise


def _run_or_deliver(run: Run, is_released: bool) -> None:
    """Run all steps, or only the delivery of the release. Steps are imported late, which takes time."""
    from kommunlager import steps

    if not is_released:
        _building_anew(run, partial(run.run_steps, steps.ALL_STEPS))
    run.run_steps(steps.delivery_steps())
    if not is_released:
        steps.end_with_what_is_set_aside(run)


def _building_anew(run: Run, do: Callable[[], None]) -> None:
    """Do it; if ``build/`` is damaged, once more without it."""
    try:
        do()
    except BrokenBuildError as broken:
        throw_away_build(run.installation)
        run.record.steps.clear()
        run.say(f"build/ was damaged ({broken.reason}), so it was thrown away and is built anew.")
        do()


def _is_released(run: Run, inputs: str) -> bool:
    """Whether the latest release has these inputs and is undamaged, as is the published one.

    The latest, not the published one: a release that was rolled back must not return by itself.
    """
    latest, published = next(iter(kept_releases(run.installation)), None), published_release(run.installation)
    damaged = {release.run_id: release.damaged_files() for release in (latest, published) if release}
    for run_id, files in damaged.items():
        if files:
            run.say(f"Release {run_id} is damaged ({', '.join(files)}), so a new one is made.")
    if latest is None or published is None or any(damaged.values()):
        return False
    return latest.manifest is not None and latest.manifest.inputs == inputs
