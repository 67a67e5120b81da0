"""What a check of the doctor returns."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something that is wrong, and what to do about it; ``repair`` does that, if the doctor can."""

    place: str
    fault: str
    remedy: str
    repair: Callable[[], object] | None = None

    def lines(self, *, is_repaired: bool) -> list[str]:
        """The fault and, in a second line, what was done or is to be done."""
        to_do = "--repair would" if self.repair else "to do"
        return [f"{self.place}: {self.fault}", f"    {'repaired' if is_repaired else to_do}: {self.remedy}"]
