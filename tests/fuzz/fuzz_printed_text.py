"""Coverage-guided fuzzing of the SQL parsers of numbers, targets, ranges and headers.

The fuzzer follows the branches that the oracle takes and generates texts that reach new ones. Each text also goes
through the compiled SQL; both must agree. Run by ``make fuzz``.
"""

import sys

import atheris

with atheris.instrument_imports(include=["tests.support.printed_text_oracle"]):
    from tests.support import printed_text_oracle as oracle

from tests.support.sql_parsers import SqlParsers

LETTERS = "0123456789" * 2 + " \u00a0\u2009\t" * 2 + "-–−+±,.%*<>=≤≥/()" + "jansepdcöåtlmoivukrfTQ" + "\n" * 10
PARSERS = SqlParsers()
MOST_TEXTS = 400


def texts_of(data: bytes) -> list[str]:
    """Bytes as texts made of the characters that matter in print; a line feed begins the next text."""
    return "".join(LETTERS[byte % len(LETTERS)] for byte in data).split("\n")[:MOST_TEXTS]


def check(data: bytes) -> None:
    for text, number, target, _, low, high, year, *_ in PARSERS.parse(texts_of(data)):
        pairs = [
            ("number", number, oracle.swedish_number(text)),
            ("range", (low, high), oracle.range_bounds(text)),
            ("year", year, oracle.header_year(text)),
        ]
        if not oracle.is_worded(text):
            pairs.append(("target", target, oracle.target_number(text)))
        for name, from_sql, from_oracle in pairs:
            assert from_sql == from_oracle, f"{name} of {text!r}: SQL says {from_sql}, the oracle {from_oracle}"


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
