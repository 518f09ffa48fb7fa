"""The catalogue: an index of the case, made from the log and safe to delete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from everyangle.core.casefile import (
    Captured,
    CaseHead,
    Decision,
    Guidance,
    ItemRecord,
    LoggedDerivative,
    Publication,
    Tie,
)
from everyangle.core.ids import Digest
from everyangle.record.entries import Entry
from everyangle.record.kinds_accounts import AccountAct


@dataclass(frozen=True, slots=True)
class Position:
    """How far into the log a catalogue goes: the log's size and Merkle root there."""

    size: int
    root: bytes


class Catalogue(Protocol):
    """A projection of the log that answers questions.

    Guarantees: ``apply`` is atomic (all entries and the new position, or none); applying the same log in any
    grouping gives the same answers; every sequence returned is in log order.
    """

    def position(self) -> Position | None:
        """Return how far the catalogue goes, or None where it is new, unreadable or of another version."""
        ...

    def apply(self, entries: Iterable[tuple[int, Entry]], position: Position) -> None:
        """Take in the entries that follow the current position, and move there."""
        ...

    def reset(self) -> None:
        """Forget everything, to be filled anew from the log."""
        ...

    def head(self) -> CaseHead:
        """Return what entry 0 says."""
        ...

    def items(self) -> Sequence[ItemRecord]:
        """Return every item in order of first reception."""
        ...

    def find(self, text: str) -> Sequence[ItemRecord]:
        """Return the items that ``text`` may mean: a received name or path, or the first digits of a digest."""
        ...

    def decisions(self) -> Sequence[Decision]:
        """Return the placements by people that stand."""
        ...

    def guidance(self) -> Guidance:
        """Return what people said beside placements: the last choice of hints and of each device, what is rejected."""
        ...

    def ties(self) -> Sequence[Tie]:
        """Return the ties of event time to wall time; where two are about one recording, the later one stands."""
        ...

    def derivatives(self, parent: Digest) -> Sequence[LoggedDerivative]:
        """Return the derivatives that the log cites for one parent."""
        ...

    def publications(self) -> Sequence[Publication]:
        """Return what was published."""
        ...

    def captures(self) -> Sequence[Captured]:
        """Return the recordings that phones sent, in the order in which they began."""
        ...

    def account_acts(self) -> Sequence[AccountAct]:
        """Return the acts on accounts that stand: those that nobody withdrew."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
