"""Lists the files under ``data/`` that nothing reads, with what to do about each."""

from collections.abc import Collection
from pathlib import Path

# Editors' lock and temporary files and a folder's README are not input.
_NO_INPUT = ("~$", ".", "README")
_REPORTS = (".pdf", ".docx", ".txt")
_OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".ods")


def unread_files(folder: Path, known: Collection[str]) -> list[str]:
    """One line for each file of ``folder`` that is neither in ``known`` nor a sidecar of an existing one."""
    if not folder.is_dir():
        return []
    return [
        f"{folder.name}/{path.name} is not loaded: {_remedy(path)}"
        for path in sorted(folder.iterdir())
        if path.name not in known and not path.name.startswith(_NO_INPUT) and not _is_sidecar(path)
    ]


def _is_sidecar(path: Path) -> bool:
    return path.suffix == ".toml" and path.with_suffix("").exists()


def _remedy(path: Path) -> str:
    kind = path.suffix.lower()
    if path.is_dir():
        return "folders are not searched"
    if kind in _REPORTS:
        return "`kommunlager read` turns a report into a workbook"
    if kind in _OTHER_SPREADSHEETS:
        return "save it as .xlsx"
    if kind in (".csv", ".json", ".parquet"):
        return "key figures belong in key_figures/"
    return "files of this kind are not read"
