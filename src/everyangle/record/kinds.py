"""The kinds of entries: one frozen value for each act that the log records. No encoding here.

Numbers are integers: times in microseconds, drift in parts per 10^12.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.core.stated import DeviceFrom
from everyangle.core.time import Instant
from everyangle.record.kinds_accounts import AccountBody
from everyangle.record.kinds_capture import CaptureBody


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """The case began. Always entry 0, and only entry 0.

    Attributes:
        key: the key that signs this case's checkpoints, as a C2SP vkey.
        title: of the case.
    """

    kind: ClassVar[str] = "case-opened"
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ItemReceived:
    """Bytes arrived and are kept as an original.

    Attributes:
        digest: of the original.
        size: bytes, 0 or more.
        name: last component of the name that they came under.
        path: path below the received folder, '/' between its parts, or None where no folder was given.
        modified: the file's modification time, or None if unknown.
    """

    kind: ClassVar[str] = "item-received"
    digest: Digest
    size: int
    name: Name
    path: Name | None = None
    modified: Instant | None = None


@dataclass(frozen=True, slots=True)
class ItemDerived:
    """A changed copy was made and is kept, since something published cites it.

    Attributes:
        digest: of the derivative.
        size: bytes, 0 or more.
        parents: digests of what it was made from, at least one.
        recipe: what made it, with version and parameters.
        media_type: RFC 6838 type.
    """

    kind: ClassVar[str] = "item-derived"
    digest: Digest
    size: int
    parents: tuple[Digest, ...]
    recipe: str
    media_type: str


@dataclass(frozen=True, slots=True)
class LostStretch:
    """At media time ``at_us`` the recording skipped ``lost_us`` of event time (negative: it repeated)."""

    at_us: int
    lost_us: int


@dataclass(frozen=True, slots=True)
class Relation:
    """Takes a recording's media time to another clock; ``jumps`` are that recording's own lost stretches.

    ``t = offset_us + (1 + drift_ppt / 10^12) * t_media + sum of lost_us over jumps with at_us <= t_media``

    Attributes:
        offset_us: microseconds.
        drift_ppt: parts per 10^12, above -10^12 (time does not stand still).
        error_us: half-width of a 95 % interval, 0 or more, or None where nobody stated one.
        jumps: in order of ``at_us``.
    """

    offset_us: int
    drift_ppt: int = 0
    error_us: int | None = None
    jumps: tuple[LostStretch, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacementConfirmed:
    """A person looked at a placement that the machine found, and agrees.

    Attributes:
        item: what is placed.
        like: the recording to whose clock the relation leads, or None for the item's own, new event clock. Its clock is
            its media time with its lost stretches made up: what ``like`` lost, the item did not.
        relation: the map from the item's media time.
        said: what the person typed, verbatim.
        why: the person's reason.
    """

    kind: ClassVar[str] = "placement-confirmed"
    item: Digest
    like: Digest | None
    relation: Relation
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class PlacementOverridden:
    """A person placed an item; this outranks the machine. Attributes as in :class:`PlacementConfirmed`."""

    kind: ClassVar[str] = "placement-overridden"
    item: Digest
    like: Digest | None
    relation: Relation
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class PlacementWithdrawn:
    """A person took an earlier placement back.

    Attributes:
        entry: index of the entry that no longer holds.
        item: what it placed.
        why: the person's reason.
    """

    kind: ClassVar[str] = "placement-withdrawn"
    entry: int
    item: Digest
    why: str


@dataclass(frozen=True, slots=True)
class PairRejected:
    """A person says that two items do not belong together, or not at one offset; this constrains the machine.

    Attributes:
        item: one item.
        like: the other.
        offset_us: the refused start of ``item`` in the media time of ``like``, microseconds; None where they do not
            belong together at any.
        within_us: how near to it is refused, 0 or more; None where nobody stated it, or without an offset.
        said: what the person typed, verbatim.
        why: the person's reason.
    """

    kind: ClassVar[str] = "pair-rejected"
    item: Digest
    like: Digest
    offset_us: int | None
    within_us: int | None
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class RejectionWithdrawn:
    """A person took an earlier rejection back.

    Attributes:
        entry: index of the rejection that no longer holds.
        item: its first item.
        why: the person's reason.
    """

    kind: ClassVar[str] = "rejection-withdrawn"
    entry: int
    item: Digest
    why: str


@dataclass(frozen=True, slots=True)
class DeviceStated:
    """A person says which device recorded an item: recordings of one device do not overlap.

    Attributes:
        item: the recording.
        device: a name for the device, not empty; None takes an earlier statement back.
        why: the person's reason.
    """

    kind: ClassVar[str] = "device-stated"
    item: Digest
    device: str | None
    why: str


@dataclass(frozen=True, slots=True)
class HintsChosen:
    """A person chose what beside sound is weighed when recordings are aligned.

    Attributes:
        metadata: whether the times and devices that files say of themselves are.
        device_from: what tells which recordings are of one device.
        why: the person's reason.
    """

    kind: ClassVar[str] = "hints-chosen"
    metadata: bool
    device_from: DeviceFrom
    why: str


@dataclass(frozen=True, slots=True)
class ClockTied:
    """A person tied a moment of a recording to wall time.

    Attributes:
        item: the recording whose media time is tied, or None where the event clock itself is.
        media_us: microseconds of that recording's media time.
        wall: the wall time of that moment.
        within_us: half-width of the stated error, 0 or more, or None if none was stated.
        said: what the person typed, verbatim.
        why: the person's reason.
    """

    kind: ClassVar[str] = "clock-tied"
    item: Digest | None
    media_us: int
    wall: Instant
    within_us: int | None
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """A note, whose text is a private field; ``about`` names the item, or None for the case."""

    kind: ClassVar[str] = "note-added"
    about: Digest | None


@dataclass(frozen=True, slots=True)
class DossierPublished:
    """A dossier went out, unredacted.

    Attributes:
        manifest: digest of its manifest.json.
        files: how many files the manifest lists.
        size: bytes of those files.
        why: why it went out unredacted.
    """

    kind: ClassVar[str] = "dossier-published"
    manifest: Digest
    files: int
    size: int
    why: str


Body = (
    CaseOpened
    | ItemReceived
    | ItemDerived
    | PlacementConfirmed
    | PlacementOverridden
    | PlacementWithdrawn
    | PairRejected
    | RejectionWithdrawn
    | DeviceStated
    | HintsChosen
    | ClockTied
    | NoteAdded
    | DossierPublished
    | CaptureBody
    | AccountBody
)
