"""Mapping labels: the list as Excel opens it, and choices that reach the seeds all together or not at all."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kommunlager.commands.label_choices import take_choices
from kommunlager.commands.label_list import Row, read_list, write_label_list
from kommunlager.errors import StepFailedError
from kommunlager.installation import Installation
from tests.support.installation import PROJECT

# Made-up rows and suggestions, as the models would have them.
ROWS = """
    ('d.t1.r1', 'budget_line', 'Lokaler', 'lokaler', null, 'd', 1, 1, 'Påhittad', 'Drift', null),
    ('e.t1.r1', 'budget_line', 'LOKALER', 'lokaler', null, 'e', 1, 1, 'Påhittad', 'Drift', 'Kostnader'),
    ('d.t1.r2', 'budget_line', '-Hyror', 'hyror', null, 'd', 1, 2, 'Påhittad', 'Drift', null),
    ('d.t2.r1', 'measure', 'Sjukfrånvaron', 'sjukfrånvaron', 'percent', 'd', 2, 1, 'Påhittad', 'Personal', null),
    ('d.t3.r1', 'activity', 'Hemtjänsten', 'hemtjänsten', null, 'd', 3, 1, 'Påhittad', 'Klagomål', null)
"""
SUGGESTIONS = """
    ('budget_line', 'lokaler', null, 1, 'other_cost', 'total', 'Lokalkostnader'),
    ('budget_line', 'lokaler', null, 2, 'net_cost', 'home_care', 'Lokalvård'),
    ('measure', 'sjukfrånvaron', 'percent', 1, 'sick_leave_total_share', 'total', 'Sjukfrånvaro'),
    ('activity', 'hemtjänsten', null, 1, 'home_care', 'total', 'Hemtjänst')
