"""Runs Great Expectations on what landed in schema ``raw`` and writes its Data Docs.

Data frames are read through a read-only connection; the SQL engine of Great Expectations does not know DuckDB.
"""

import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from kommunlager.failures import EXIT_CHECKS_FAILED, StepFailedError
from kommunlager.places import Places


@dataclass(frozen=True)
class CheckResult:
    """How many expectations were checked, and where the Data Docs lie."""

    expectations: int
    data_docs: Path


def check_raw(places: Places) -> CheckResult:
    """Check every table of schema ``raw``; raises StepFailedError with one line a failed expectation."""
    gx = _import_great_expectations()
    from kommunlager.raw_expectations import QUERIES, expectations_for

    folder = places.build / "great_expectations"
    shutil.rmtree(folder, ignore_errors=True)
    context = gx.get_context(mode="file", project_root_dir=folder)
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    source = context.data_sources.add_pandas("raw")
    checked, failures = 0, []
    with duckdb.connect(str(places.database), read_only=True) as connection:
        for table, query in QUERIES.items():
            frame = connection.execute(query).df()
            suite = gx.ExpectationSuite(name=table, expectations=expectations_for(table))
            result = _validate(gx, context, source, table, suite, frame)
            checked += len(result.results)
            failures += [_describe(table, outcome) for outcome in result.results if not outcome.success]
    context.build_data_docs()
    docs = folder / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html"
    if failures:
        raise StepFailedError(
            "What was loaded does not look as it must, so nothing was built:\n"
            + "\n".join(f"  - {line}" for line in failures)
            + f"\nMend the file in data/ and run again. All results: {docs}",
            EXIT_CHECKS_FAILED,
        )
    return CheckResult(expectations=checked, data_docs=docs)


def _import_great_expectations() -> Any:
    """Importing takes seconds, so only this step pays for it; analytics are switched off before."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations

    return great_expectations


def _validate(gx: Any, context: Any, source: Any, table: str, suite: Any, frame: Any) -> Any:
    batch = source.add_dataframe_asset(name=table).add_batch_definition_whole_dataframe("all")
    context.suites.add(suite)
    definition = gx.ValidationDefinition(name=table, data=batch, suite=suite)
    context.validation_definitions.add(definition)
    checkpoint = context.checkpoints.add(gx.Checkpoint(name=table, validation_definitions=[definition]))
    outcome = checkpoint.run(batch_parameters={"dataframe": frame})
    return next(iter(outcome.run_results.values()))


def _describe(table: str, outcome: Any) -> str:
    config = outcome.expectation_config
    columns = config.kwargs.get("column") or config.kwargs.get("column_list") or config.kwargs.get("column_A") or "rows"
    seen = outcome.result.get("partial_unexpected_list") or outcome.result.get("observed_value", "")
    return f"raw.{table}, {columns}: {config.type} failed, for example on {seen if seen != '' else 'the table'}"[:300]
