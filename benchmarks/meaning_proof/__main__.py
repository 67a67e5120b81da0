"""Makes up reports whose meaning is known, builds one warehouse of them, and counts which rows of the marts are right.

The tables are the shipped ones with other labels, header words, column orders, units and sign conventions
(``tests/support/made_up_meaning``). Usage: make meaning-proof, or python -m benchmarks.meaning_proof --seed 2.
"""

import tempfile
from pathlib import Path

import click

from benchmarks.meaning_proof.report import lines_of
from benchmarks.meaning_proof.scoring import Scorer
from benchmarks.meaning_proof.warehouse import MeaningWarehouse
from tests.support.made_up_meaning.generator import made_up_reports


@click.command()
@click.option("--reports", "count", default=120, show_default=True, help="Made-up reports.")
@click.option("--seed", default=1, show_default=True, help="Another seed makes up other reports.")
@click.option("--keep", type=click.Path(path_type=Path), help="A new folder for the reports and the warehouse.")
def main(count: int, seed: int, keep: Path | None) -> None:
    reports = made_up_reports(seed, count)
    with tempfile.TemporaryDirectory() as folder:
        click.echo(f"building a warehouse of {count} made-up reports", err=True)
        warehouse = MeaningWarehouse(reports, keep or Path(folder))
        scores = list(Scorer(warehouse).scores(reports))
        for line in lines_of(reports, scores, warehouse.read_columns()):
            click.echo(line)


if __name__ == "__main__":
    main()
