"""How much memory DuckDB may take; beyond it it puts aside on the disk. The same variable limits dbt (profiles.yml)."""

import os

MEMORY_LIMIT: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": os.environ.get("KOMMUNLAGER_MEMORY_LIMIT", "4GB")
}
