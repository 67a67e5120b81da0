"""The release as open data: its tables as CSV files, described by a data package and, once it has a publisher, DCAT."""

from pathlib import Path

from kommunlager.duckdb_files import connect
from kommunlager.publishing.open_data.catalogue import write_catalogue
from kommunlager.publishing.open_data.contents import read_contents
from kommunlager.publishing.open_data.data_package import write_data_package
from kommunlager.publishing.open_data.publisher import Publisher
from kommunlager.publishing.open_data.tables import read_tables, write_tables


def write_open_data(warehouse: Path, folder: Path, publisher: Publisher | None) -> None:
    """Write a new folder that can be put on an open-data page as it is.

    The catalogue needs an address, a licence and a publisher, so there is none without ``publisher``.
    """
    folder.mkdir()
    with connect(warehouse, read_only=True) as connection:
        contents, tables = read_contents(connection), read_tables(connection)
        write_tables(connection, tables, folder)
    write_data_package(folder, contents, tables, publisher)
    if publisher:
        write_catalogue(folder, contents, tables, publisher)
