"""The words that head columns in municipal reports: what kind of figure a column holds, and for when."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.reading.vocabulary.periods import MONTH, YEAR, after_period, is_period

# Stems end compounds (Budgetavvikelse, Delårsbokslut); definite forms (budgeten) belong to sentences.
_KIND = re.compile(
    r"""\w*(?:utfall|budget|prognos|bokslut|avvikelse|avvik|målvärde|differens|förändring)(?:er|/\w+|-\w+)?\b
    | mål(?=$|\s+\d|\s+(?:hel|del)?år|\s*[(/]) | mål\w*uppfyllelse\b | avv\b | diff\b
    | (?:godkänd\ )?nivå\b | riktvärde\b | (?:investerings|verksamhets)?plan\b | ack\b | ackumulera\w+ | ram\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER = re.compile(
    r"""kostnad(?:er)?\b | intäkt(?:er)?\b | netto(?:kostnad(?:er)?)?\b | resultat\b | förbruk\w*
    | total[ta]?\b | summa\b | utgift(?:er)?\b | inkomst(?:er)?\b
    | (?:aktuell|motsvarande)\ period\b
    | period\w* | helår\w* | delår\w* | antal\b | andel\b | kvinnor\b | män\b | flickor\b | pojkar\b
    | bedömning\b | status\b | trend\b | riskvärde\b | sannolikhet\b | konsekvens\b | väsentlighet\b""",
    re.IGNORECASE | re.VERBOSE,
)


_OF_WORDS = re.compile(
    r"(?:kommentar|kontrollmoment|uppföljning|åtgärd|motivering|metod|frekvens|analys|risk)\w*|resultat av.*",
    re.IGNORECASE,
)
_PAIR_PART = re.compile(
    r"(?:intäkt|kostnad|netto|budget|utfall|bokslut|prognos|resultat|avvikelse)\w*\*{0,3}", re.IGNORECASE
)
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
_ENDS_IN_KIND = re.compile(r"\w*(?:utfall|prognos|budget|bokslut|avvikelse)", re.IGNORECASE)
_WHOLE_KIND = re.compile(r"utfall|prognos|budget|bokslut", re.IGNORECASE)


def is_figure_header(text: str) -> bool:
    """Whether a text tells by itself that it heads a column of figures: Utfall, Budget 2025, Avvikelse, a period."""
    stripped = re.sub(r"(?<=\b20\d\d)\d$", "", text.strip(" *:()"))
    if _KIND.match(after_period(stripped) or ""):
        return True
    return _KIND.match(stripped) is not None or is_period(stripped) or _DATED.fullmatch(stripped) is not None


def is_column_header(text: str) -> bool:
    """Whether a text can head a column of figures, among others that do."""
    stripped = text.strip(" *:()")
    return is_figure_header(text) or _OTHER.match(stripped) is not None or after_period(stripped) is not None


def is_text_header(text: str) -> bool:
    """Whether a text heads a column of words."""
    return _OF_WORDS.fullmatch(text.strip()) is not None


def is_pair_part(text: str) -> bool:
    """Whether a row's name is one of those that print gives to each activity: Intäkt, Kostnad, Netto."""
    return _PAIR_PART.fullmatch(text) is not None


def is_row_header(text: str) -> bool:
    """Whether the label column's head says only what kind of things the rows are, which names no table."""
    return _OF_ROWS.fullmatch(text.strip()) is not None


def is_commentary_header(text: str) -> bool:
    """Whether a column is headed as running text."""
    return _COMMENTARY.match(text.strip()) is not None


def is_judgement_header(text: str) -> bool:
    """Whether a column holds a judgement, which print often shows by colour or picture and leaves without text."""
    return re.match(r"mål\w*uppfyll|bedömning|status|trend|uppfyll", text.strip(), re.IGNORECASE) is not None


def is_scale(heads: Sequence[str]) -> bool:
    """Whether heads are the grades of a scale, of which each row marks one: Helt, Delvis, Inte alls."""
    return len(set(heads)) == len(heads) > 1 and all(map(_GRADE.fullmatch, heads))


def header_levels(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """Header rows with each outer head spelt out over the columns that it stands above.

    Where print shows no spans, a period that is followed by blanks goes on over them: ``Jan-apr`` over Utfall, Budget.
    """
    told = [list(level) for level in levels]
    for level, inner in pairwise(told):
        level[:] = spread_headers(level, inner) or level
        for place in range(2, len(level)):
            if not level[place] and inner[place] and _SPAN.match(level[place - 1]):
                level[place] = level[place - 1]
    return told


def is_span_header(text: str) -> bool:
    """Whether a text is a period that an outer head names above several columns: ``Period``, ``Helår 2024``."""
    return _SPAN.match(text) is not None or is_period(text)


def are_spans(outer: Sequence[str], inner: Sequence[str]) -> bool:
    """Whether outer heads are several periods that go on over the blanks beside them: ``Period`` and ``Helår``."""
    said = [place for place, text in enumerate(outer) if place and text]
    if len({outer[place] for place in said}) < max(len(said), 2):
        return False
    below = inner[said[0] :]
    are_kinds = all(any(map(_KIND.match, text.split())) for text in below)
    return len(below) > len(said) and are_kinds and all(map(_SPAN.match, (outer[place] for place in said)))


def spread_headers(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """The outer heads written over all inner heads of their blocks; None where the inner don't come again by block.

    A head that is printed a column too far, over the labels or the block beside, is said of its own block; so are heads
    that stand side by side, where the source tells no spans.
    """
    heads = list(dict.fromkeys(filter(None, outer[1:])))
    for each in range(2, (len(inner) - 1) // max(len(heads), 2) + 1):
        for first in range(1, len(inner) - each * len(heads) + 1):
            starts = range(first, first + each * len(heads), each)
            blocks = {tuple(inner[start : start + each]) for start in starts}
            said = [set(filter(None, outer[start : start + each])) for start in starts]
            are_close = list(outer[first:]) == [*heads, *[""] * (len(outer) - first - len(heads))]
            are_theirs = are_close or all(head in texts for head, texts in zip(heads, said, strict=True))
            if len(heads) > 1 and len(blocks) == 1 and all(blocks.pop()) and are_theirs:
                spread = [head for head in heads for _ in range(each)]
                before = ["" if text == heads[0] else text for text in outer[:first]]
                return [*before, *spread, *outer[first + len(spread) :]]
    return _spread_groups(outer, inner) or _spread_outcomes(outer, inner)


def _spread_groups(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """Outer heads at the first columns of blocks as wide as each other, whose inner heads are whole without them."""
    starts = [place for place, text in enumerate(outer) if place and text]
    each = (len(outer) - 1) // max(len(starts), 1)
    are_even = starts == list(range(1, len(outer), each)) if each > 1 else False
    if len(starts) < 2 or not are_even or not all(any(map(_KIND.match, text.split())) for text in inner[1:]):
        return None
    return [outer[0], *(outer[start] for start in starts for _ in range(each))]


def _spread_outcomes(outer: Sequence[str], inner: Sequence[str]) -> list[str] | None:
    """``Utfall`` over the last of the periods that it is said of, written over those left of it as well."""
    spread = list(outer)
    for place in range(len(outer) - 2, 0, -1):
        are_periods = is_period(inner[place]) and is_period(inner[place + 1])
        if not spread[place] and are_periods and _OUTCOME.fullmatch(spread[place + 1]):
            spread[place] = spread[place + 1]
    return spread if spread != list(outer) else None


def mended_header(text: str) -> str:
    """A head without the break that print had to make in a word: ``Helårs-prognos``, ``Budgetavvik else``."""

    def joined(match: re.Match[str]) -> str:
        are_two = _WHOLE_KIND.fullmatch(match[1]) and _WHOLE_KIND.fullmatch(match[2])
        return match[1] + match[2] if _KIND.match(match[1] + match[2]) and not are_two else match[0]

    whole: list[str] = []
    for word in _HYPHENED.sub(joined, text).split(" "):
        if whole and word.islower() and not _ENDS_IN_KIND.fullmatch(word) and _ENDS_IN_KIND.fullmatch(whole[-1] + word):
            whole[-1] += word
        else:
            whole.append(word)
    return " ".join(whole)
