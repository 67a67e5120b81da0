"""What the SQL parsers of printed cells should give, said a second time and in another way: by hand, letter by letter.

Written from the wording of ``macros/swedish_print.sql``, without its regular expressions, so that the two are not wrong
in the same place.
"""

from decimal import ROUND_HALF_UP, Decimal

SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t\n\f\r "
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\ufe63\uff0d\uf02d"
UNITS = ("%", "kr", ":-")
MOST_POINTS = 4
DIGITS = "0123456789"
LARGEST = Decimal(10) ** 14
SIGNS = ("<=", ">=", "≤", "≥", "<", ">", "=")


def plain_print(text: str) -> str:
    """One kind of space and minus, no spaces at the ends, no stars or raised digits at the end."""
    letters: list[str] = []
    for letter in (letter for letter in text if letter not in UNSEEN):
        if letter in SPACES:
            if not letters or letters[-1] != " ":
                letters.append(" ")
        else:
            letters.append("-" if letter in DASHES else letter)
    return "".join(letters).lstrip(" ").rstrip(f" *{RAISED}")


def swedish_number(text: str) -> Decimal | None:
    """The number that a whole cell prints, with at most four decimals; None for anything else."""
    rest = _without_unit(plain_print(text))
    if rest.startswith("(") and rest.endswith(")"):
        inside = rest[1:-1].removeprefix(" ").removesuffix(" ").removesuffix("%").removesuffix(" ")
        bracketed = _unsigned(inside)
        return None if bracketed is None else -bracketed
    if rest.endswith("-") and _digits(rest[:-1].removesuffix(" ")):
        rest = "-" + rest[:-1].removesuffix(" ")
    is_negative = False
    for sign in ("+ -", "+-", "±", "-", "+"):
        if rest.startswith(sign):
            rest, is_negative = rest[len(sign) :].removeprefix(" "), sign == "-"
            break
    number = _unsigned(rest)
    return -number if number is not None and is_negative else number


def _without_unit(text: str) -> str:
    unit = next((unit for unit in UNITS if text.endswith(unit)), "")
    return text.removesuffix(unit).removesuffix(" ") if unit else text


def _unsigned(text: str) -> Decimal | None:
    digits = _digits(text)
    return _sized(digits) if digits else None


def _digits(text: str) -> str:
    """The digits of a printed number with a point; "" if it is not a number."""
    text = _without_points(text)
    whole, separator, part = text.partition("," if "," in text else ".")
    groups = whole.split(" ")
    is_grouped = len(groups) > 1
    if (separator and not _all_digits(part)) or not all(map(_all_digits, groups)):
        return ""
    if is_grouped and not (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return ""
    return "".join(groups) + "." + (part or "0")


def _without_points(text: str) -> str:
    """A number without the points that separate its thousands; any other text unchanged."""
    whole, comma, part = text.partition(",")
    first, *groups = whole.split(".")
    is_pointed = 0 < len(groups) <= MOST_POINTS and all(_all_digits(group) and len(group) == 3 for group in groups)
    if is_pointed and _all_digits(first) and len(first) <= 3 and first[0] != "0":
        return first + "".join(groups) + comma + part
    return text


def _sized(digits: str) -> Decimal | None:
    """The number rounded to four decimals; None where it is larger than any figure, and too large to be rounded."""
    number = Decimal(digits)
    rounded = number.quantize(Decimal("0.0001"), ROUND_HALF_UP) if number < LARGEST else number
    return rounded if rounded < LARGEST else None


def _all_digits(text: str) -> bool:
    return bool(text) and all(letter in DIGITS for letter in text)


def target_number(text: str) -> Decimal | None:
    """The number after a comparison sign, or a bare one; targets in words are not judged here (see ``is_worded``)."""
    rest = plain_print(text)
    for sign in SIGNS:
        if rest.startswith(sign):
            return swedish_number(rest[len(sign) :].removeprefix(" "))
    return swedish_number(rest)


def is_worded(text: str) -> bool:
    """Whether a cell holds letters, so that the directions in words come into it."""
    return any(letter.isalpha() for letter in text)


def range_bounds(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of ``70–100`` or ``80 % - 100 %``; a minus at the beginning makes no range, a huge end is none."""
    low, dash, high = plain_print(text).partition("-")
    ends = [_digits(end.strip(" ").removesuffix("%").removesuffix(" ")) for end in (low, high)]
    spaced = (low.rstrip(" ") + " ", low.rstrip(" ")), (" " + high.lstrip(" "), high.lstrip(" "))
    if not dash or low not in spaced[0] or high not in spaced[1] or low.startswith(" ") or not all(ends):
        return None, None
    return _sized(ends[0]), _sized(ends[1])


def header_year(header: str) -> int | None:
    """The last year 1900-2099 that stands by itself, or with a month after it as in ``202408`` or ``2408``."""
    year, run = None, ""
    for letter in header + " ":
        if letter.isascii() and (letter.isalnum() or letter == "_"):
            run += letter
            continue
        if (
            _all_digits(run)
            and run[:2] in ("19", "20")
            and (len(run) == 4 or (len(run) == 6 and 1 <= int(run[4:]) <= 12))
        ):
            year = int(run[:4])
        run = ""
    # A year and a month in four digits at the end: `2408`.
    last = header.rpartition(" ")[2]
    if year is None and len(last) == 4 and _all_digits(last) and last[0] == "2" and 1 <= int(last[2:]) <= 12:
        return 2000 + int(last[:2])
    return year
