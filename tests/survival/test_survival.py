"""The short form of the proof: some faults of each kind, always the same."""

import sys
import time
from pathlib import Path
from random import Random

from tests.support.installation import TrialInstallation
from tests.survival.survive import survive


def test_what_is_published_survives_every_fault(built: TrialInstallation, tmp_path: Path) -> None:
    result = survive(built, Random(18), 20, time.monotonic() + sys.maxsize, tmp_path)
    assert result.counts.total() == 20
    assert result.findings == []
