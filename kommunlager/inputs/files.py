"""The input files under ``data/`` and what is loaded from each; an unsound one can be set aside."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.key_figures.reader import key_figure_sources
from ingest.raw.input_files import KEY_FIGURES, REPORTS, InputFiles, LoadResult
from ingest.raw.load import key_figure_files, load_key_figures, load_reports, report_files, workbooks
from ingest.raw.schema import create_raw_schema
from kommunlager.inputs.hashes import hash_project
from kommunlager.inputs.working_database import working_database
from kommunlager.installation import Installation


@dataclass(frozen=True, order=True)
class InputFile:
    """A file below ``data/`` (or a folder of API pages): its register in schema ``raw``, and its name."""

    register: str
    name: str


@dataclass(frozen=True)
class SetAside:
    """A file that is set aside, the reason, and whether an earlier version of it is loaded."""

    file: InputFile
    reason: str
    has_earlier_version: bool

    def line(self) -> str:
        """The reason, and what the marts hold instead."""
        instead = "Its earlier version is used." if self.has_earlier_version else "There is no earlier version of it."
        named = self.reason if self.reason.startswith(self.file.name) else f"{self.file.name}: {self.reason}"
        return f"{named} {instead}"


class Inputs:
    """All input files, over one connection to the working database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, installation: Installation) -> None:
        create_raw_schema(connection)
        self.connection = connection
        self._reports_folder = installation.data / "reports"
        self._key_figures_folder = installation.data / "key_figures"
        code_hash = hash_project(installation)
        self._kinds: dict[str, InputFiles] = {
            REPORTS: report_files(
                connection, installation.municipality_names(), installation.last_good / "reports", code_hash
            ),
            KEY_FIGURES: key_figure_files(connection, installation.last_good / "key_figures", code_hash),
        }

    def load(self) -> list[LoadResult]:
        """Load new and changed files into schema ``raw`` and remove deleted ones."""
        return [
            load_reports(self._kinds[REPORTS], self._reports_folder),
            load_key_figures(self._kinds[KEY_FIGURES], self._key_figures_folder),
        ]

    def set_aside(self, reasons: dict[InputFile, str]) -> None:
        """Withdraw what was loaded from each file and record the reason."""
        for file, reason in sorted(reasons.items()):
            self._kinds[file.register].set_aside(file.name, reason, self._path(file))

    def withdraw(self, files: Iterable[InputFile]) -> None:
        """Withdraw what was loaded from the files, without a record."""
        for file in files:
            self._kinds[file.register].withdraw(file.name)

    def admit(self, files: Iterable[InputFile]) -> None:
        """Load the files again."""
        for file in files:
            self._kinds[file.register].admit(file.name, self._path(file))

    def published(self) -> set[InputFile]:
        """The files whose loaded version is the one last published."""
        return self._loaded() - self.unpublished()

    def unpublished(self) -> set[InputFile]:
        """The files whose loaded version is not the one last published."""
        return {InputFile(register, name) for register, kind in self._kinds.items() for name in kind.unpublished()}

    def unpublished_reports(self) -> set[str]:
        """The documents that are new or changed since the last release."""
        names = [file.name for file in self.unpublished() if file.register == REPORTS]
        query = "select document_id from raw.report_documents where list_contains($1, file_name)"
        return {document_id for (document_id,) in self.connection.execute(query, [names]).fetchall()}

    def keep_last_good(self) -> None:
        """Keep a copy of what is loaded, since it has been published."""
        self._kinds[REPORTS].keep_last_good(workbooks(self._reports_folder))
        self._kinds[KEY_FIGURES].keep_last_good(key_figure_sources(self._key_figures_folder))

    def report(self, document_id: str) -> InputFile:
        """The workbook of a document, loaded or not."""
        query = "select file_name from raw.report_documents where document_id = $1"
        found = self.connection.execute(query, [document_id]).fetchone()
        return InputFile(REPORTS, found[0] if found else f"{document_id}.xlsx")

    def all_set_aside(self) -> list[SetAside]:
        """Every file that is set aside now."""
        loaded = self._loaded()
        rows = self.connection.execute("select register, file_name, reason from raw.set_aside order by all").fetchall()
        files = {InputFile(register, name): reason for register, name, reason in rows}
        return [SetAside(file, reason, file in loaded) for file, reason in files.items()]

    def has_reports(self) -> bool:
        """Whether any report is loaded."""
        return bool(self._kinds[REPORTS].loaded_hashes())

    def try_again(self) -> None:
        """Make the next ingest load every file that a check had set aside."""
        self.connection.execute("delete from raw.set_aside where not is_refused")

    def _loaded(self) -> set[InputFile]:
        return {InputFile(register, name) for register, kind in self._kinds.items() for name in kind.loaded_hashes()}

    def _path(self, file: InputFile) -> Path:
        folder = self._reports_folder if file.register == REPORTS else self._key_figures_folder
        return folder / file.name


@contextmanager
def open_inputs(installation: Installation) -> Iterator[Inputs]:
    """The input files, over a connection that holds the working database while the block runs."""
    with working_database(installation) as connection:
        yield Inputs(connection, installation)
