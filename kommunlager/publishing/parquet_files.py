"""The marts as Parquet, one file each, for whoever reads with something else than DuckDB."""

from pathlib import Path

from kommunlager.memory_limit import connect
from kommunlager.publishing.warehouse_file import mart_names


def write_parquet(warehouse: Path, folder: Path) -> None:
    """Write ``<mart>.parquet`` for every mart of a release into a new folder."""
    folder.mkdir()
    with connect(warehouse, read_only=True) as connection:
        for mart in mart_names(connection):
            connection.execute(
                f'copy marts."{mart}" to $1 (format parquet, compression zstd)', [str(folder / f"{mart}.parquet")]
            )
