"""Finds the section that a table stands in and the line that names it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.reading.blocks import TextBlock
from ingest.reading.printed_text import is_value, one_line

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|bilaga \d{1,2}[.:]?)\s+[A-ZÅÄÖ]\S*", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
_CAPTION = re.compile(r"(?:tabell|figur|diagram)\b", re.IGNORECASE)
_GOAL = re.compile(r"\b\w*mål\b", re.IGNORECASE)
_ABOUT = re.compile(r"(?!.*\b(?:mål|indikator|tabell|diagram)\b.*:)[^:.]{3,40}: ", re.IGNORECASE)
_LONGEST_HEADING = 160
_LONGEST_NAME = 160


@dataclass
class Place:
    """Where in the report the reading has come: the last heading, and the lines since the last table."""

    section: str = ""
    lines: list[str] = field(default_factory=list)

    def pass_by(self, block: TextBlock) -> None:
        """Take in a line or paragraph."""
        text = one_line(block.text)
        if not re.search(r"\w", text):
            return
        if _is_heading(block, text):
            self.section = text
            self.lines = []
        else:
            self.lines.append(text)

    def title(self, *, follows_goals: bool = False) -> str:
        """The caption, else the line that names the table; "" where there is none.

        That is the line right above, else the goal that a table with targets follows up, else the nearest name.
        """
        names = [line for line in self.lines if _is_name(line)]
        if not self.lines:
            return _NUMBER.sub("", self.section)
        if names and names[-1] == self.lines[-1]:
            return names[-1]
        captions = [line for line in names if _CAPTION.match(line)]
        goals = [line for line in names if follows_goals and _GOAL.search(line)]
        return (captions or goals or names or [""])[-1]


def _is_heading(block: TextBlock, text: str) -> bool:
    if block.heading_level is not None:
        return True
    return (
        _NUMBERED.match(text) is not None
        and len(text) <= _LONGEST_HEADING
        and not re.search(r"[.;,:]$|\.{4}|\s\d{1,3}$", text)
        and text.count(". ") < 2
    )


def _is_name(line: str) -> bool:
    words = line.split()
    is_sentence = line.endswith((".", ";", ",", "!")) or re.match(r"[a-zåäö•\-–*(]", line) is not None
    return (
        bool(words)
        and not _ABOUT.match(line)
        and len(line) <= _LONGEST_NAME
        and not is_sentence
        and not is_value(words[-1])
    )


def first_of(texts: Sequence[str]) -> str:
    """The first text that isn't blank, or ""."""
    return next((text for text in texts if text), "")
