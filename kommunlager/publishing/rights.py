"""Who may read what an installation writes, whatever the umask: what is published and, more narrowly, the rest."""

import os
from contextlib import suppress
from pathlib import Path

from kommunlager.errors import EXIT_WRONG_USE, StepFailedError
from kommunlager.installation import Installation

PUBLISHED_FOR_VARIABLE = "KOMMUNLAGER_PUBLISHED_FOR"
_READERS = {"everyone": 0o444, "group": 0o440, "owner": 0o400}
_OWNER_WRITES = 0o200
_OTHERS = 0o007


def prepare_folders(installation: Installation) -> None:
    """Make the folders that hold what is not for everyone, and take away the rights that others have to them.

    Raises StepFailedError if the setting is not one of the known ones.
    """
    readers = _readers()
    if not installation.work.exists():
        installation.work.mkdir(parents=True)
        installation.work.chmod(_folder_mode(readers))
    make_private(installation.state)
    # A file in the place of build/ is damage, which the run mends.
    if not installation.build.is_file():
        make_private(installation.build)


def make_private(folder: Path) -> None:
    """Make a folder, if there is none, that nobody but its owner and, if the umask allows it, its group may enter."""
    folder.mkdir(parents=True, exist_ok=True)
    mode = folder.stat().st_mode
    if mode & _OTHERS:
        # A folder of another user is that user's to close.
        with suppress(PermissionError):
            folder.chmod(mode & ~_OTHERS)


def let_read(release: Path) -> None:
    """Make the files of a release read-only, and them and their folders readable for those whom the setting names."""
    readers = _readers()
    for folder, _, names in os.walk(release):
        for name in names:
            os.chmod(Path(folder) / name, readers)
        os.chmod(folder, _folder_mode(readers))
    release.parent.chmod(_folder_mode(readers))


def _readers() -> int:
    chosen = os.environ.get(PUBLISHED_FOR_VARIABLE, "everyone")
    if chosen not in _READERS:
        known = ", ".join(_READERS)
        raise StepFailedError(f"{PUBLISHED_FOR_VARIABLE} is '{chosen}'. Use one of {known}.", EXIT_WRONG_USE)
    return _READERS[chosen]


def _folder_mode(readers: int) -> int:
    """Who may read the files of a folder may also enter it."""
    return readers | readers >> 2 | _OWNER_WRITES
