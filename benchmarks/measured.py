"""Wall time and peak memory of a command in its own process, as measured by the operating system."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from kommunlager.building import dbt

PROJECT = Path(__file__).resolve().parents[1]
KOMMUNLAGER = [sys.executable, "-c", "from kommunlager.cli import main; main()"]
DBT = [sys.executable, "-c", dbt.DBT]


@dataclass(frozen=True)
class Measured:
    seconds: float
    peak_mib: float


def measure(command: list[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end; its peak memory includes the processes that it waited for."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return Measured(time.perf_counter() - started, usage.ru_maxrss / 1024)
