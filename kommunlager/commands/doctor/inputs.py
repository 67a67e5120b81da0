"""Checks what people maintain: settings, seeds and data. The doctor says what is wrong; only a person can mend it."""

import os
from collections.abc import Callable, Iterator
from functools import partial

from ingest.errors import InputRefusedError
from ingest.key_figures.reader import key_figure_sources, read_key_figures
from ingest.raw.load import workbooks
from ingest.workbook.reader import read_workbook
from kommunlager.checks.seeds.checks import check_seeds
from kommunlager.commands.doctor.problem import Problem
from kommunlager.commands.kolada_sync import kolada_client
from kommunlager.duckdb_files import connect, duckdb_config
from kommunlager.errors import StepFailedError, first_line
from kommunlager.installation import Installation, shown
from kommunlager.publishing.postgres import configured_postgres

_CORRECT = "correct it as it says"


def settings(installation: Installation) -> Iterator[Problem]:
    """Environment variables that no command can use, and folders that can't be written to."""
    yield from _refused("settings", duckdb_config)
    yield from _refused("settings", configured_postgres)
    yield from _refused("settings", kolada_client)
    if not os.access(installation.work, os.W_OK):
        yield Problem(shown(installation.work), "can't be written to", "give this user the right to write there")


def seeds(installation: Installation) -> Iterator[Problem]:
    """Faults of the seeds."""
    yield from _refused("seeds", partial(check_seeds, installation))


def data(installation: Installation) -> Iterator[Problem]:
    """Input files that can't be read; a run sets them aside."""
    if not installation.data.is_dir():
        remedy = "restore it, or set KOMMUNLAGER_DATA to the folder of the input"
        yield Problem(shown(installation.data), "does not exist", remedy)
        return
    for path in workbooks(installation.data / "reports").values():
        yield from _refused(shown(path), partial(read_workbook, path))
    with connect() as connection:
        for path in key_figure_sources(installation.data / "key_figures").values():
            yield from _refused(shown(path), partial(read_key_figures, connection, path))


def _refused(place: str, read: Callable[[], object]) -> Iterator[Problem]:
    """The problem, if the reader that a run uses refuses it."""
    try:
        read()
    except (StepFailedError, InputRefusedError) as refusal:
        yield Problem(place, str(refusal), _CORRECT)
    except Exception as error:
        yield Problem(place, first_line(error), "restore the file, or report this error")
