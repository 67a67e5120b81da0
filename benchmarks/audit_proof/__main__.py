"""Plants faults in copies of the shipped workbooks, one at a time, and reports which of them the audit finds.

Whether a fault can be detected at all is decided from the print (``judgement.py``) before the audit runs; the audit
doesn't know how faults are made. Usage: make audit-proof, or python -m benchmarks.audit_proof --kind "minus lost".
"""

import sys
import tempfile
from pathlib import Path

import click

from benchmarks.audit_proof.faults import PLANTERS, Fault, plant
from benchmarks.audit_proof.judgement import Judge
from benchmarks.audit_proof.pages import pages_of
from benchmarks.audit_proof.relations import find_relations
from benchmarks.audit_proof.report import lines_of
from benchmarks.audit_proof.scoring import Score, score
from benchmarks.audit_proof.warehouse import REPORTS, AuditWarehouse
from ingest.workbook.reader import read_workbook

_PROVEN_BY_THE_PIPELINE = 2


@click.command()
@click.option("--faults", default=30, show_default=True, help="Faults of each kind.")
@click.option("--kind", type=click.Choice(list(PLANTERS)), multiple=True, help="Only this kind; may be repeated.")
@click.option("--seed", default=1, show_default=True, help="Another seed plants other faults.")
def main(faults: int, kind: tuple[str, ...], seed: int) -> None:
    pages = list(pages_of([read_workbook(path) for path in sorted(REPORTS.glob("*.xlsx"))]))
    relations = find_relations(pages)
    judge = Judge(pages, relations)
    planted = [fault for name in kind or PLANTERS for fault in plant(name, faults, pages, relations, seed)]
    judged = [(fault, judge.judge(fault)) for fault in planted]
    with tempfile.TemporaryDirectory() as folder:
        click.echo("building the warehouse once", err=True)
        warehouse = AuditWarehouse(Path(folder))
        clean = warehouse.findings()
        _prove_the_shortcut(warehouse, planted)
        scores: list[Score] = []
        with click.progressbar(judged, label=f"{len(judged)} faults", file=sys.stderr) as shown:
            for fault, judgement in shown:
                with warehouse.with_document(fault.document):
                    scores.append(score(fault, judgement, clean, warehouse.findings()))
    for line in lines_of(clean, scores):
        click.echo(line)


def _prove_the_shortcut(warehouse: AuditWarehouse, planted: list[Fault]) -> None:
    """Check that the copy in memory has the same findings as the pipeline itself."""
    for fault in planted[:: max(1, len(planted) // _PROVEN_BY_THE_PIPELINE)][:_PROVEN_BY_THE_PIPELINE]:
        with warehouse.with_document(fault.document):
            if warehouse.findings() != warehouse.findings_of_the_pipeline():
                sys.exit(f"The shortcut and the pipeline differ on a fault of kind {fault.kind} at {fault.place}.")
    click.echo("the shortcut gives what the pipeline gives", err=True)


if __name__ == "__main__":
    main()
