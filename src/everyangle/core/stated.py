"""What people state of recordings beside where they stand, and where that and the sound disagree. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rejection:
    """A person's word that two recordings do not belong together, or not at one offset.

    Attributes:
        a: id of a recording.
        b: id of another.
        offset_s: the refused start of ``b`` in the media time of ``a``, in seconds; None where they do not belong
            together at any.
        within_s: how near to it is refused, in seconds, 0 or more.
    """

    a: str
    b: str
    offset_s: float | None = None
    within_s: float = 1.0


class DeviceFrom(StrEnum):
    """What tells which recordings are of one device, where nobody stated it."""

    NONE = "none"
    FOLDER = "folder"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Hints:
    """What beside sound is weighed, as people chose.

    Attributes:
        metadata: whether the times that containers and names say are weighed, and devices that containers name.
        device_from: what tells which recordings are of one device.
    """

    metadata: bool = True
    device_from: DeviceFrom = DeviceFrom.NONE


USUAL = Hints()
"""What is weighed where nobody chose."""


class ConflictKind(StrEnum):
    """What disagrees with the sound."""

    PIN = "pin"
    OWN_CLOCK = "own-clock"
    DEVICE = "device"
    REJECTION = "rejection"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person's word, or a stated device, that the sound of two recordings contradicts. The word stands all the same.

    Attributes:
        kind: what is contradicted: a placement by hand, an event clock of its own, that one device cannot record
            twice at once, or a rejection.
        a: id of the first recording, in input order.
        b: id of the second.
        pinned: ids of those that a person placed, or that are said to be of one device.
        by_s: by how many seconds the sound disagrees, 0 or more (of one device: by how much they overlap); None where
            it is not about an offset.
        allowed_s: how much the errors of both would allow, seconds.
        score: evidence of the sound, nats.
    """

    kind: ConflictKind
    a: str
    b: str
    pinned: tuple[str, ...]
    by_s: float | None
    allowed_s: float
    score: float
