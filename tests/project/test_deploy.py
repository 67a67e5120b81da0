"""The files in deploy/ agree with the command: exit codes, paths, subcommands, and existing files."""

import configparser
import re
import shutil
import subprocess

import pytest
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


def test_the_service_may_do_no_more_than_it_needs() -> None:
    text = (DEPLOY / "systemd" / "kommunlager.service").read_text()
    directives = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    closed = (
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "ProtectKernelLogs",
        "RestrictNamespaces",
        "PrivateUsers",
    )
    assert {directives[name] for name in (*closed, "NoNewPrivileges", "PrivateDevices", "PrivateTmp")} == {"yes"}
    assert (directives["CapabilityBoundingSet"], directives["UMask"]) == ("", "0077")
    assert directives["RestrictAddressFamilies"] == "AF_INET AF_INET6 AF_UNIX"
    assert "SystemCallFilter=@system-service\nSystemCallFilter=~@privileged\n" in text
    assert directives["MemoryMax"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_exposure_of_the_service_is_low() -> None:
    unit = DEPLOY / "systemd" / "kommunlager.service"
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=30", "--no-pager", str(unit)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout[-200:] + judged.stderr


def test_what_others_publish_is_pinned() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-actions" / "kommunlager.yml").read_text())
    used = [step["uses"] for step in workflow["jobs"]["run"]["steps"] if "uses" in step]
    assert len(used) == 5
    assert [action for action in used if not re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40}", action)] == []
    assert re.search(r"^FROM python:3\.11\.\d+-slim-bookworm$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)


def test_the_history_is_saved_when_a_night_fails() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-actions" / "kommunlager.yml").read_text())
    steps = {step.get("uses", step.get("run", "")).partition("@")[0]: step for step in workflow["jobs"]["run"]["steps"]}
    restored, saved = steps["actions/cache/restore"]["with"], steps["actions/cache/save"]
    assert saved["if"] == "always()"
    assert (saved["with"]["path"], saved["with"]["key"]) == (restored["path"], restored["key"])
    assert list(steps).index("actions/cache/save") > list(steps).index("make build")
