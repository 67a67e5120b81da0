"""A damaged ``build/``: what can be built again is thrown away."""

from ingest.files.whole import remove
from kommunlager.installation import Installation


def throw_away_build(installation: Installation) -> None:
    """Remove everything in ``build/``, and the working database if it is elsewhere."""
    # The folder itself stays: it may be a link to another disk.
    for path in installation.build.iterdir() if installation.build.is_dir() else [installation.build]:
        remove(path)
    for path in (installation.database, installation.database.with_name(f"{installation.database.name}.wal")):
        remove(path)
