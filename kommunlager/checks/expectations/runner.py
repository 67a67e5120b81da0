"""Runs Great Expectations on schema ``raw`` and on the built marts, and writes their Data Docs.

Data frames are read through a read-only connection, since the SQL engine of Great Expectations doesn't know DuckDB.
"""

import logging
import os
import shutil
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kommunlager.duckdb_files import connect
from kommunlager.errors import EXIT_CHECKS_FAILED, DocumentsAtFaultError, StepFailedError
from kommunlager.installation import Installation


@dataclass(frozen=True)
class Failure:
    """An expectation that doesn't hold: the report, and what is wrong with each document whose rows it names."""

    line: str
    documents: dict[str, str]


@dataclass
class CheckResult:
    """How many expectations hold, the warnings, and where the Data Docs are."""

    data_docs: Path
    held: int = 0
    warnings: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def check_raw(installation: Installation) -> CheckResult:
    """Check every table of schema ``raw``.

    Raises StepFailedError with one line per failed expectation; DocumentsAtFaultError if each of them names documents.
    """
    gx = _import_great_expectations()
    from kommunlager.checks.expectations.raw import SUITES

    shutil.rmtree(_folder(installation), ignore_errors=True)
    result = _check(gx, installation, SUITES)
    _stop_on_failures(
        result,
        "What was loaded fails a check, so nothing was built:",
        "Correct the file in data/ and run again.",
    )
    return result


def check_marts(installation: Installation) -> CheckResult | None:
    """Check the built marts as a whole, if there are any; raises like ``check_raw``."""
    if not _are_built(installation):
        return None
    gx = _import_great_expectations()
    from kommunlager.checks.expectations.marts import SUITES

    result = _check(gx, installation, SUITES)
    _stop_on_failures(
        result,
        "The marts fail a check, so nothing was published:",
        "If something was loaded after they were built, build again; otherwise check the models.",
    )
    return result


def _are_built(installation: Installation) -> bool:
    with connect(installation.database, read_only=True) as connection:
        found = connection.execute("select 1 from duckdb_tables() where schema_name = 'marts' limit 1").fetchone()
    return found is not None


def _stop_on_failures(result: CheckResult, problem: str, remedy: str) -> None:
    if not result.failures:
        return
    lines = "\n".join(f"  - {failure.line}" for failure in result.failures)
    message = f"{problem}\n{lines}\n{remedy} All results: {result.data_docs}"
    if all(failure.documents for failure in result.failures):
        reasons = {document: reason for failure in result.failures for document, reason in failure.documents.items()}
        raise DocumentsAtFaultError(message, EXIT_CHECKS_FAILED, reasons)
    raise StepFailedError(message, EXIT_CHECKS_FAILED)


def _import_great_expectations() -> Any:
    """Imported only for this step, since it takes seconds; analytics are switched off before.

    The errors that it logs are traces of Data Docs that could not be written; whatever stops a check is raised anyway.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    import great_expectations

    return great_expectations


def _folder(installation: Installation) -> Path:
    return installation.build / "great_expectations"


def _check(gx: Any, installation: Installation, suites: Any) -> CheckResult:
    folder = _folder(installation)
    context = gx.get_context(mode="file", project_root_dir=folder)
    # This file sets nothing, but if it is missing it is looked for and parsed hundreds of times.
    (folder / "gx" / "uncommitted" / "config_variables.yml").unlink(missing_ok=True)
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    source = context.data_sources.add_or_update_pandas("warehouse")
    result = CheckResult(folder / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html")
    with connect(installation.database, read_only=True) as connection:
        for suite in suites:
            outcomes = _validate(gx, context, source, suite, connection.execute(suite.query).df()).results
            result.held += sum(1 for outcome in outcomes if outcome.success)
            for outcome in outcomes:
                if not outcome.success:
                    failure = _describe(suite.name, outcome)
                    if outcome.expectation_config.severity == "warning":
                        result.warnings.append(failure.line)
                    else:
                        result.failures.append(failure)
    context.build_data_docs()
    return result


def _validate(gx: Any, context: Any, source: Any, suite: Any, frame: Any) -> Any:
    name = suite.name
    batch = source.add_dataframe_asset(name=name).add_batch_definition_whole_dataframe("all")
    # Great Expectations refuses an expectation that another suite holds, such as that of the previous check.
    expectations = [copy(expectation) for expectation in suite.expectations]
    kept = context.suites.add_or_update(gx.ExpectationSuite(name=name, expectations=expectations))
    definition = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(name=name, data=batch, suite=kept)
    )
    named_rows = {"unexpected_index_column_names": list(suite.named_by)} if suite.named_by else {}
    checkpoint = context.checkpoints.add_or_update(
        gx.Checkpoint(
            name=name,
            validation_definitions=[definition],
            result_format={"result_format": "SUMMARY"} | named_rows,
        )
    )
    outcome = checkpoint.run(batch_parameters={"dataframe": frame})
    return next(iter(outcome.run_results.values()))


def _describe(name: str, outcome: Any) -> Failure:
    config, found = outcome.expectation_config, outcome.result
    columns = config.kwargs.get("column") or config.kwargs.get("column_list") or config.kwargs.get("column_A") or "rows"
    says = config.description or f"{config.type} failed"
    named = [row for row in found.get("partial_unexpected_index_list") or [] if isinstance(row, dict)]
    rows = [", ".join(str(value) for value in row.values()) for row in named]
    seen = rows or found.get("partial_unexpected_list") or found.get("observed_value", "the table")
    documents = {str(row["document_id"]): f"{says} ({name}, {columns})." for row in named if row.get("document_id")}
    return Failure(f"{name}, {columns}: {says}, for example on {seen}"[:300], documents)
