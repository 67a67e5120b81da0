"""``datapackage.json``: what each file and column means (Frictionless Data Package)."""

import json
from pathlib import Path
from typing import Any

from kommunlager.publishing.open_data.contents import Contents, Source
from kommunlager.publishing.open_data.publisher import Publisher
from kommunlager.publishing.open_data.tables import Column, ForeignKey, Table

DATA_PACKAGE = "datapackage.json"
_KOLADA = {"title": "Kolada (invånare, och nyckeltal som uppgifter jämförs med)", "path": "https://www.kolada.se/"}


def write_data_package(folder: Path, contents: Contents, tables: list[Table], publisher: Publisher | None) -> None:
    """Write the description of the CSV files in a folder."""
    package = _package(contents, publisher) | {"resources": [_resource(table) for table in tables]}
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / DATA_PACKAGE).write_text(f"{text}\n", encoding="utf-8")


def _package(contents: Contents, publisher: Publisher | None) -> dict[str, Any]:
    """The description of the whole; a licence and a publisher only where someone has stated them."""
    package: dict[str, Any] = {
        "name": "kommunlager",
        "title": contents.title,
        "description": contents.description,
        "version": contents.run_id,
        "created": f"{contents.released_at.isoformat()}Z",
        "municipalities": [{"code": code, "name": name} for code, name in contents.municipalities.items()],
        "sources": [_source(source) for source in contents.sources] + ([_KOLADA] if contents.uses_kolada else []),
    }
    if publisher:
        package |= {
            "homepage": publisher.landing_page,
            "licenses": [{"path": publisher.licence}],
            "contributors": [{"title": publisher.publisher.name, "role": "publisher"}],
        }
    return package


def _source(source: Source) -> dict[str, str]:
    return {"title": source.title} | ({"path": source.address} if source.address else {})


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        **({"title": table.title} if table.title else {}),
        "description": table.description,
        "path": table.file_name,
        "format": "csv",
        "compression": "gz",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = table.primary_key
    if table.foreign_keys:
        schema["foreignKeys"] = [_foreign_key(key, table) for key in table.foreign_keys]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.title:
        field["title"] = column.title
    field["description"] = column.description
    return field


def _foreign_key(key: ForeignKey, table: Table) -> dict[str, Any]:
    """An empty name of a resource is the table itself."""
    resource = "" if key.table == table.name else key.table
    return {"fields": key.columns, "reference": {"resource": resource, "fields": key.table_columns}}
