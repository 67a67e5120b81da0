"""Processor time, wall time and peak memory of a command in its own process, as measured by the operating system."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
KOMMUNLAGER = [sys.executable, "-c", "from kommunlager.cli import main; main()"]
DBT = [sys.executable, "-c", "from dbt.cli.main import cli; cli()"]


@dataclass(frozen=True)
class Measured:
    """``seconds`` is wall time, ``cpu`` the seconds of all processors."""

    seconds: float
    cpu: float
    peak_mib: float


def measure(command: list[str], environment: dict[str, str], allowed: Iterable[int] = (0,)) -> Measured:
    """Run a command to its end; its processor time and peak memory include the processes that it waited for."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in allowed:
        sys.exit(f"failed: {' '.join(command)}")
    seconds = time.perf_counter() - started
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
