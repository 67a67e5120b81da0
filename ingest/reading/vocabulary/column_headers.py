"""The words in the headers of columns: what kind of figure a column holds, and for when.

Words with a meaning are learned from ``seeds/header_patterns.csv``, which dbt reads too; the lists here only say that a
text can be a header.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from ingest.errors import InputRefusedError
from ingest.reading.vocabulary.periods import MONTH, YEAR, after_period, is_period

_SEED = Path(__file__).resolve().parents[3] / "seeds" / "header_patterns.csv"

KIND = "(?:utfall|prognos|budget|bokslut)"
"""The kinds of figure that form compounds and pairs in headers."""
# Qualify goals, levels and accumulated figures: the words beside them or the outer header give the kind.
_OF_FIGURES = r"mål\w*uppfyllelse|nivå|ack|ackumulera\w+"
_JUDGEMENT = "bedömning|status|trend"
_BESIDE_OTHERS = (
    rf"kostnad(?:er)?|intäkt(?:er)?|netto(?:kostnad(?:er)?)?|resultat|total[ta]?|summa|utgift(?:er)?|inkomst(?:er)?|delår\w*"
    rf"|(?:aktuell|motsvarande) period|period\w*|helår\w*|antal|andel|kvinnor|män|flickor|pojkar|{_JUDGEMENT}"
    # Words that only alone are a header.
    r"|(?:not|rang|riket|kommunen|liknande|ändring)(?!.)"
)
_OF_WORDS = r"kommentar|uppföljning|åtgärd|motivering|analys|risk|resultat av.*"
_PAIR_PART = re.compile(rf"(?:intäkt|kostnad|netto|{KIND}|resultat|avvikelse)\w*\*{{0,3}}", re.IGNORECASE)
_OF_ROWS = re.compile(
    r"""(?:(?:verksamhet|enhet|förvaltning|nämnd|ansvar|benämning|mått|projekt|kategori|kommun|namn|område|typ|konto
    | ärende|kod|år|ålder|månad|post|nr|identifierad|risk)(?:er|en|et|s\w+)?[\s,/]*)+(?:\(?(?:m|t|mn)kr\)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENTARY = re.compile(r"(?:kommentar|analys|motivering|beskrivning|resultat (?:av|och))", re.IGNORECASE)
_DATED = re.compile(rf"[A-ZÅÄÖ][^\W\d]*(?:\s[^\s.,]+){{0,3}}\s(?:{YEAR}|\d{{4}}-\w{{3}}|\d{{4}}-\d{{4}})")
_GRADE = re.compile(r"helt|i hög grad|till stor del|delvis|i låg grad|inte alls|ja|nej|grön|gul|röd", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?:ack\w*\s|hela?\s?år|delår|period(?:en)?\b|kvartal|tertial|{MONTH}\b|{YEAR}$)",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r"utfall|bokslut", re.IGNORECASE)
_HYPHENED = re.compile(r"\b([^\W\d]*[a-zåäö])-\s?([a-zåäö]+)\b")
_ENDS_IN_KIND = re.compile(rf"\w*(?:{KIND}|avvikelse)", re.IGNORECASE)
_WHOLE_KIND = re.compile(KIND, re.IGNORECASE)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What begins the header of a column, by the values of the seed's ``names_column_of``.

    Stems end compounds (Budgetavvikelse, Delårsbokslut); definite forms (budgeten) belong to sentences.
    """
    said = {"figures": [_OF_FIGURES], "figures_beside_others": [_BESIDE_OTHERS], "words": [_OF_WORDS]}
    try:
        with _SEED.open(encoding="utf-8", newline="") as seed:
            for row in csv.DictReader(seed):
                said.get(row["names_column_of"], []).append(row["header_pattern"])
        figures, beside, words = ("|".join(patterns) for patterns in said.values())
        return {
            "figures": re.compile(rf"\w*(?:{figures})(?:(?<=\s)|(?:er|/\w+|-\w+)?(?!\w))", re.IGNORECASE),
            "figures_beside_others": re.compile(rf"(?:{beside})(?!\w)", re.IGNORECASE),
            "words": re.compile(rf"(?:{words})\w*", re.IGNORECASE),
        }
    except (OSError, KeyError, UnicodeDecodeError, re.error) as error:
        problem = f"can't be read as the table of header patterns ({type(error).__name__}: {error})."
        remedy = "Put it right; `kommunlager build` names the row, and mends how Excel saves the file."
        raise InputRefusedError(_SEED, problem, remedy) from error


def _begins_with_kind(text: str) -> bool:
    return _patterns()["figures"].match(text) is not None


def is_figure_header(text: str) -> bool:
    """Whether a text alone is the header of a column of figures: Utfall, Budget 2025, Avvikelse, a period."""
    stripped = re.sub(r"(?<=\b20\d\d)\d$", "", text.strip(" *:()"))
    if _begins_with_kind(after_period(stripped) or "") or _begins_with_kind(stripped):
        return True
    return is_period(stripped) or _DATED.fullmatch(stripped) is not None


def is_column_header(text: str) -> bool:
    """Whether a text can be the header of a column of figures next to known ones."""
    stripped = text.strip(" *:()")
    is_beside = _patterns()["figures_beside_others"].match(stripped) is not None
    return is_figure_header(text) or is_beside or after_period(stripped) is not None


def is_text_header(text: str) -> bool:
    """Whether a text is the header of a column of words."""
    return _patterns()["words"].fullmatch(text.strip()) is not None


def is_pair_part(text: str) -> bool:
    """Whether a row's name is one of those printed for each activity: Intäkt, Kostnad, Netto."""
    return _PAIR_PART.fullmatch(text) is not None


def is_row_header(text: str) -> bool:
    """Whether the label column's header only gives the kind of rows, which doesn't name the table."""
    return _OF_ROWS.fullmatch(text.strip()) is not None


def is_commentary_header(text: str) -> bool:
    """Whether a text is the header of a column of running text."""
    return _COMMENTARY.match(text.strip()) is not None


def is_judgement_header(text: str) -> bool:
    """Whether a column holds a judgement, which is often shown by colour or picture and has no text."""
    return re.match(rf"mål\w*uppfyll|uppfyll|{_JUDGEMENT}", text.strip(), re.IGNORECASE) is not None


def is_scale(headers: Sequence[str]) -> bool:
    """Whether headers are the grades of a scale of which each row marks one: Helt, Delvis, Inte alls."""
    return len(set(headers)) == len(headers) > 1 and all(map(_GRADE.fullmatch, headers))


def header_levels(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Header rows with each outer header repeated over the columns that it covers.

    If print shows no spans, a period followed by blanks continues over them: ``Jan-apr`` over Utfall, Budget.
    """
    result = [list(level) for level in levels]
    for level, inner in pairwise(result):
        level[:] = spread_headers(level, inner) or level
        for place in range(2, len(level)):
            if not level[place] and inner[place] and _SPAN.match(level[place - 1]):
                level[place] = level[place - 1]
    return result


def is_span_header(text: str) -> bool:
    """Whether a text is a period printed above several columns: ``Period``, ``Helår 2024``."""
    return _SPAN.match(text) is not None or is_period(text)


def are_spans(outer: Sequence[str], inner: Sequence[str]) -> bool:
    """Whether outer headers are several periods that each cover the blanks beside it: ``Period``, ``Helår``."""
    said = [place for place, text in enumerate(outer) if place and text]
    if len({outer[place] for place in said}) < max(len(said), 2):
        return False
    below = inner[said[0] :]
    are_kinds = all(any(map(_begins_with_kind, text.split())) for text in below)
    return len(below) > len(said) and are_kinds and all(map(_SPAN.match, (outer[place] for place in said)))


def spread_headers(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """The outer headers repeated over the inner headers of their blocks; None if the inner ones differ by block.

    A header printed a column too far, over the labels or the next block, belongs to its own block; so do headers
    printed side by side where the source shows no spans.
    """
    headers = list(dict.fromkeys(filter(None, outer[1:])))
    for each in range(2, (len(inner) - 1) // max(len(headers), 2) + 1):
        for first in range(1, len(inner) - each * len(headers) + 1):
            starts = range(first, first + each * len(headers), each)
            blocks = {tuple(inner[start : start + each]) for start in starts}
            said = [set(filter(None, outer[start : start + each])) for start in starts]
            are_close = list(outer[first:]) == [*headers, *[""] * (len(outer) - first - len(headers))]
            are_theirs = are_close or all(header in texts for header, texts in zip(headers, said, strict=True))
            if len(headers) > 1 and len(blocks) == 1 and all(blocks.pop()) and are_theirs:
                spread = [header for header in headers for _ in range(each)]
                before = ["" if text == headers[0] else text for text in outer[:first]]
                return [*before, *spread, *outer[first + len(spread) :]]
    return _spread_groups(outer, inner) or _spread_outcomes(outer, inner)


def _spread_groups(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """Outer headers at the first columns of equally wide blocks, whose inner headers are complete without them."""
    starts = [place for place, text in enumerate(outer) if place and text]
    each = (len(outer) - 1) // max(len(starts), 1)
    are_even = starts == list(range(1, len(outer), each)) if each > 1 else False
    if len(starts) < 2 or not are_even or not all(any(map(_begins_with_kind, text.split())) for text in inner[1:]):
        return None
    return [outer[0], *(outer[start] for start in starts for _ in range(each))]


def _spread_outcomes(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """``Utfall`` printed over the last of its periods, repeated over those to its left."""
    spread = list(outer)
    for place in range(len(outer) - 2, 0, -1):
        are_periods = is_period(inner[place]) and is_period(inner[place + 1])
        if not spread[place] and are_periods and _OUTCOME.fullmatch(spread[place + 1]):
            spread[place] = spread[place + 1]
    return spread if spread != list(outer) else None


def joined_header(text: str) -> str:
    """A header with the words joined that print had to break: ``Helårs-prognos``, ``Budgetavvik else``."""

    def joined(match: re.Match[str]) -> str:
        are_two = _WHOLE_KIND.fullmatch(match[1]) and _WHOLE_KIND.fullmatch(match[2])
        return match[1] + match[2] if _begins_with_kind(match[1] + match[2]) and not are_two else match[0]

    whole: list[str] = []
    for word in _HYPHENED.sub(joined, text).split(" "):
        if whole and word.islower() and not _ENDS_IN_KIND.fullmatch(word) and _ENDS_IN_KIND.fullmatch(whole[-1] + word):
            whole[-1] += word
        else:
            whole.append(word)
    return " ".join(whole)
