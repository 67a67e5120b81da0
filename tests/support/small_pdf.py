"""Writes PDFs object by object, for files that no program would make."""

import zlib

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(packed), packed)


def rows_of_text(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """A page's drawing program that prints a table."""
    return b"".join(
        b"BT /F 10 Tf %d %d Td (%b) Tj ET\n" % (60 + 150 * column, 700 - 15 * row, text.encode("cp1252"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )


def pdf_of(
    *contents: bytes, others: dict[int, bytes] | None = None, resources: bytes = b"", root: bytes = b""
) -> bytes:
    """A PDF with a page for each content; ``resources`` and ``root`` add to those of the pages and the document."""
    first = max(others or {9: b""}) + 1
    numbers = [(first + 2 * place, first + 2 * place + 1) for place in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % page for page, _ in numbers)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%b>>" % root,
        2: b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(contents), kids),
        5: FONT,
        **(others or {}),
    }
    for (page, content), data in zip(numbers, contents, strict=True):
        own = b"/Contents %d 0 R/Resources<</Font<</F 5 0 R>>%b>>" % (content, resources)
        objects[page] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/StructParents 0%b>>" % own
        objects[content] = stream(data)
    return _file(objects)


def _file(objects: dict[int, bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(written), max(objects) + 1
    written += b"xref\n0 %d\n" % size
    for number in range(size):
        written += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    written += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(written)
