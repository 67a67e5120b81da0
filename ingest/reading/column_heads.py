"""The words that head columns in municipal reports: what kind of figure a column holds, and for when."""

import re

from ingest.reading.printed_text import PERIOD

# The stems cover compounds (Budgetavvikelse, Delårsbokslut, Helårsprognos, Periodutfall).
_KIND = re.compile(
    r"""\w*(?:utfall|budget|prognos|bokslut|avvikelse|plan|målvärde|differens|förändring)\w*
    | mål\b | mål\w*uppfyll\w* | avv\b | diff\b | (?:godkänd\ )?nivå | riktvärde | ack\w* | ram\b
    | kostnad\w* | intäkt\w* | netto\w* | resultat | förbruk\w* | totalt | summa
    | period\w* | helår\w* | delår\w* | år\b
    | andel | antal | kvinnor | män | flickor | pojkar
    | bedömning | status | trend""",
    re.IGNORECASE | re.VERBOSE,
)


def is_column_head(text: str) -> bool:
    """Whether a text can head a column of figures: it begins with such a word or is a period."""
    stripped = text.strip(" *:()")
    return _KIND.match(stripped) is not None or PERIOD.match(stripped) is not None


def is_judgement_head(text: str) -> bool:
    """Whether a column holds a judgement, which print often shows by colour or picture and leaves without text."""
    return re.match(r"mål\w*uppfyll|bedömning|status|trend|uppfyll", text.strip(), re.IGNORECASE) is not None
