"""The words that head columns in municipal reports: what kind of figure a column holds, and for when."""

import re

from ingest.reading.printed_text import PERIOD, is_period

# Stems end compounds (Budgetavvikelse, Delårsbokslut); definite forms (budgeten) belong to sentences.
_KIND = re.compile(
    r"""\w*(?:utfall|budget|prognos|bokslut|avvikelse|avvik|målvärde|differens|förändring)(?:er|/\w+|-\w+)?\b
    | mål(?=$|\s+\d|\s+(?:hel|del)?år|\s*[(/]) | mål\w*uppfyllelse\b | avv\b | diff\b
    | (?:godkänd\ )?nivå\b | riktvärde\b | (?:investerings|verksamhets)?plan\b | ack\b | ackumulera\w+ | ram\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER = re.compile(
    r"""kostnad(?:er)?\b | intäkt(?:er)?\b | netto(?:kostnad(?:er)?)?\b | resultat\b | förbruk\w* | totalt\b | summa\b
    | period\w* | helår\w* | delår\w* | antal\b | andel\b | kvinnor\b | män\b | flickor\b | pojkar\b
    | bedömning\b | status\b | trend\b""",
    re.IGNORECASE | re.VERBOSE,
)


def is_figure_head(text: str) -> bool:
    """Whether a text tells by itself that it heads a column of figures: Utfall, Budget 2025, Avvikelse, a period."""
    stripped = text.strip(" *:()")
    return _KIND.match(stripped) is not None or is_period(re.sub(r"(?<=\b20\d\d)\d$", "", stripped))


def is_column_head(text: str) -> bool:
    """Whether a text can head a column of figures, among others that do."""
    stripped = text.strip(" *:()")
    return is_figure_head(text) or _OTHER.match(stripped) is not None or PERIOD.match(stripped) is not None


def is_judgement_head(text: str) -> bool:
    """Whether a column holds a judgement, which print often shows by colour or picture and leaves without text."""
    return re.match(r"mål\w*uppfyll|bedömning|status|trend|uppfyll", text.strip(), re.IGNORECASE) is not None
