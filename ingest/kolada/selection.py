"""The selection: a file that says which KPIs, areas and years are fetched."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import InputRefusedError
from ingest.kolada.limits import FIRST_YEAR, LAST_YEAR
from ingest.kolada.questions import Unknown, Wanted

ALL = "all"
DEFINED = "defined"


class Selection(BaseModel):
    """A person's choice: Kolada's ids, ``all``, or for KPIs ``defined`` (those in the seed)."""

    model_config = ConfigDict(extra="forbid")

    kpis: list[Annotated[str, Field(pattern=r"^(all|defined|[A-Z]\d{5})$")]] = []
    kpi_groups: list[Annotated[str, Field(pattern=r"^G2KPI\d+$")]] = []
    municipalities: list[Annotated[str, Field(pattern=r"^(all|\d{4})$")]]
    municipality_groups: list[Annotated[str, Field(pattern=r"^(all|G\d+)$")]] = []
    years: list[Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]] = []


def read_selection(path: Path) -> Selection:
    """Read a selection file; raises InputRefusedError that names the line to correct."""
    try:
        return Selection.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputRefusedError(path, f"can't be read ({error.strerror}).", "Name a selection file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefusedError(
            path, f"is not valid TOML ({error}).", "See kolada_selection.toml for the format."
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{first['msg'][0].lower()}{first['msg'][1:]}, found {first['input']!r}."
        raise InputRefusedError(path, problem, "See kolada_selection.toml for the format.", place) from error


def resolve(
    selection: Selection, lists: Mapping[str, Collection[Mapping[str, Any]]], defined: Collection[str]
) -> tuple[Wanted, Unknown]:
    """Resolve a selection to ids with Kolada's own ``lists``; also returns the chosen ids that they lack.

    Those are not requested: Kolada answers an unknown id with an empty list, as if it had no figures.
    """
    catalogue = {row["id"] for row in lists["kpi"]}
    members = {row["id"]: {member["member_id"] for member in row["members"]} for row in lists["kpi_groups"]}
    chosen = set(selection.kpis) - {ALL, DEFINED}
    chosen |= catalogue if ALL in selection.kpis else set()
    chosen |= set(defined) if DEFINED in selection.kpis else set()
    chosen = chosen.union(*(members.get(group, {group}) for group in selection.kpi_groups))
    municipality_codes, strange_codes = _split(selection.municipalities, lists["municipality"])
    group_ids, strange_groups = _split(selection.municipality_groups, lists["municipality_groups"])
    wanted = Wanted(
        kpi_ids=sorted(chosen & catalogue),
        municipality_codes=municipality_codes,
        group_ids=group_ids,
        years=[str(year) for year in selection.years],
    )
    return wanted, Unknown(kpi_ids=sorted(chosen - catalogue), area_ids=strange_codes + strange_groups)


def _split(chosen: Collection[str], listed: Collection[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """The chosen ids that Kolada lists, and those that it doesn't."""
    known = {row["id"] for row in listed}
    named = set(chosen) - {ALL}
    return sorted(known if ALL in chosen else named & known), sorted(named - known)
