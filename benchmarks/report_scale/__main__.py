"""``make bench-reports``: measures the main job with made-up reports, and prints the tables of this folder's README.

Usage: make bench-reports REPORTS="5 50 250", or python -m benchmarks.report_scale 5 50 250. Each size is loaded, built,
published and queried in a temporary folder of KOMMUNLAGER_WORK, or else of the system; then three nights follow.
"""

import math
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.asking import Answered
from benchmarks.measured import Measured
from benchmarks.report_scale.installation import BenchInstallation

# Below this a model's time is dbt's overhead and says nothing about growth.
_NOTICEABLE_SECONDS = 0.2
_MODELS_SHOWN = 25
_MOST_GROWTH = 1.05


@dataclass
class Result:
    """The measurements of one size; ``parts`` are in the order in which they were run."""

    reports: int
    parts: dict[str, Measured] = field(default_factory=dict)
    nodes: dict[str, float] = field(default_factory=dict)
    floor: dict[str, float] = field(default_factory=dict)
    mib: dict[str, float] = field(default_factory=dict)
    nights: dict[str, dict[str, float]] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)

    def note(self, part: str, measured: Measured) -> None:
        """Store the measurement of a part, and print that it is finished."""
        self.parts[part] = measured
        click.echo(f"{part}: {measured.cpu:.1f} s of CPU, {measured.seconds:.1f} s", err=True)

    def cpu_of(self, kind: str) -> float:
        """CPU seconds of all dbt nodes of a kind."""
        return sum(seconds for node, seconds in self.nodes.items() if node.startswith(f"{kind}."))


def measure_size(reports: int, bench: BenchInstallation) -> Result:
    click.echo(f"writing {reports} reports", err=True)
    bench.write_reports(reports)
    result = Result(reports)
    result.note("ingest", bench.kommunlager("ingest"))
    result.note("check raw", bench.kommunlager("check"))
    result.note("dbt build, without unit tests", bench.job("models"))
    result.nodes = bench.result_of("models")
    result.note("the same SQL in DuckDB alone", bench.job("floor"))
    result.floor = bench.result_of("floor")
    result.note("build", bench.kommunlager("build"))
    result.note("check raw and marts", bench.kommunlager("check"))
    result.note("publish", bench.kommunlager("publish"))
    result.mib = bench.published_mib()
    bench.job("ask")
    result.answered = bench.answered()
    # The first run makes a release that knows its inputs.
    result.note("run", bench.kommunlager("run"))
    bench.add_report(reports)
    _note_night(result, bench, "run, one new report")
    bench.change_a_figure(reports)
    _note_night(result, bench, "run, one changed figure")
    _note_night(result, bench, "run, nothing new")
    return result


def _note_night(result: Result, bench: BenchInstallation, name: str) -> None:
    result.note(name, bench.kommunlager("run"))
    result.nights[name] = bench.seconds_of_steps()


def print_results(results: list[Result]) -> None:
    _print_parts(results)
    _print_models(results)
    for result in results:
        click.echo(f"\n### {result.reports} reports: nights\n\n| night | wall seconds of its steps |\n| --- | --- |")
        for name, steps in result.nights.items():
            click.echo(f"| {name} | {', '.join(f'{step} {seconds:.1f}' for step, seconds in steps.items())} |")
        click.echo("\n| question | median ms | p95 ms | alone in a table, ms |\n| --- | ---: | ---: | ---: |")
        for answer in result.answered:
            click.echo(f"| {answer.question} | {answer.median_ms:.1f} | {answer.p95_ms:.1f} | {answer.floor_ms:.1f} |")


def _print_parts(results: list[Result]) -> None:
    click.echo("\nCPU seconds / wall seconds / peak MiB\n")
    click.echo("| reports | " + " | ".join(str(result.reports) for result in results) + " | growth |")
    click.echo("| --- |" + " ---: |" * (len(results) + 1))
    for part in results[0].parts:
        measured = [result.parts[part] for result in results]
        cells = [f"{one.cpu:.1f} / {one.seconds:.1f} / {one.peak_mib:.0f}" for one in measured]
        click.echo(f"| {part} | {' | '.join(cells)} | {_growth(results, [one.cpu for one in measured])} |")
    for kind in ("model", "test", "seed"):
        cpu = [result.cpu_of(kind) for result in results]
        click.echo(f"| dbt: {kind}s | {' | '.join(f'{one:.1f}' for one in cpu)} | {_growth(results, cpu)} |")
    for kind in ("model", "test"):
        cpu = [result.floor[kind] for result in results]
        click.echo(f"| DuckDB alone: {kind}s | {' | '.join(f'{one:.1f}' for one in cpu)} | {_growth(results, cpu)} |")
    for part in results[0].mib:
        click.echo(
            f"| published: {part}, MiB | " + " | ".join(f"{result.mib[part]:.1f}" for result in results) + " | |"
        )


def _print_models(results: list[Result]) -> None:
    largest = results[-1]
    models = sorted(
        (node for node in largest.nodes if node.startswith("model.")), key=largest.nodes.__getitem__, reverse=True
    )
    click.echo("\n| model, CPU seconds | " + " | ".join(str(result.reports) for result in results) + " | growth |")
    click.echo("| --- |" + " ---: |" * (len(results) + 1))
    for place, node in enumerate(models):
        cpu = [result.nodes[node] for result in results]
        growth = _growth(results, cpu) if cpu[-1] >= _NOTICEABLE_SECONDS else ""
        if place < _MODELS_SHOWN or (growth and float(growth) > _MOST_GROWTH):
            click.echo(f"| {node.split('.')[-1]} | {' | '.join(f'{one:.2f}' for one in cpu)} | {growth} |")


def _growth(results: list[Result], cpu: list[float]) -> str:
    """The power of the number of reports with which the seconds grew between the two largest sizes."""
    if len(results) < 2 or not cpu[-2]:
        return ""
    return f"{math.log(cpu[-1] / cpu[-2]) / math.log(results[-1].reports / results[-2].reports):.2f}"


@click.command()
@click.argument("reports", type=int, nargs=-1)
def main(reports: tuple[int, ...]) -> None:
    results = []
    for size in sorted(reports) or (5, 50, 250):
        with tempfile.TemporaryDirectory(dir=os.environ.get("KOMMUNLAGER_WORK")) as folder:
            results.append(measure_size(size, BenchInstallation(Path(folder))))
    print_results(results)


if __name__ == "__main__":
    main()
