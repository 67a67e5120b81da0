"""What charts draw, what links to tables and rows end in, and how the search index stays small; with made-up rows."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from kommunlager.site.charts import Bar, Point, bar_chart, line_chart
from kommunlager.site.page import Page
from kommunlager.site.pages.search_index import SearchIndex
from kommunlager.site.subjects import Subject
from kommunlager.site.tables import Column, Table, make_table
from kommunlager.site.topics.budget import over_budget


def points(*years: int, line: str = "Påhittad", colour: int | None = None) -> list[Point]:
    return [Point(year, year % 7, line, "outcome", str(year % 7), colour) for year in years]


@pytest.mark.parametrize("years", [(2023, 2024), (2019, 2021, 2025), (2024, 2022, 2023)])
def test_each_year_with_a_value_is_below_the_chart_once(years: tuple[int, ...]) -> None:
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", line_chart(points(*years), "Påhittat diagram").drawing)
    assert [text for text in texts if re.fullmatch(r"2\d{3}", text)] == [str(year) for year in sorted(years)]


def test_a_municipality_keeps_its_colour_wherever_its_line_is() -> None:
    one, other = points(2023, 2024, line="Ettby", colour=7), points(2023, 2024, line="Tvåby", colour=3)
    for drawn in (one, [*one, *other], [*other, *one]):
        chart = line_chart(drawn, "Påhittat diagram")
        assert {name: colour for _, colour, name in chart.key}["Ettby"] == 7
        assert "var(--line-7)" in chart.drawing
    assert [(shape, name) for shape, _, name in chart.key] == [(1, "Tvåby"), (2, "Ettby")]


def test_bars_of_totals_income_and_grants_differ_from_parts() -> None:
    def drawn(kind: str) -> tuple[str, ...]:
        svg = bar_chart([Bar("Påhittad", -3.0, "−3 tkr", "bad", kind)], "Påhittat diagram")
        label = re.search(r"<text([^>]*)>(Påhittad[^<]*)</text>", svg)
        bar = re.search(r'<path[^>]*fill="var\(--bad\)"[^>]*>', svg)
        assert label
        assert bar
        return (
            *re.findall(r'(?:fill-opacity|stroke-dasharray)="[^"]*"', bar[0]),
            *re.findall("bold", label[1]),
            label[2],
        )

    looks = {kind: drawn(kind) for kind in ("part", "total", "income", "grant")}
    assert len(set(looks.values())) == 4
    assert looks["part"][-1:] == ("Påhittad",)
    assert looks["total"][-2:] == ("bold", "Påhittad (summa)")
    assert (looks["income"][-1], looks["grant"][-1]) == ("Påhittad (intäkt)", "Påhittad (bidrag)")


def test_a_label_that_says_what_it_is_is_not_told_so() -> None:
    assert Bar("Övriga intäkter", 1, "1", kind="income").name == "Övriga intäkter"
    assert Bar("Avgifter", 1, "1", kind="income").name == "Avgifter (intäkt)"


def table_of(*rows: dict[str, Any], caption: str = "Påhittad tabell") -> Table:
    columns = (Column("Rad", lambda row: row["label"]), Column("Tal", lambda row: str(row["value"]), numeric=True))
    return make_table(caption, columns, rows, None, group=lambda row: row.get("group", ""))


def row(label: str, value: int = 1, **more: str) -> dict[str, Any]:
    return {"label": label, "value": value, "municipality_code": "0000", "committee": "Påhittade nämnden", **more}


def anchors(table: Table) -> dict[str, str]:
    return {of_row.label: anchor for _, rows in table.groups_with_anchors for anchor, of_row in rows}


def test_the_anchor_of_a_row_depends_on_what_it_is_and_not_on_its_place_or_value() -> None:
    before = anchors(table_of(row("Lön", 1), row("Hyra", 2)))
    after = anchors(table_of(row("Ny rad", 9), row("Hyra", 3), row("Lön", 4)))
    assert before.items() <= after.items()
    assert len(set(after.values())) == 3
    assert table_of(row("Lön")).anchor == table_of(row("Hyra")).anchor


def test_rows_and_tables_of_others_have_other_anchors() -> None:
    tables = [
        table_of(row("Lön")),
        table_of(row("Lön", committee="Andra nämnden")),
        table_of(row("Lön", municipality_code="0001")),
        table_of(row("Lön", activity_code="made_up")),
        table_of(row("Lön"), caption="Annan tabell"),
    ]
    assert len({table.anchor for table in tables}) == len({anchors(table)["Lön"] for table in tables}) == len(tables)
    assert anchors(table_of(row("Lön", group="2024"))) != anchors(table_of(row("Lön", group="2025")))


def test_rows_that_nothing_distinguishes_still_have_anchors_of_their_own() -> None:
    ((_, rows),) = table_of(row("Lön", 1), row("Lön", 2), row("Lön", 3)).groups_with_anchors
    assert len({anchor for anchor, _ in rows}) == 3


def index_of(largest: int, rows: int) -> tuple[str, dict[str, Any]]:
    index = SearchIndex(largest)
    tables = [table_of(*(row(f"Påhittad rad {chr(97 + n % 26)}{n}") for n in range(rows))), table_of(row("2024"))]
    index.add(Page("made_up.html", "Påhittad sida", "made_up.html", "made_up.html", {"tables": tables}))
    script = index.script()
    return script, json.loads(script.removeprefix("globalThis.searchIndex = ").removesuffix(";\n"))


def test_the_search_index_leads_to_the_first_row_of_each_name_and_leaves_out_years() -> None:
    index = SearchIndex()
    first, second = table_of(row("Lön"), row("Hyra")), table_of(row("Lön"), row("2024"), caption="Annan tabell")
    index.add(Page("made_up.html", "Påhittad sida", "made_up.html", "made_up.html", {"x": [first], "y": {"z": second}}))
    found = json.loads(index.script().removeprefix("globalThis.searchIndex = ").removesuffix(";\n"))
    ((file_name, title, parts),) = found["pages"]
    assert (file_name, title) == ("made_up.html", "Påhittad sida")
    named = [
        (found["texts"][text], anchor, [found["texts"][name] for name in names], of_rows)
        for text, anchor, names, of_rows in parts
    ]
    assert named == [
        ("Påhittad tabell", first.anchor, ["Lön", "Hyra"], f"{anchors(first)['Lön']} {anchors(first)['Hyra']}"),
        ("Annan tabell", second.anchor, [], ""),
    ]


def test_a_search_index_that_would_be_too_large_leads_to_pages_then_has_pages_alone() -> None:
    whole, found = index_of(10_000_000, rows=500)
    assert found["pages"][0][2][0][3].count(" ") == 499
    script, found = index_of(len(whole.encode()) - 1, rows=500)
    assert found["hasRows"]
    ((name, anchor, names, anchors_of_rows),) = found["pages"][0][2]
    assert (found["texts"][name], anchor, anchors_of_rows) == ("", "", "")
    assert {found["texts"][number] for number in names} > {"Påhittad tabell", "Påhittad rad a0", "Påhittad rad f499"}
    _, found = index_of(len(script.encode()) - 1, rows=500)
    assert found == {"hasRows": False, "pages": [["made_up.html", "Påhittad sida", []]], "texts": []}


def deficit(name: str, tkr: int, pct: str | None) -> dict[str, Any]:
    subject = Subject("0001", "Påhittad", name, name.lower(), 1)
    percent = None if pct is None else Decimal(pct)
    return {"subject": subject, "is_favourable": False, "deviation_tkr": Decimal(tkr), "deviation_pct": percent}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [deficit("Ett", -2000, "-5.0"), deficit("Två", -1000, "-1.0")],
            ["I förhållande till budgeten är underskottet störst i Påhittad, ett: 2,0 mnkr, 5,0 procent."],
        ),
        (
            [deficit("Ett", -2000, "-1.0"), deficit("Två", -1000, "-5.0")],
            [
                "I kronor är underskottet störst i Påhittad, ett: 2,0 mnkr.",
                "I förhållande till budgeten är underskottet störst i Påhittad, två: 1,0 mnkr, 5,0 procent.",
            ],
        ),
        (
            [deficit("Ett", -2000, None), deficit("Två", -1000, "-5.0")],
            [
                "I kronor är underskottet störst i Påhittad, ett: 2,0 mnkr.",
                "Av de underskott som går att ange i procent av budgeten är det största i Påhittad, två: 1,0 mnkr,"
                " 5,0 procent.",
            ],
        ),
        ([deficit("Ett", -2000, None)], ["I kronor är underskottet störst i Påhittad, ett: 2,0 mnkr."]),
    ],
)
def test_the_largest_deficit_is_said_in_percent_and_where_it_is_another_in_kronor(
    rows: list[dict[str, Any]], said: list[str]
) -> None:
    words = over_budget(rows).replace("\N{NO-BREAK SPACE}", " ")
    assert words.partition("i sin senaste rapport. ")[2] == " ".join(said)
