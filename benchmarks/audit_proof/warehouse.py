"""The audit without the pipeline around it: the compiled models above ``audit_findings``, run again for each fault.

The main job builds a warehouse once. A copy of it is held in memory; for each fault the changed workbook is loaded into
it by the project's own loader and the models run in dbt's order.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from benchmarks.audit_proof.pages import Place
from ingest.document import Document
from ingest.raw.load import load_reports, report_files
from ingest.workbook.writer import write_workbook

PROJECT = Path(__file__).resolve().parents[2]
REPORTS = PROJECT / "data" / "reports"
_FINDINGS = """
    select
        rule, severity, status, document_id, table_no, row_no, col_no, printed_text,
        computed_value, figure_id, other_figure_id, message_en
    from marts.audit_findings
    order by finding_id
"""


@dataclass(frozen=True)
class Finding:
    """A row of audit_findings, with the columns that the proof uses."""

    rule: str
    severity: str
    status: str
    document_id: str
    table_no: int | None
    row_no: int | None
    col_no: int | None
    printed_text: str | None
    computed_value: float | None
    figure_id: str | None
    other_figure_id: str | None
    message_en: str = field(compare=False)

    @property
    def place(self) -> Place:
        return Place(self.document_id, self.table_no or 0, self.row_no or 0, self.col_no or 0)


class AuditWarehouse:
    """Returns the findings for the clean workbooks with one of them changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        shutil.copytree(REPORTS, self.reports)
        with (PROJECT / "seeds" / "municipality_codes.csv").open(encoding="utf-8", newline="") as seed:
            self.municipalities = {row["municipality_code"]: row["municipality"] for row in csv.DictReader(seed)}
        self._kommunlager("ingest")
        self._kommunlager("build")
        self.manifest = json.loads((folder / "work/build/target/manifest.json").read_text(encoding="utf-8"))
        self.models = list(self._upstream("model.kommunlager.audit_findings"))
        self.connection = self._copied_into_memory(folder / "work/build/warehouse.duckdb")

    def findings(self) -> list[Finding]:
        """The audit's findings for the workbooks in the folder."""
        files = report_files(self.connection, self.municipalities, self.folder / "last_good", "code")
        load_reports(files, self.reports)
        for model in self.models:
            kind = "view" if model["config"]["materialized"] == "view" else "table"
            self.connection.execute(f"create or replace {kind} {model['relation_name']} as {model['compiled_code']}")
        return self._read_findings(self.connection)

    def findings_of_the_pipeline(self) -> list[Finding]:
        """The same through the main job: ingest, then dbt on the working database."""
        self._kommunlager("ingest")
        database = self.folder / "work/build/warehouse.duckdb"
        dbt = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "run", "-s", "+audit_findings"]
        dbt += ["--target-path", str(self.folder / "dbt"), "--log-path", str(self.folder / "dbt")]
        subprocess.run(dbt, cwd=PROJECT, env={**os.environ, "KOMMUNLAGER_DATABASE": str(database)}, check=True)
        with duckdb.connect(str(database), read_only=True) as connection:
            return self._read_findings(connection)

    @contextmanager
    def with_document(self, document: Document) -> Iterator[None]:
        """Replace the clean workbook by a changed one for a while."""
        path = self.reports / f"{document.document_id}.xlsx"
        write_workbook(document, path)
        try:
            yield
        finally:
            shutil.copyfile(REPORTS / path.name, path)

    def _kommunlager(self, verb: str) -> None:
        places = {"KOMMUNLAGER_DATA": str(self.folder), "KOMMUNLAGER_WORK": str(self.folder / "work")}
        command = [sys.executable, "-c", "from kommunlager.cli import main; main()", verb]
        subprocess.run(command, cwd=PROJECT, env={**os.environ, **places}, check=True, stdout=subprocess.DEVNULL)

    def _upstream(self, wanted: str) -> Iterator[dict[str, object]]:
        """The model and everything upstream of it, in build order."""
        seen: set[str] = set()

        def visit(name: str) -> Iterator[dict[str, object]]:
            if name not in seen and name.startswith("model."):
                seen.add(name)
                for parent in self.manifest["parent_map"][name]:
                    yield from visit(parent)
                yield self.manifest["nodes"][name]

        return visit(wanted)

    def _copied_into_memory(self, database: Path) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute("attach ':memory:' as warehouse")
        connection.execute(f"attach '{database}' as built (read_only)")
        connection.execute("copy from database built to warehouse")
        connection.execute("detach built")
        connection.execute("use warehouse")
        return connection

    def _read_findings(self, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
        rows = connection.execute(_FINDINGS).fetchall()
        return [Finding(*row) for row in rows]
