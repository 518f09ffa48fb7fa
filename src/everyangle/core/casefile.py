"""What a case's log adds up to: its items, what people decided, and what was published. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from everyangle.core.ids import Digest, ItemId
from everyangle.core.items import Derivative, Reception
from everyangle.core.stated import USUAL, Hints
from everyangle.core.time import ClockMap, Instant


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What the first entry of a log says.

    Attributes:
        id: 32 hexadecimal digits.
        title: as stated.
        key: the verifier key (C2SP vkey) that the case signs with.
        opened: when.
    """

    id: str
    title: str
    key: str
    opened: Instant


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item and every time it was received, first reception first."""

    id: ItemId
    size: int
    receptions: tuple[Reception, ...]

    @property
    def name(self) -> str:
        """The first received name, for display."""
        return self.receptions[0].name.display


class DecisionKind(StrEnum):
    """How a person placed an item: by confirming the machine's placement, or in its stead."""

    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's placement that stands (neither replaced nor withdrawn).

    Attributes:
        entry: index of the log entry that made it.
        kind: confirmed or overridden.
        item: whose clock it sets.
        like: the recording that it is stated against, or None for an event clock of its own.
        relation: takes the item's media time to the clock of ``like``: its media time with its lost stretches made up.
        said: what the person typed.
        why: the stated reason.
        made: when.
        error_stated: whether ``relation.error_s`` is a stated error; otherwise nobody stated one and it is 0.
    """

    entry: int
    kind: DecisionKind
    item: ItemId
    like: ItemId | None
    relation: ClockMap
    said: str
    why: str
    made: Instant
    error_stated: bool = True


@dataclass(frozen=True, slots=True)
class Rejected:
    """A person's word that stands: two items do not belong together, or not at one offset.

    Attributes:
        entry: index of the log entry.
        item: one item.
        like: the other.
        offset_s: the refused start of ``item`` in the media time of ``like``, seconds, or None for any.
        within_s: how near to it is refused, seconds, or None where nobody stated it.
        said: what the person typed.
        why: the stated reason.
    """

    entry: int
    item: ItemId
    like: ItemId
    offset_s: float | None
    within_s: float | None
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What people said beside placements, as it stands, to guide the machine.

    Attributes:
        hints: what beside sound is weighed.
        rejections: what does not belong together, in log order.
        devices: what recorded an item, by item, where a person stated it.
    """

    hints: Hints = USUAL
    rejections: tuple[Rejected, ...] = ()
    devices: Mapping[ItemId, str] = field(default_factory=dict)


UNGUIDED = Guidance()
"""What holds where nobody said anything beside placements."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A stated relation of one recording's media time to wall time.

    Attributes:
        entry: index of the log entry.
        item: whose media time, or None for the event clock of a case without placed recordings.
        media_s: media time in seconds.
        wall: the stated wall time.
        within_s: half-width of its stated error in seconds, or None where none was stated.
        said: what the person typed.
        why: the stated reason.
    """

    entry: int
    item: ItemId | None
    media_s: float
    wall: Instant
    within_s: float | None
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Captured:
    """A recording that a phone sent, as far as the log tells.

    Attributes:
        recording: its id, 32 hexadecimal digits.
        began: when the log was told that it began.
        heads: chunks that were signed for and durable, at the last entry about it.
        missing: how many of their bodies had not come: these are committed, not received.
        items: what it became, in order; each holds all of those before it and more.
        ended: whether its phone said that it ended.
    """

    recording: str
    began: Instant
    heads: int
    missing: int
    items: tuple[ItemId, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class LoggedDerivative:
    """A derivative that the log cites, with the index of the entry."""

    entry: int
    derivative: Derivative


@dataclass(frozen=True, slots=True)
class Publication:
    """A dossier that was published: its manifest's digest, its size, and on what ground it went out unredacted."""

    entry: int
    manifest: Digest
    files: int
    size: int
    why: str
    made: Instant
