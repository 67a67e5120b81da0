"""Collects what a file says of a report outside its tables and text: its name, its properties, what pages repeat."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import docx
import pypdfium2 as pdfium
from docx.opc.exceptions import PackageNotFoundError
from docx.section import Section

from ingest.errors import InputRefusedError
from ingest.files.office_package import package_kind

# Headers and footers are printed in this share of a page's height, above and below.
_EDGE = 0.12
_TIMES_THAT_MAKE_A_HABIT = 3
_LONGEST_STEP = 2
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True)
class Surroundings:
    """What surrounds a report's text.

    ``repeated`` are the lines of page headers and footers, ``outer`` those at the edges of the first and last page.
    ``title`` and ``created`` (ISO) are the document's properties; a template may have left them.
    """

    name: str = ""
    repeated: tuple[str, ...] = ()
    outer: tuple[str, ...] = ()
    title: str = ""
    created: str = ""


def surroundings(path: Path) -> Surroundings:
    """What a report's file says outside the text; of other files than PDF and Word no more than the name."""
    with path.open("rb") as file:
        start = file.read(1024)
    try:
        if b"%PDF-" in start:
            return _of_pdf(path)
        if start.startswith(b"PK") and package_kind(path) == "word":
            return _of_word(path)
    except (pdfium.PdfiumError, PackageNotFoundError, InputRefusedError, KeyError, ValueError):
        # The report itself could be read; its properties are no reason to refuse it.
        pass
    return Surroundings(path.stem)


def _of_pdf(path: Path) -> Surroundings:
    with pdfium.PdfDocument(path) as document:
        properties = document.get_metadata_dict()
        pages = [list(_edge_lines(page)) for page in document]
    created = _CREATED.match(properties["CreationDate"])
    return Surroundings(
        name=path.stem,
        repeated=tuple(_repeated(pages)),
        outer=(*pages[0], *pages[-1]) if len(pages) > 1 else tuple(pages[0]),
        title=" ".join(properties["Title"].split()),
        created="-".join(created.groups()) if created else "",
    )


def _edge_lines(page: pdfium.PdfPage) -> Iterator[str]:
    with closing(page), closing(page.get_textpage()) as text:
        width, height = page.get_size()
        for bottom, top in ((height * (1 - _EDGE), height), (0, height * _EDGE)):
            for line in text.get_text_bounded(0, bottom, width, top).splitlines():
                if line.strip():
                    yield " ".join(line.split())


def _repeated(pages: Sequence[Iterable[str]]) -> Iterator[str]:
    """The lines that come back page by page, or on every other page, whatever page number they end or begin with.

    A table's row may stand at the edge of some pages; a short report repeats its lines on all pages but the first.
    """
    on_pages: dict[str, list[int]] = {}
    for page, lines in enumerate(pages):
        for text in {_without_page_number(line): None for line in lines if _without_page_number(line)}:
            on_pages.setdefault(text, []).append(page)
    return (text for text, found in on_pages.items() if _is_habit(found, len(pages)))


def _is_habit(found: Sequence[int], pages: int) -> bool:
    in_a_row = longest = 1
    for before, after in pairwise(found):
        in_a_row = in_a_row + 1 if after - before <= _LONGEST_STEP else 1
        longest = max(longest, in_a_row)
    return longest >= _TIMES_THAT_MAKE_A_HABIT or (len(found) > 1 and len(found) >= pages - 1)


def _without_page_number(line: str) -> str:
    return re.sub(r"^\d{1,3}\s|(?:^|\s)\d{1,3}(?:\s?\(\d{1,3}\))?$", "", line).strip()


def _of_word(path: Path) -> Surroundings:
    document = docx.Document(str(path))
    properties = document.core_properties
    return Surroundings(
        name=path.stem,
        repeated=tuple(dict.fromkeys(line for section in document.sections for line in _header_lines(section))),
        title=properties.title,
        created=properties.created.date().isoformat() if properties.created else "",
    )


def _header_lines(section: Section) -> Iterator[str]:
    for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        for paragraph in part.paragraphs:
            if paragraph.text.strip():
                yield " ".join(paragraph.text.split())
