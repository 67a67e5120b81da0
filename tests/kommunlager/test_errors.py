"""The message for a full or read-only disk: the step, the path, and what to do."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from kommunlager.errors import disk_trouble
from tests.support.installation import TrialInstallation

FULL_DISK = """
import errno, os
import kommunlager.inputs.files
def full(*given):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
kommunlager.inputs.files.load_reports = full
"""


def of_system(number: int, *file: str) -> OSError:
    return OSError(number, os.strerror(number), *file)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (of_system(errno.ENOSPC), "No space left on the disk of {folder} ("),
        (of_system(errno.EDQUOT, "/made_up/file"), "No space left on the disk of /made_up/file ("),
        (
            duckdb.IOException("Could not write file: No space left on device"),
            "No space left on the disk of {folder} (",
        ),
        (of_system(errno.EROFS, "/made_up/file"), "/made_up/file can't be written or read: Read-only file system."),
        (
            duckdb.IOException('Cannot open file "x": Permission denied'),
            "{folder} can't be written or read: Cannot open",
        ),
    ],
)
def test_disk_errors_name_the_path(error: Exception, expected: str, tmp_path: Path) -> None:
    message = disk_trouble(error, tmp_path)
    assert message is not None
    assert message.startswith(expected.format(folder=tmp_path))
    assert "Existing files are unchanged" in message


def test_other_errors_are_not_disk_errors(tmp_path: Path) -> None:
    assert disk_trouble(of_system(errno.ENOENT), tmp_path) is None
    assert disk_trouble(ValueError("No space left on device"), tmp_path) is None


def test_a_step_that_meets_a_full_disk_is_named(installation: TrialInstallation) -> None:
    run = installation.kommunlager("ingest", before=FULL_DISK)
    assert run.returncode == 1
    assert f"Step ingest: No space left on the disk of {installation.work}" in run.stderr
    assert "Traceback" not in run.stderr
