"""How much a report may hold and take. No report comes near; files that do are refused, pages that do are skipped."""

from pathlib import Path

from ingest.errors import InputRefusedError

# Of processor time, for one page of a PDF or for a whole file of another kind.
MOST_SECONDS = 20
# Of memory, beyond what the program itself takes.
MOST_MEGABYTES = 700

MOST_PAGES = 1000
# Bytes of a page's drawing program, unpacked and with its forms as often as they are drawn.
MOST_CONTENT_OF_PAGE = 4_000_000
MOST_CHARACTERS_OF_PAGE = 50_000
# Parts of lines.
MOST_SEGMENTS_OF_PAGE = 50_000
# Points where lines meet.
MOST_CROSSINGS_ON_PAGE = 10_000
MOST_DRAWN = "50 000 characters, 50 000 parts of lines, 10 000 crossings or 4 MB of drawing"
MOST_DRAWN_SV = "50 000 tecken, 50 000 delar av linjer, 10 000 korsningar eller 4 MB ritkod"

# A damaged file may claim any number.
MOST_COLUMNS_OF_CELL = 100

# A report of a thousand pages has fewer.
MOST_CELLS = 50_000
MOST_LINES = 50_000
# Of one line, paragraph or cell.
MOST_CHARACTERS = 100_000


def check_number(path: Path, number: int, most: int, things: str) -> None:
    """Raise InputRefusedError if a file has more of some things than a report may have."""
    if number > most:
        raise InputRefusedError(
            path,
            f"has more than {most:,} {things}, the limit for a report.".replace(",", " ", 1),
            "Read the part with the printed tables alone; figures in bulk belong in data/key_figures/.",
        )
