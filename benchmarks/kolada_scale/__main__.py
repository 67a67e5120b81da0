"""``make bench-kolada``: measures each part of the job at each size, and prints the tables of this folder's README.

Usage: make bench-kolada MILLIONS="1 3", or python -m benchmarks.kolada_scale 1 3 10 30. Each size is
landed, loaded, built, published and queried in a temporary folder of KOMMUNLAGER_WORK, or else of the system.
"""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.asking import Answered
from benchmarks.kolada_scale.installation import Installation
from benchmarks.measured import Measured

# Beyond this pandas needs more memory than most machines have.
_MOST_FOR_PANDAS = 10
# Beyond this comparing all rows takes longer than everything else.
_MOST_FOR_THE_PROOF = 3
_MIB = 1024 * 1024


@dataclass
class Result:
    """The measurements of one size; ``parts`` are in the order in which they were run."""

    figures: int
    parts: dict[str, Measured] = field(default_factory=dict)
    mib: dict[str, float] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    proof: str = ""

    def note(self, part: str, measured: Measured) -> None:
        """Store the measurement of a part, and print that it is finished."""
        self.parts[part] = measured
        click.echo(f"{part}: {measured.seconds:.1f} s", err=True)

    def ratio(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """The time of the first parts divided by that of the others."""
        return sum(self.parts[name].seconds for name in one) / sum(self.parts[name].seconds for name in other)


def measure_size(millions: int, work: Path) -> Result:
    installation = Installation(work)
    installation.set_up()
    click.echo(f"landing {millions} million made-up figures", err=True)
    result = Result(installation.land(millions * 1_000_000, night=0))
    result.mib["landed"] = _mib(installation.landed)
    result.note("load", installation.load())
    result.note("load, DuckDB alone", installation.load_by_duckdb_alone())
    result.note("marts", installation.build_marts())
    result.note("marts, DuckDB alone", installation.build_marts_by_duckdb_alone())
    (work / "floor.duckdb").unlink()
    result.note("tests", installation.test_marts())
    result.mib["working database"] = _mib(installation.database)
    installation.land(millions * 1_000_000, night=1)
    result.note("a night: load", installation.load())
    result.note("a night: marts", installation.build_touched_marts())
    result.note("a night: tests", installation.test_touched_marts())
    result.mib["working database after a night"] = _mib(installation.database)
    result.note("release: DuckDB file", installation.copy_release())
    result.note("release: Parquet", installation.write_parquet())
    result.mib["release: DuckDB file"] = _mib(installation.release)
    if millions <= _MOST_FOR_PANDAS:
        result.note("the same with pandas", installation.do_it_with_pandas())
    result.answered = installation.ask()
    if millions <= _MOST_FOR_THE_PROOF:
        result.proof = prove_nights(installation, millions)
    return result


def prove_nights(installation: Installation, millions: int) -> str:
    """Check that three nights of revisions, withdrawals, new years and ended KPIs give the result of a full build."""
    for night in (2, 3):
        installation.land(millions * 1_000_000, night)
        installation.load()
        installation.build_touched_marts()
    rows, differing = installation.differences_from_a_whole_build()
    are_equal = "yes" if rows and not differing else "NO"
    return f"three nights equal a full build: {are_equal}, {rows} rows, {differing} differ"


def _mib(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / _MIB


def print_result(result: Result) -> None:
    click.echo(
        f"\n### {result.figures:,} figures\n\n| part | seconds | peak MiB |\n| --- | ---: | ---: |".replace(",", " ")
    )
    for name, measured in result.parts.items():
        click.echo(f"| {name} | {measured.seconds:.1f} | {measured.peak_mib:.0f} |")
    night, full = ("a night: load", "a night: marts"), ("load", "marts")
    click.echo("\n| | |\n| --- | ---: |")
    click.echo(f"| load / DuckDB alone | {result.ratio(('load',), ('load, DuckDB alone',)):.2f} |")
    click.echo(f"| marts / DuckDB alone | {result.ratio(('marts',), ('marts, DuckDB alone',)):.2f} |")
    click.echo(f"| a night / all of it | {result.ratio(night, full):.2f} |")
    for name, mib in result.mib.items():
        click.echo(f"| {name}, MiB | {mib:.0f} |")
    click.echo("\n| question | median ms | p95 ms | alone in a table, ms |\n| --- | ---: | ---: | ---: |")
    for answer in result.answered:
        click.echo(f"| {answer.question} | {answer.median_ms:.1f} | {answer.p95_ms:.1f} | {answer.floor_ms:.1f} |")
    click.echo(f"\n{result.proof}")


@click.command()
@click.argument("millions", type=int, nargs=-1)
def main(millions: tuple[int, ...]) -> None:
    for size in millions or (1, 3, 10, 30):
        with tempfile.TemporaryDirectory(dir=os.environ.get("KOMMUNLAGER_WORK")) as folder:
            print_result(measure_size(size, Path(folder)))


if __name__ == "__main__":
    main()
