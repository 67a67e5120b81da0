"""Decodes a text file in any of the usual encodings."""

import codecs
import re
from pathlib import Path

from ingest.errors import InputRefusedError
from ingest.reading.limits import MOST_CHARACTERS, MOST_LINES, check_number
from ingest.reading.vocabulary.print import printed_letters

_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\v\x1b")))
# Text extracted from a PDF holds a few of these, for glyphs without a character, and one for each dot that leads to a
# page number.
_MOST_CONTROL = 0.005
_LEADERS = re.compile(rb"(?:([" + re.escape(_CONTROL) + rb"])\s?)(?:\1\s?){3,}")


def decoded_text(path: Path) -> str:
    """Return the text of ``path``, in UTF-8, UTF-16 or the Windows encoding of Western Europe (cp1252).

    Letters and hyphens are those that a reader sees. Raises InputRefusedError for a file that is not text.
    """
    text = printed_letters(_decoded(path))
    lines = text.split("\n")
    check_number(path, len(lines), MOST_LINES, "lines")
    check_number(path, max(map(len, lines)), MOST_CHARACTERS, "characters in one line")
    return text


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content[1::2].count(0) > 0.3 * len(content):
        return content.decode("utf-16-le", errors="replace")
    content = _LEADERS.sub(lambda match: b" " + b"." * len(match[0]) + b" ", content)
    text = content.translate(None, delete=_CONTROL)
    if 0 in content or len(content) - len(text) > _MOST_CONTROL * len(content):
        raise InputRefusedError(
            path, "is neither PDF, Word, Excel nor text.", "Save the report in one of these formats."
        )
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")
