"""The kinds of entries about live capture: invitations, and what became of each recording that a phone sent.

A recording is named by the 128 random bits that its phone chose, a link by the SHA-256 of its token, which stands
nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from everyangle.core.ids import Digest
from everyangle.core.time import Instant


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """A link was made by which phones can send into this case. Its label is a private field.

    Attributes:
        link: SHA-256 of the token.
        uses: how many device keys may be bound to it, at least 1.
        expires: when it stops opening new recordings, or None.
    """

    kind: ClassVar[str] = "invitation-made"
    link: Digest
    uses: int
    expires: Instant | None


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """A link opens no new recordings from now on; what arrived by it stays.

    Attributes:
        link: SHA-256 of the token.
        why: the person's reason.
    """

    kind: ClassVar[str] = "invitation-revoked"
    link: Digest
    why: str


@dataclass(frozen=True, slots=True)
class CaptureBegun:
    """A phone began to send a recording.

    Attributes:
        recording: id, 32 hexadecimal digits.
        link: SHA-256 of the token by which it came.
        device: SHA-256 of the phone's public key (SPKI): the same browser signed whatever has the same.
        head: head 0 of the chain, which covers what the phone signed when it began.
        receipts: the key that signs the server's receipts, as a C2SP vkey.
    """

    kind: ClassVar[str] = "capture-begun"
    recording: str
    link: Digest
    device: Digest
    head: Digest
    receipts: str


@dataclass(frozen=True, slots=True)
class CaptureCheckpoint:
    """A recording had come this far.

    Attributes:
        recording: id, 32 hexadecimal digits.
        heads: chunks whose heads were durable.
        head: the last of them.
        missing: how many of their bodies had not come.
    """

    kind: ClassVar[str] = "capture-checkpoint"
    recording: str
    heads: int
    head: Digest
    missing: int


@dataclass(frozen=True, slots=True)
class CaptureEnded:
    """What came of a recording became an item. A phone that comes back later makes another, longer item.

    Attributes:
        recording: id, 32 hexadecimal digits.
        item: digest of the container, received by an entry before this one.
        heads: chunks in it.
        head: the last head.
        missing: how many of their bodies never came.
        ended: whether the phone said that it ended; otherwise it was cut off.
        last_us: the latest time of capture by the phone's clock, microseconds since 1970, or None without chunks.
    """

    kind: ClassVar[str] = "capture-ended"
    recording: str
    item: Digest
    heads: int
    head: Digest
    missing: int
    ended: bool
    last_us: int | None


CaptureBody = InvitationMade | InvitationRevoked | CaptureBegun | CaptureCheckpoint | CaptureEnded
