"""Progress of long work, as events. Whoever draws them (a bar, JSON lines, nothing) decides how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Started:
    """A step began; ``total`` units of ``unit`` ("bytes", "recordings") are ahead, or None if unknown."""

    step: str
    total: int | None
    unit: str = "items"


@dataclass(frozen=True, slots=True)
class Advanced:
    """``done`` more units of a step were done; ``item`` says on what, for people."""

    step: str
    done: int
    item: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A step ended."""

    step: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something survivable happened that a person should know; ``code`` is stable."""

    code: str
    message: str


Event = Started | Advanced | Finished | Warned


class Events(Protocol):
    """Where progress goes. Must be cheap; may be called from one thread only."""

    def __call__(self, event: Event, /) -> None:
        """Take one event. Never raises."""
        ...


def silent(event: Event) -> None:
    """Drop the event."""