"""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    (tmp_path / "build").mkdir()
    with duckdb.connect(str(tmp_path / "build" / "warehouse.duckdb")) as connection:
        connection.execute("create schema intermediate")
        connection.execute(f"""
            create table intermediate.int_unmapped_rows as select * from (values {ROWS}) as t
            (row_id, label_kind, label, label_key, unit, document_id, table_no, row_no, municipality, table_title,
            parent_label)
        """)
        connection.execute(f"""
            create table intermediate.int_label_suggestions as select * from (values {SUGGESTIONS}) as t
            (label_kind, label_key, unit, suggestion_no, code, activity_code, known_label)
        """)
    return Installation(project=tmp_path, data=tmp_path / "data", work=tmp_path)


def choose(installation: Installation, choices: dict[str, Row], encoding: str = "utf-8-sig") -> Path:
    """Fill in the list as a person does, and save it as Excel does in Sweden."""
    write_label_list(installation)
    rows = [row for _, row in read_list(installation.labels_to_map)]
    for row in rows:
        row.update(choices.get(row["label"], {}))
    with installation.labels_to_map.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return installation.labels_to_map


def seeds(installation: Installation) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (installation.project / "seeds").glob("*.csv")}


def added(installation: Installation, before: dict[str, str]) -> dict[str, list[str]]:
    """The lines that were added at the end of each seed."""
    after = seeds(installation)
    assert all(after[name].startswith(text) for name, text in before.items())
    return {name: text[len(before[name]) :].splitlines() for name, text in after.items() if text != before[name]}


def faults(installation: Installation, choices: dict[str, Row]) -> list[str]:
    path, before = choose(installation, choices), seeds(installation)
    with pytest.raises(StepFailedError) as failure:
        take_choices(installation, path)
    assert (failure.value.exit_code, seeds(installation)) == (3, before)
    return [line.removeprefix("  - ") for line in str(failure.value).splitlines()[1:]]


def test_the_list_is_for_a_swedish_excel(installation: Installation) -> None:
    assert write_label_list(installation)[0].endswith("lists 4 unknown labels, 3 of them with suggestions.")
    text = installation.labels_to_map.read_bytes()
    assert text.startswith(b"\xef\xbb\xbftake;label_kind;label;unit;row_count;")
    assert ";budget_line; -Hyror;;" in text.decode()
    rows = {row["label"]: row for _, row in read_list(installation.labels_to_map)}
    assert list(rows) == ["Lokaler", "Hemtjänsten", "-Hyror", "Sjukfrånvaron"]
    line = rows["Lokaler"]
    assert (line["row_count"], line["document_id"], line["table_title"]) == ("2", "d", "Drift")
    assert (line["suggestion_1"], line["known_label_1"]) == ("other_cost", "Lokalkostnader")
    assert (line["suggestion_2"], line["suggestion_3"], line["take"]) == ("net_cost/home_care", "", "")


def test_a_new_list_keeps_what_was_filled_in(installation: Installation) -> None:
    choose(installation, {"-Hyror": {"take": "other_cost", "municipality_code": "1463"}})
    write_label_list(installation)
    rows = {row["label"]: row for _, row in read_list(installation.labels_to_map)}
    assert (rows["-Hyror"]["take"], rows["-Hyror"]["municipality_code"]) == ("other_cost", "1463")
    assert rows["Lokaler"]["take"] == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_choices_are_rows_of_their_seeds(installation: Installation, encoding: str) -> None:
    choices = {
        "Lokaler": {"take": "1", "is_addable": "FALSKT", "title_pattern": "^drift"},
        "-Hyror": {"take": "net_cost/home_care"},
        "Sjukfrånvaron": {"take": "1"},
        "Hemtjänsten": {"take": "1"},
    }
    path, before = choose(installation, choices, encoding), seeds(installation)
    told = take_choices(installation, path)
    assert added(installation, before) == {
        "budget_line_labels.csv": [
            ",^drift,,Lokaler,other_cost,total,cost_type,cost,false",
            ",,,-Hyror,net_cost,home_care,sub_activity,net_cost,false",
        ],
        "measure_labels.csv": [",,Sjukfrånvaron,sick_leave_total_share,total,T"],
        "activity_labels.csv": [",Hemtjänsten,home_care"],
    }
    assert told[-1] == "4 rows are added to the seeds. Run `kommunlager run` to use them."


def test_one_wrong_row_stops_all(installation: Installation) -> None:
    found = faults(
        installation,
        {
            "Lokaler": {"take": "1"},
            "Sjukfrånvaron": {"take": "1", "breakdown": "activity"},
            "Hemtjänsten": {"take": "2"},
        },
    )
    assert found == [
        "row 3 (Hemtjänsten): take is 2, but there is no such suggestion. Write a code instead.",
        "row 5 (Sjukfrånvaron): breakdown is filled in, but it is not for a label of this kind. Empty the cell.",
    ]


def test_the_checks_of_the_seeds_name_the_row_of_the_list(installation: Installation) -> None:
    wrong = {"take": "oter_cost", "municipality_code": "114"}
    found = faults(installation, {"Lokaler": {"take": "1"}, "-Hyror": wrong})
    assert [line.split(": ")[0] for line in found] == ["row 4 (-Hyror)"]
    assert "'114' is not known. Did you mean '0114'?" in found[0]
    assert "line_code: 'oter_cost' is not known. Did you mean 'other_cost'?" in found[0]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: text.replace("Sjukfrånvaron", "#NAMN?"), "row 5 (#NAMN?): it is not an unknown label. Excel"),
        (lambda text: text + text.splitlines()[-1] + "\n", "row 6 (Sjukfrånvaron): it has the same label and condi"),
        (lambda text: text.replace("label_kind", "kind"), "lacks the column label_kind"),
        (lambda text: text.replace("\n1;", "\n;"), "has no choice in the column take"),
    ],
)
def test_a_list_that_is_not_as_written(installation: Installation, change: Callable[[str], str], problem: str) -> None:
    path, before = choose(installation, {"Sjukfrånvaron": {"take": "1"}}), seeds(installation)
    path.write_text(change(path.read_text(encoding="utf-8-sig")), encoding="utf-8", newline="")
    with pytest.raises(StepFailedError) as failure:
        take_choices(installation, path)
    assert problem in str(failure.value)
    assert seeds(installation) == before


def test_the_same_choice_twice_is_refused(installation: Installation) -> None:
    take_choices(installation, choose(installation, {"Sjukfrånvaron": {"take": "1"}}))
    found = faults(installation, {"Sjukfrånvaron": {"take": "1"}})
    assert len(found) == 1
    assert "repeats the municipality_code, title_pattern, label of row" in found[0]


def test_before_anything_is_built(installation: Installation) -> None:
    installation.database.unlink()
    with pytest.raises(StepFailedError, match="Nothing is built yet"):
        write_label_list(installation)


def test_a_seed_saved_by_excel_is_only_rewritten_with_sound_choices(installation: Installation) -> None:
    path = installation.project / "seeds" / "measure_labels.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    saved = path.read_bytes()
    with pytest.raises(StepFailedError, match="no seed is changed"):
        take_choices(installation, choose(installation, {"Sjukfrånvaron": {"take": "made_up_code"}}))
    assert path.read_bytes() == saved
    lines = take_choices(installation, choose(installation, {"Sjukfrånvaron": {"take": "1"}}))
    assert lines[0] == "seeds/measure_labels.csv was saved by Excel; converted back to UTF-8 with commas"
    assert path.read_text(encoding="utf-8").startswith(text)
