"""Finds the section that a table is in and the line that names it."""

import re
from dataclasses import dataclass, field

from ingest.reading.blocks import TextBlock
from ingest.reading.tables.headings import heading_name, is_numbered_heading
from ingest.reading.vocabulary.notes import is_note
from ingest.reading.vocabulary.periods import is_period
from ingest.reading.vocabulary.print import has_leaders, is_caption, is_value, one_line
from ingest.reading.vocabulary.row_words import is_header_of_words
from ingest.reading.vocabulary.units import states_only_unit

_POINTED_NUMBER = re.compile(r"\d{1,2}\.(?:\d{1,2}\.?)*\s")
_GOAL = re.compile(r"(?:\w+\s)?\w*(?:mål|mål/indikator)\b", re.IGNORECASE)
_COMMENT = re.compile(r"(?:kommentar|analys)\w*(?:\s?(?:/|och)\s?(?:kommentar|analys)\w*)?", re.IGNORECASE)
_ABOUT = re.compile(r"(?!.*\b(?:mål|indikator|tabell|diagram)\b.*:)[^:.]{3,40}: ", re.IGNORECASE)
# A line of running text may end in such a word, but no name does.
_LEADS_ON = re.compile(
    r".*\s(?:att|av|den|det|eller|en|ett|från|för|har|i|inom|med|men|och|om|på|samt|ska|som|till|under|vid|är)"
)
# Below the title of a report: `Miljönämnden, Lerums kommun`.
_ISSUER = re.compile(r"(?:[A-ZÅÄÖ][^,.:]*, )?[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)? (?:kommun|stad)(?:, [A-ZÅÄÖ][^,.:]*)?")
_LONGEST_FREE_HEADING = 70
_LONGEST_NUMBERED_HEADING = 120
_LONGEST_NAME = 160


@dataclass
class Place:
    """Where in the report the reading has come: the last heading, and the lines since the last table.

    ``marks_headings`` says that the source marks them at several levels, ``numbers_headings`` that they have numbers.
    Where they have neither, ``above`` is the heading before the last one, which may be no more than a caption.
    ``path`` is the section with its chapters where the heading alone would not say which one it is. ``is_at_title``
    says that nothing but the report's title has been passed, so that whose report it is may follow.
    """

    marks_headings: bool
    numbers_headings: bool
    section: str = ""
    path: str = ""
    above: str = ""
    lines: list[str] = field(default_factory=list)
    before: str = "."
    is_at_title: bool = False

    def pass_by(self, block: TextBlock, *, is_numbered: bool = False, path: str = "") -> None:
        """Take in a line or paragraph.

        ``is_numbered`` says that it is a heading by its number, ``path`` is the heading with its chapters.
        """
        text = one_line(block.text)
        if not re.search(r"\w", text) or (self.is_at_title and _ISSUER.fullmatch(text)):
            return
        self.is_at_title = False
        if self._is_heading(block, text, is_numbered):
            self.is_at_title = not self.section
            is_marked = block.heading_level is not None or is_numbered_heading(text)
            self.above = "" if is_marked or text == self.section else self.section
            self.section, self.path = text, path
            self.lines = []
        else:
            self.lines.append(text)
        self.before = text

    def _is_heading(self, block: TextBlock, text: str, is_numbered: bool) -> bool:
        if block.heading_level is not None or self.marks_headings:
            return block.heading_level is not None
        if self.numbers_headings:
            return is_numbered
        if states_only_unit(text):
            return False
        follows = self.before == self.section or _is_whole(self.before)
        longest = _LONGEST_NUMBERED_HEADING if _POINTED_NUMBER.match(text) else _LONGEST_FREE_HEADING
        return follows and len(text) <= longest and ":" not in text and self._is_name(text)

    def pass_table(self) -> None:
        """Go on below a table."""
        self.lines = []
        self.before = "."
        self.is_at_title = False

    def section_of_table(self) -> str:
        """The heading that a table is under: the line right above it is its caption if there is another heading."""
        if not self.marks_headings and not self.numbers_headings and self.above:
            if all(map(states_only_unit, self.lines)):
                self.section = self.above
            self.above = ""
        return self.path or self.section

    def title(self, *, follows_goals: bool = False) -> str:
        """The caption, else the name right above the table, else the goal that a table with targets follows up.

        "" where there is none. What is said about the figures (``Belopp i tkr``, ``Mått: …``) may stand between a table
        and its name, which then may be a sentence.
        """
        lines = [line for line in self.lines if not states_only_unit(line)]
        above = [line for line in lines if not _is_about(line)]
        if not above:
            return heading_name(self.section)
        is_told_about = lines[-1] != above[-1] and len(above[-1]) <= _LONGEST_NAME
        if is_told_about or self._is_name(above[-1]):
            return above[-1].removesuffix(":")
        names = list(filter(self._is_name, lines))
        captions = [line for line in names if is_caption(line)]
        goals = [line for line in names if follows_goals and _GOAL.match(line)]
        return (captions or goals or [""])[-1]

    def _is_name(self, line: str) -> bool:
        """If the source marks its tables, no line is a row of one, whatever it ends in."""
        return _is_name(line, may_be_row=not self.marks_headings)


def _is_whole(text: str) -> bool:
    """Whether a text is whole, so that the next one begins something else: a sentence, a note, a line of contents."""
    return text.endswith((".", ":", "!", "?")) or text.startswith("•") or is_note(text) or has_leaders(text)


def _is_about(line: str) -> bool:
    """Whether a line says one thing of the figures below it: ``Urval: ansvar 7000``, ``Mått: andel i procent``."""
    return _ABOUT.match(line) is not None and len(line) <= _LONGEST_NAME


def _is_name(line: str, *, may_be_row: bool = True) -> bool:
    words = line.split()
    if not words or len(line) > _LONGEST_NAME or _ABOUT.match(line) or _COMMENT.fullmatch(line):
        return False
    if is_header_of_words(line):
        return False
    is_sentence = line.endswith((".", ";", ",", "!")) or re.match(r"(?:\d{1,2} )?[a-zåäö•\-–*(]", line) is not None
    ends_in_figure = may_be_row and is_value(words[-1]) and not is_period(words[-1])
    return not (is_sentence or ends_in_figure or _LEADS_ON.fullmatch(line))
