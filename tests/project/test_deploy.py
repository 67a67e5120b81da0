"""The files in deploy/ agree with the command: exit codes, paths, subcommands, and existing files."""

import configparser
import re

import yaml

from kommunlager import errors
from tests.support.installation import PROJECT

DEPLOY = PROJECT / "deploy"


def test_the_service_takes_nothing_new_as_success_and_may_write_its_work_folder() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    text = (DEPLOY / "systemd" / "kommunlager.service").read_text()
    unit.read_string(text)
    assert unit["Service"]["SuccessExitStatus"] == str(errors.EXIT_NOTHING_NEW)
    assert "KOMMUNLAGER_WORK=/var/lib/" + unit["Service"]["StateDirectory"] in text
    assert (DEPLOY / "systemd" / unit["Unit"]["OnFailure"]).is_file()
    assert f"-eq {errors.EXIT_NOTHING_NEW} ]" in (DEPLOY / "cron" / "kommunlager").read_text()


def test_the_workflow_runs_a_target_that_exists() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-actions" / "kommunlager.yml").read_text())
    steps = workflow["jobs"]["run"]["steps"]
    assert "make build" in [step.get("run") for step in steps]
    assert "\nbuild:" in (PROJECT / "Makefile").read_text()


def test_the_image_holds_all_that_a_release_is_made_from() -> None:
    copied = set()
    for line in re.findall(r"^COPY (.*)$", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE):
        *sources, _ = line.split()
        copied.update(sources)
    from kommunlager.inputs import hashes

    assert {*hashes._PROJECT_PARTS, *hashes._PROJECT_FILES} <= copied
    assert [name for name in copied if not (PROJECT / name).exists()] == []
