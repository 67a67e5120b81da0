"""What every page of the site is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """One file of the site; ``section`` is the file name of the menu entry that it belongs to."""

    file_name: str
    title: str
    template: str
    section: str
    content: Mapping[str, Any]
