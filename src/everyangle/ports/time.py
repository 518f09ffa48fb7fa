"""The clock on the wall, as a port: the only way by which the current time gets in."""

from __future__ import annotations

from typing import Protocol

from everyangle.core.time import Instant


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> Instant:
        """Return the current instant in microseconds UTC, saying how the clock was known."""
        ...
