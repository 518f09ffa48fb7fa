"""One recording as commands tell of it, and how much is told of many. Prints nothing but how to see more."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console

from everyangle.cli.layout import paragraph
from everyangle.core.outcomes import Fate, Outcome

FEW = 24
"""So many placed recordings are listed whole; of more, the least certain ones."""

WORST = 12
"""How many are listed of what is too much to list whole."""


@dataclass(frozen=True, slots=True)
class Told:
    """One recording or photo as it is told.

    Attributes:
        name: what people call it, on one line.
        outcome: what became of it, or None where nothing was solved for it.
        reason: why it stands alone, in words.
        hand: who placed it where that was not the machine alone: "by hand", "confirmed by a person"; or nothing.
        error_stated: False where a person placed it and stated no error.
    """

    name: str
    outcome: Outcome | None
    reason: str = ""
    hand: str = ""
    error_stated: bool = True

    @property
    def placed(self) -> bool:
        """Whether it has a place in relation to others, or by a person's word."""
        return self.outcome is not None and (self.outcome.fate is Fate.PLACED or bool(self.hand))

    @property
    def component(self) -> int:
        """The number of its component; -1 where nothing was solved for it."""
        return -1 if self.outcome is None else self.outcome.placement.component

    @property
    def error_s(self) -> float:
        """Its error in seconds."""
        return 0.0 if self.outcome is None else self.outcome.placement.clock.error_s

    @property
    def is_clock(self) -> bool:
        """Whether the others are measured against it."""
        return self.outcome is not None and self.outcome.placement.anchor and not self.hand


def count(number: int, one: str, many: str) -> str:
    """Return ``1 recording`` or ``3 recordings``."""
    return f"{number:,} {one if number == 1 else many}"


def more(out: Console, number: int, one: str, many: str) -> None:
    """Print how many are not listed, if any, and how to list them."""
    if number > 0:
        paragraph(out, f"{count(number, one, many)}; --all lists every one.", style="dim")
