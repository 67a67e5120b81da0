"""Consistent figures, in the many ways that Swedish reports print them.

Amounts are whole numbers of the last printed decimal, so that sums and differences are exact as printed.
"""

from dataclasses import dataclass
from random import Random

MINUS_SIGNS = ("-", "-", "-", "- ", "–", "– ", "−", "− ")


@dataclass(frozen=True)
class NumberStyle:
    """How one table prints numbers."""

    decimals: int = 0
    minus: str = "-"
    groups_thousands: bool = True
    drops_round_decimals: bool = False
    zero: str = "0"

    def text(self, amount: int) -> str:
        """The amount as printed: ``-12345`` at one decimal is ``- 1 234,5``."""
        if amount == 0:
            return self.zero
        whole, part = divmod(abs(amount), 10**self.decimals)
        text = f"{whole:,}".replace(",", " ") if self.groups_thousands else str(whole)
        if self.decimals and not (self.drops_round_decimals and part == 0):
            text += f",{part:0{self.decimals}}"
        return (self.minus if amount < 0 else "") + text


def draw_style(random: Random, decimals: int, plain_glyphs: bool = False) -> NumberStyle:
    """A way of printing; ``plain_glyphs`` limits signs to those that every font has."""
    signs = [sign for sign in MINUS_SIGNS if not plain_glyphs or "−" not in sign]
    zero = "0" if not decimals else random.choice(("0", "0," + "0" * decimals))
    return NumberStyle(decimals, random.choice(signs), random.random() < 0.85, random.random() < 0.25, zero)


def draw_parts(random: Random, count: int, size: int) -> list[int]:
    """Positive amounts of very different sizes, as budget lines are."""
    return [
        max(1, int(size * random.choice((0.004, 0.03, 0.1, 0.3, 0.6, 1.0)) * random.uniform(0.3, 1)))
        for _ in range(count)
    ]


def near(random: Random, amount: int, spread: float = 0.12) -> int:
    """A figure of the same thing in another year or kind."""
    return round(amount * random.uniform(1 - spread, 1 + spread))


def percent_text(random: Random, amount: int, decimals: int, sign: str) -> str:
    """A share with the sign of its table; ``mixed`` is a table whose cells differ."""
    chosen = random.choice(("%", " %", "")) if sign == "mixed" else sign
    return NumberStyle(decimals, drops_round_decimals=random.random() < 0.3).text(amount) + chosen
