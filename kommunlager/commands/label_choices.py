"""Takes the codes that a person chose in the list of labels into the seeds: all of them, or none with the reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from ingest.files.whole import replace_text
from kommunlager.checks.seeds.checks import check_seeds, faults_with, ready_seeds
from kommunlager.checks.seeds.declared import DeclaredSeed, declared_seeds
from kommunlager.checks.seeds.faults import Fault
from kommunlager.checks.seeds.stored import as_declared, csv_text, read_rows
from kommunlager.commands.label_list import FILLED_IN, SUGGESTIONS, Row, read_list, unmapped_labels
from kommunlager.errors import EXIT_DATA_REFUSED, StepFailedError
from kommunlager.installation import Installation, shown
from kommunlager.runs.lock import run_lock

_SEEDS = {
    "measure": ("measure_labels", "measure_code"),
    "budget_line": ("budget_line_labels", "line_code"),
    "activity": ("activity_labels", "activity_code"),
}
"""The seed of each kind of label, and its column for the code."""
_USUAL = {"measure_labels": {"activity_code": "total", "gender": "T"}, "budget_line_labels": {"activity_code": "total"}}


@dataclass(frozen=True, eq=False)
class _Choice:
    """A row of a seed to be added, and the row of the list that it comes from."""

    number: int
    seed: str
    row: Row


def take_choices(installation: Installation, path: Path) -> list[str]:
    """Add the chosen rows to the seeds; returns a line for each, and raises StepFailedError if any row is wrong."""
    with run_lock(installation, "map"):
        check_seeds(installation)
        folder = installation.project / "seeds"
        known = {(row["label_kind"], row["label"]) for row in unmapped_labels(installation)}
        chosen = [(number, row) for number, row in read_list(path) if row["take"]]
        if not chosen:
            raise StepFailedError(f"{shown(path)} has no choice in the column take.", EXIT_DATA_REFUSED)
        seeds = {name: _Seed(folder, declared_seeds(folder)[name]) for name, _ in _SEEDS.values()}
        faults: dict[int, str] = {}
        choices = []
        for number, row in chosen:
            if problem := _problem(row, known, seeds):
                faults[number] = problem
            else:
                name, _ = _SEEDS[row["label_kind"]]
                choices.append(_Choice(number, name, _seed_row(row, seeds[name])))
        faults |= dict(_repeated(choices)) or _refused(folder, seeds, choices)
        if faults:
            labels = {number: row["label"] for number, row in chosen}
            lines = [f"  - row {number} ({labels[number]}): {faults[number]}" for number in sorted(faults)]
            problem = f"{shown(path)} has faults, so no seed is changed. Row 1 is the header:"
            raise StepFailedError("\n".join([problem, *lines]), EXIT_DATA_REFUSED)
        repaired = ready_seeds(installation)
        for name, text in _with_choices(seeds, choices).items():
            replace_text(folder / f"{name}.csv", text)
    return [
        *repaired,
        *(f"seeds/{choice.seed}.csv: {', '.join(filter(None, choice.row.values()))}" for choice in choices),
        f"{len(choices)} rows are added to the seeds. Run `kommunlager run` to use them.",
    ]


class _Seed:
    """One label seed: its columns and rows, and the text of its file."""

    def __init__(self, folder: Path, declared: DeclaredSeed) -> None:
        self.name, self.types = declared.name, declared.types
        header, *rows = read_rows(folder / f"{declared.name}.csv", declared)
        self.rows = [dict(zip(header, row, strict=True)) for row in rows]
        self.header = header
        self.code = dict(_SEEDS.values())[declared.name]

    def most_alike(self, label: str, code: str, activity: str) -> Row:
        """The row of a code (and preferably of an activity) whose label is most like this one; empty if none has it."""

        def likeness(row: Row) -> tuple[bool, float]:
            alike = SequenceMatcher(None, label.lower(), row["label"].lower()).ratio()
            return row.get("activity_code") == activity, alike

        return max((row for row in self.rows if row[self.code] == code), key=likeness, default={})

    def text_with(self, added: list[Row]) -> str:
        """The text of the seed's file with rows added at the end."""
        return csv_text([self.header, *([row[name] for name in self.header] for row in (*self.rows, *added))])


def _with_choices(seeds: dict[str, _Seed], choices: list[_Choice]) -> dict[str, str]:
    """The text of each seed that has choices, with them."""
    added = {name: [choice.row for choice in choices if choice.seed == name] for name in seeds}
    return {name: seed.text_with(added[name]) for name, seed in seeds.items() if added[name]}


def _problem(row: Row, known: set[tuple[str, str]], seeds: dict[str, _Seed]) -> str | None:
    """What is wrong with a chosen row before it can be a row of a seed."""
    if (row["label_kind"], row["label"]) not in known:
        return "it is not an unknown label. Excel changed it, or it is known by now. Run `kommunlager map` again."
    if row["take"] in ("1", "2", "3") and not row[SUGGESTIONS[int(row["take"]) - 1]]:
        return f"take is {row['take']}, but there is no such suggestion. Write a code instead."
    header = seeds[_SEEDS[row["label_kind"]][0]].header
    foreign = next((name for name in FILLED_IN if row[name] and name not in header), None)
    return f"{foreign} is filled in, but it is not for a label of this kind. Empty the cell." if foreign else None


def _seed_row(row: Row, seed: _Seed) -> Row:
    chosen = row[SUGGESTIONS[int(row["take"]) - 1]] if row["take"] in ("1", "2", "3") else row["take"]
    code, _, activity = chosen.partition("/")
    alike = seed.most_alike(row["label"], code, row["activity_code"] or activity)
    made = dict.fromkeys(seed.header, "") | _USUAL.get(seed.name, {})
    made |= {name: alike[name] for name in ("gender", "breakdown", "line_role", "is_addable") if name in alike}
    made |= {"activity_code": activity or alike.get("activity_code") or made["activity_code"]}
    made |= {name: as_declared(row[name], seed.types[name]) for name in FILLED_IN if row[name]}
    return made | {"label": row["label"], seed.code: code}


def _repeated(choices: list[_Choice]) -> Iterator[tuple[int, str]]:
    first: dict[tuple[str, ...], int] = {}
    for choice in choices:
        conditions = [choice.row.get(name, "") for name in ("municipality_code", "title_pattern", "parent_label")]
        key = (choice.seed, choice.row["label"], *conditions)
        if first.setdefault(key, choice.number) != choice.number:
            yield choice.number, f"it has the same label and conditions as row {first[key]}. Choose one of them."


def _refused(folder: Path, seeds: dict[str, _Seed], choices: list[_Choice]) -> dict[int, str]:
    """What the checks of all seeds say of the new rows, by the row of the list."""
    origin: dict[tuple[str, int | None], _Choice] = {}
    for seed in seeds.values():
        added = [choice for choice in choices if choice.seed == seed.name]
        origin |= {(seed.name, number): choice for number, choice in enumerate(added, len(seed.rows) + 2)}
    found: dict[_Choice, list[Fault]] = {}
    for fault in faults_with(folder, _with_choices(seeds, choices)):
        found.setdefault(origin[fault.seed, fault.row], []).append(fault)
    return {choice.number: _worded(faults, seeds[choice.seed].code) for choice, faults in found.items()}


def _worded(faults: list[Fault], code: str) -> str:
    """The faults of one row; without a known code, cells that its rows would fill in are not named."""
    has_code = all(fault.column != code for fault in faults)
    told = [fault for fault in faults if has_code or "is blank" not in fault.problem]
    return " ".join(f"{fault.column}: {fault.problem}" if fault.column else fault.problem for fault in told)
