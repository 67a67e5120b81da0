"""What only the publisher knows about its open data: who it is, where the files are, and under which licence."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kommunlager.errors import EXIT_WRONG_USE, StepFailedError

# Addresses stand as they are in RDF, which knows no spaces and no letters outside ASCII there.
_Address = Annotated[str, Field(pattern=r"^https?://[!-;=?-~]+$")]
_Folder = Annotated[str, Field(pattern=r"^https?://[!-;=?-~]+/$")]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Organisation(_Settings):
    """Who publishes, with its organisation number, by which dataportal.se recognises it."""

    name: Annotated[str, Field(min_length=1)]
    organisation_number: Annotated[str, Field(pattern=r"^\d{10}$")]


class Contact(_Settings):
    """Where readers turn with questions."""

    name: Annotated[str, Field(min_length=1)]
    email: Annotated[str, Field(pattern=r"^[!-;=?A-~]+@[!-;=?A-~]+$")]


class Publisher(_Settings):
    """The settings of ``open_data.toml``."""

    address: _Folder
    landing_page: _Address
    licence: _Address
    publisher: Organisation
    contact: Contact


def read_publisher(path: Path) -> Publisher | None:
    """The settings; None if the file is missing or sets nothing.

    Raises StepFailedError, which names the setting to correct.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        return Publisher.model_validate(settings) if settings else None
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StepFailedError(f"{path.name} is not valid TOML ({error}). {_REMEDY}", EXIT_WRONG_USE) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise StepFailedError(
            f"{path.name}: {place}: {first['msg'][0].lower()}{first['msg'][1:]}. {_REMEDY}", EXIT_WRONG_USE
        ) from error


_REMEDY = "docs/open_data.md explains the settings; without any, releases have no catalogue."
