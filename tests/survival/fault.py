"""What a fault is: what it does, what the command must say, and what a person does then."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.survival.victim import Victim


@dataclass(frozen=True)
class Fault:
    """One way to go wrong.

    ``strike`` does it, and returns the exit code and the words of the command that met it, in which ``says`` (a regular
    expression) must be found. ``cure`` is what the message asks a person to do; without it, the next run must work by
    itself. ``breaks_published`` is for faults that themselves damage what is published: only then may it not be whole
    until the next run. ``syncs`` says that Kolada is asked again, so that the figures must then be Kolada's.
    """

    kind: str
    strike: Callable[[Victim, Random], str]
    says: str
    cure: Callable[[Victim], object] | None = None
    breaks_published: bool = False
    syncs: bool = False
