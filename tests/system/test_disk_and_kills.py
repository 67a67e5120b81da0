"""Runs that are really killed, including dbt, and a disk that is really full."""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.installation import ONLY_PUBLISH, TrialInstallation


def test_whole_runs_killed_at_random_moments(released: TrialInstallation) -> None:
    moments = random.Random(6)
    for _ in range(3):
        process = released.start("run", "--force")
        time.sleep(moments.uniform(1, 20))
        process.kill()
        process.communicate()
        released.assert_whole()
    again = released.kommunlager("run", "--force")
    assert again.returncode == 0, again.stdout + again.stderr
    released.assert_whole()
    assert released.run_id == released.runs()[-1]["run_id"]


@pytest.fixture
def small_disk(released: TrialInstallation, tmp_path: Path) -> Iterator[TrialInstallation]:
    """The installation on a separate disk of 250 MB."""
    if os.geteuid() != 0:
        pytest.skip(
            "only root may mount a disk; test_publishing.py in tests/kommunlager shows the same by a limit on files"
        )
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=250m", "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(released.work, disk / "work", symlinks=True)
        yield TrialInstallation(data=released.data, work=disk / "work")
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)


@pytest.mark.parametrize("left", [0, 8_000, 300_000, 8_000_000])
def test_a_full_disk(small_disk: TrialInstallation, left: int) -> None:
    before = small_disk.run_id
    filler = small_disk.work.parent / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(filler).free - left)

    run = small_disk.kommunlager("run", "--force", before=ONLY_PUBLISH)
    assert run.returncode in (1, 6), run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert f"No space left on the disk of {small_disk.work}" in run.stderr
    assert small_disk.run_id == before
    small_disk.assert_whole()

    filler.unlink()
    assert small_disk.kommunlager("run", "--force", before=ONLY_PUBLISH).returncode == 0
    small_disk.assert_whole()
    assert small_disk.run_id != before
