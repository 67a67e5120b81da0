"""Seeds as people save them: what Excel does to a file is repaired, and typing errors are reported with their place."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.files.csv import csv_form
from kommunlager.checks.seeds.checks import check_seeds, ready_seeds, repair_sound_seeds
from kommunlager.errors import StepFailedError
from kommunlager.installation import Installation
from tests.support.installation import PROJECT

SHIPPED = sorted((PROJECT / "seeds").glob("*.csv"))


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    return Installation(project=tmp_path, data=tmp_path / "data", work=tmp_path)


def change(installation: Installation, seed: str, change: Callable[[str], str], encoding: str = "utf-8") -> None:
    path = installation.project / "seeds" / f"{seed}.csv"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def as_excel_saves(text: str) -> str:
    swedish = {"true": "SANT", "false": "FALSKT", "0.001": "0,001"}
    saved = io.StringIO()
    rows = [[swedish.get(cell, cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    csv.writer(saved, delimiter=";", lineterminator="\r\n").writerows(rows)
    return saved.getvalue() + ";" * (len(rows[0]) + 1) + "\r\n\r\n"


def faults(installation: Installation) -> list[str]:
    with pytest.raises(StepFailedError) as failure:
        check_seeds(installation)
    assert failure.value.exit_code == 3
    return [line.removeprefix("  - seeds/") for line in str(failure.value).splitlines()[1:]]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_a_seed_that_excel_saved_is_the_same_seed_again(installation: Installation, encoding: str) -> None:
    # Windows-1252 has no ≥ and no ≤.
    saved = [path for path in SHIPPED if encoding != "cp1252" or not set("≤≥−→") & set(path.read_text("utf-8"))]
    for path in saved:
        change(installation, path.stem, as_excel_saves, encoding)
    assert len(repair_sound_seeds(installation)) == len(saved) > 20
    for path in SHIPPED:
        assert (installation.project / "seeds" / path.name).read_bytes() == path.read_bytes(), path.name
    assert repair_sound_seeds(installation) == []
    check_seeds(installation)


def test_no_seed_is_rewritten_before_all_are_sound(installation: Installation) -> None:
    change(installation, "units", as_excel_saves)
    change(installation, "comparisons", lambda text: text.replace("higher", "hihger", 1))
    saved = (installation.project / "seeds" / "units.csv").read_bytes()
    assert repair_sound_seeds(installation) == []
    with pytest.raises(StepFailedError, match="hihger"):
        ready_seeds(installation)
    assert (installation.project / "seeds" / "units.csv").read_bytes() == saved
    change(installation, "comparisons", lambda text: text.replace("hihger", "higher", 1))
    assert ready_seeds(installation) == ["seeds/units.csv was saved by Excel; converted back to UTF-8 with commas"]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_a_seed_saved_for_mac_or_ms_dos_is_refused(installation: Installation, encoding: str) -> None:
    with_letters = [path.stem for path in SHIPPED if set("åäöÅÄÖ") & set(path.read_text("utf-8"))]
    saved = [
        name for name in with_letters if not set("≤≥−→–”’") & set((PROJECT / f"seeds/{name}.csv").read_text("utf-8"))
    ]
    for name in saved:
        change(installation, name, as_excel_saves, encoding)
    before = {path.name: path.read_bytes() for path in (installation.project / "seeds").glob("*.csv")}
    refused = {line.split(".csv")[0] for line in faults(installation)}
    assert repair_sound_seeds(installation) == []
    assert set(saved) <= refused
    assert len(saved) > 10
    assert before == {path.name: path.read_bytes() for path in (installation.project / "seeds").glob("*.csv")}


@pytest.mark.parametrize("label", ["På hem”ort”", "kommun–region", "O’Hara & Škoda på väg", "”citat” … och €"])
def test_windows_punctuation_is_not_taken_for_mac_or_ms_dos(tmp_path: Path, label: str) -> None:
    path = tmp_path / "made_up.csv"
    path.write_bytes(f"label\r\n{label}\r\n".encode("cp1252"))
    assert csv_form(path).encoding == "cp1252"


def test_all_faults_are_reported_at_once(installation: Installation) -> None:
    change(installation, "comparisons", lambda text: text.replace("higher", "hihger", 1))
    change(installation, "place_overrides", lambda text: text.replace("functional_support", "funtional_support", 1))
    change(installation, "definition_breaks", lambda text: text + "114,Nämnden,measure,,,2024-13-01,påhittad rad\n")
    change(installation, "kolada_statuses", lambda text: text + text.splitlines()[1] + "\n")
    change(installation, "expected_coverage", lambda text: text + "made_up,1.5,,3,,1\n")
    change(installation, "unit_patterns", lambda text: text + "99,kr(,mnkr\n")
    (installation.project / "seeds" / "made_up.csv").touch()
    found = "\n".join(faults(installation))
    for part in (
        "comparisons.csv, row 7, better_when: 'hihger' is not known here. Did you mean 'higher'?",
        "place_overrides.csv, row 2, activity_code: 'funtional_support' is not known. Did you mean 'functional_",
        "definition_breaks.csv, row 8, municipality_code: '114' is not known. Did you mean '0114'?",
        "definition_breaks.csv, row 8, from_period_end: '2024-13-01' is not a valid date. Write the",
        "kolada_statuses.csv, row 5, status: repeats the status of row 2.",
        "expected_coverage.csv, row 96, table_no: '1.5' is not a valid integer.",
        "expected_coverage.csv, row 96, column_count: is blank. It must be filled in.",
        "unit_patterns.csv, row 14, label_pattern: 'kr(' is not a valid regular expression.",
        "made_up.csv: is an unknown seed.",
    ):
        assert part in found


@pytest.mark.parametrize(
    ("spoil", "encoding", "expected"),
    [
        (lambda text: text + "mkr,mnkr\n", "utf-8", "units.csv, row 26: has 2 cells where the header has 3."),
        (
            lambda text: text.replace("tkr_factor", "tkr_facto"),
            "utf-8",
            "units.csv, row 1: lacks the column tkr_factor.",
        ),
        (lambda text: text, "utf-16", "units.csv: is saved as Unicode text (UTF-16), or is not text at all."),
        (lambda text: text + 'å,"', "utf-8", "units.csv: can't be parsed (unexpected end of data)."),
        (lambda text: "", "utf-8", "units.csv: is empty."),
        (
            lambda text: (text + "påhitt,tkr,1\n").encode().decode("cp1252"),
            "utf-8",
            "row 26, printed_unit: holds 'Ã¥': å, ä, ö or a dash was lost",
        ),
    ],
)
def test_a_damaged_file_is_reported_with_its_cause(
    installation: Installation, spoil: Callable[[str], str], encoding: str, expected: str
) -> None:
    change(installation, "units", spoil, encoding)
    assert repair_sound_seeds(installation) == []
    assert expected in faults(installation)[0]


def test_a_rule_that_only_dbt_knows_is_left_to_dbt(installation: Installation) -> None:
    described = installation.project / "seeds" / "_label_seeds.yml"
    text = described.read_text(encoding="utf-8")
    rule = "    data_tests:\n      - made_up_rule:\n          arguments: {made_up: 1}\n"
    described.write_text(text.replace("    columns:\n", f"{rule}    columns:\n", 1), encoding="utf-8")
    check_seeds(installation)
