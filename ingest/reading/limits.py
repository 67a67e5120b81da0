"""How much a report may hold and take. No report comes near; files that do are refused, pages that do are skipped."""

# Of processor time, for one page of a PDF or for a whole file of another kind.
MOST_SECONDS = 30
# Of memory, beyond what the program itself takes.
MOST_MEGABYTES = 700

MOST_PAGES = 1000
# Bytes of a page's drawing program, unpacked and with its forms as often as they are drawn.
MOST_CONTENT_OF_PAGE = 4_000_000
MOST_CHARACTERS_OF_PAGE = 50_000
# Parts of lines.
MOST_SEGMENTS_OF_PAGE = 100_000
MOST_DRAWN = "50 000 characters, 100 000 parts of lines or 4 MB of drawing"
MOST_DRAWN_SV = "50 000 tecken, 100 000 delar av linjer eller 4 MB ritkod"

# A damaged file may claim any number.
MOST_COLUMNS_OF_CELL = 100
