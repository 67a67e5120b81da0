"""How much a report may hold and take. No report comes near; files that do are refused, pages that do are skipped."""

# Of processor time, for one page of a PDF or for a whole file of another kind.
MOST_SECONDS = 30
# Of memory, beyond what the program itself takes.
MOST_MEGABYTES = 700
