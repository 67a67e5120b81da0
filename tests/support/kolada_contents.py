"""The content of a Kolada on 127.0.0.1: made-up figures, or real ones if they are beside the project."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from tests.support.installation import PROJECT
from tests.support.kolada_server import Figure, Json, Kolada

REAL = PROJECT.parent / "shared" / "kolada"


def made_up_kpi(kpi_id: str, title: str = "Påhittat nyckeltal") -> dict[str, object]:
    return {
        "id": kpi_id,
        "title": f"{title} {kpi_id}",
        "description": "Påhittat. Källa: ingen.",
        "is_divided_by_gender": True,
        "municipality_type": "K",
        "auspice": None,
        "operating_area": "Påhittat",
        "perspective": "Resurser",
        "prel_publication_date": None,
        "publication_date": "2027-03-06",
        "publ_period": "2026",
        "has_ou_data": False,
    }


def made_up_kolada() -> Kolada:
    """Two batches of KPIs for two of areas and one of groups: six questions, several pages each."""
    ids = [f"N{number:05}" for number in range(1, 31)]
    areas = [f"{code:04}" for code in range(1000, 1027)]
    figures = {
        (kpi, area, year, gender): Figure(float(int(kpi[1:]) * 1000 + int(area[-3:]) + year % 10))
        for kpi in ids
        for area in [*areas[:2], areas[-1], "G90001"]
        for year in (2022, 2023)
        for gender in "TKM"
    }
    figures[ids[0], areas[0], 2023, "K"] = Figure(None, "Missing")
    return Kolada(
        kpis=[made_up_kpi(kpi) for kpi in ids],
        municipalities=[{"id": area, "title": f"Påhittad {area}", "type": "K"} for area in areas],
        municipality_groups=[
            {
                "id": "G90001",
                "title": "Påhittad grupp",
                "members": [{"member_id": areas[0], "member_title": "Påhittad"}],
            }
        ],
        kpi_groups=[{"id": "G2KPI1", "title": "Påhittad", "members": [{"member_id": ids[0], "member_title": "x"}]}],
        figures=figures,
        page_size=40,
    )


def add_made_up_neighbours(kolada: Kolada) -> None:
    """Made-up cost and population of Mark, and of three municipalities listed as similar: 18 figures."""
    similar = {"1082": 3000.0, "0586": 4000.0, "2184": 5000.0}
    costs = {(code, year): cost for code, cost in similar.items() for year in (2021, 2022, 2023)}
    costs |= {("1463", 2021): 4500.0, ("1463", 2022): 3900.0, ("1463", 2023): 3800.0}
    kolada.figures |= {("N30005", code, year, "T"): Figure(cost) for (code, year), cost in costs.items()}
    inhabitants = {"K": 15_000.0, "M": 20_000.0, "T": 35_000.0}
    for year in (2022, 2023):
        kolada.figures |= {("N01951", "1463", year, gender): Figure(count) for gender, count in inhabitants.items()}
    kolada.kpis += [made_up_kpi("N30005"), made_up_kpi("N01951")]
    kolada.municipalities += [{"id": code, "title": code, "type": "K"} for code in ("1463", *similar)]
    members = [{"member_id": code, "member_title": code} for code in similar]
    kolada.municipality_groups.append(
        {"id": "G36587", "title": "Liknande kommuner IFO, Mark, 2024", "members": members}
    )


def real_kolada(page_size: int, everywhere: Collection[str] = ()) -> Kolada:
    """Real values of three municipalities and the nation (to 2022, as scraped by open-numbers/ddf--kolada--dump).

    The KPIs in ``everywhere`` have the values of all municipalities.
    """
    figures = {
        (row["kpi_id"], row["municipality_id"], int(row["year"]), row["gender"]): Figure(float(row["value"]))
        for row in real_values(everywhere)
    }
    return Kolada(
        kpis=[_kpi(row) for row in _rows(REAL / "catalogue.csv.gz")],
        municipalities=[dict(row) for row in _rows(REAL / "municipalities.csv")],
        municipality_groups=list(_groups(REAL / "municipality_groups.csv.gz")),
        kpi_groups=[{"id": "G2KPI1", "title": "Påhittad", "members": []}],
        figures=figures,
        page_size=page_size,
    )


def real_values(everywhere: Collection[str]) -> Iterator[dict[str, str]]:
    """The rows that ``real_kolada`` serves, from the files beside the project."""
    yield from _rows(REAL / "values_three_municipalities.csv")
    if everywhere:
        yield from (row for row in _rows(REAL / "values_all_municipalities.csv.gz") if row["kpi_id"] in everywhere)


def _kpi(row: dict[str, str]) -> Json:
    flags = {name: row[name] == "True" for name in ("is_divided_by_gender", "has_ou_data")}
    return {name: text or None for name, text in row.items()} | flags


def _groups(path: Path) -> Iterator[Json]:
    members: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for row in _rows(path):
        member = {"member_id": row["member_id"], "member_title": row["member_title"]}
        members[row["group_id"], row["group_title"]].append(member)
    for (group_id, title), of_group in members.items():
        yield {"id": group_id, "title": title, "members": of_group}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
