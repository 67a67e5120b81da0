"""Wall time and peak memory of each step of the main job on the shipped data, and of ``dbt build`` alone.

Each command runs in its own process and a temporary folder; the figures are those of the operating system.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.measured import DBT, KOMMUNLAGER, PROJECT, Measured, measure

ROUNDS = 3
# The steps and the commands that run them: `check` checks what was loaded, and later also the marts.
STEPS = {"ingest": "ingest", "check raw": "check", "build": "build", "check both": "check", "publish": "publish"}


def one_round(work: Path) -> dict[str, Measured]:
    environment = {**os.environ, "KOMMUNLAGER_WORK": str(work), "KOMMUNLAGER_DATA": str(PROJECT / "data")}
    environment["KOMMUNLAGER_DATABASE"] = str(work / "build" / "warehouse.duckdb")
    steps = {step: measure([*KOMMUNLAGER, verb], environment) for step, verb in STEPS.items()}
    dbt = [*DBT, "--quiet", "build", "--target-path", str(work / "dbt"), "--log-path", str(work / "dbt")]
    steps["dbt build alone"] = measure(dbt, environment)
    steps["run"] = measure([*KOMMUNLAGER, "run", "--force"], environment)
    return steps


def main() -> None:
    rounds = []
    for number in range(1, ROUNDS + 1):
        print(f"round {number} of {ROUNDS}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(Path(folder)))
    print(f"{'step':<18}{'seconds':>9}{'peak MiB':>10}   median of {ROUNDS}")
    for step in rounds[0]:
        seconds = median(measured[step].seconds for measured in rounds)
        print(f"{step:<18}{seconds:>9.2f}{median(measured[step].peak_mib for measured in rounds):>10.0f}")
    ratio = median(measured["run"].seconds / measured["dbt build alone"].seconds for measured in rounds)
    print(f"the whole job takes {ratio:.2f} times dbt build alone")


if __name__ == "__main__":
    main()
