"""What goes into the intake and what comes out of it: openings and parcels of frames, states, receipts, refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from everyangle.capture.receipts import Range
from everyangle.core.errors import ConflictError, EveryAngleError, StorageError
from everyangle.core.ids import Digest


@dataclass(frozen=True, slots=True)
class State:
    """What is durable of a recording, as the protocol's ``state`` says it."""

    next: int
    missing: tuple[Range, ...]
    head: str
    ended: bool
    time_us: int


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A receipt's text and its signature in base64url."""

    receipt: str
    signature: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something that was sent.

    Attributes:
        recording: id of the recording, or empty where none was opened.
        done: how many submitted parcels this answers.
        state: what is durable, where it was asked for or something did not fit on.
        receipt: what is promised, where anything is durable.
        error: why something was refused.
    """

    recording: str
    done: int
    state: State | None = None
    receipt: SignedReceipt | None = None
    error: EveryAngleError | None = None


Reply = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class Open:
    """A phone opens a recording, new or not."""

    token: str
    raw: bytes
    signature: bytes
    reply: Reply


@dataclass(frozen=True, slots=True)
class Parcel:
    """Frames for an opened recording; where ``link`` is given, the recording must have come by it."""

    recording: str
    frames: Sequence[bytes]
    reply: Reply
    link: Digest | None = None
    wants_state: bool = False


Deliver = Callable[[Sequence[tuple[Reply, Answer]]], None]
"""Takes a batch's answers to where the replies may be called."""


def deliver_here(answers: Sequence[tuple[Reply, Answer]]) -> None:
    """Call the replies in the intake's own thread."""
    for reply, answer in answers:
        reply(answer)


def full() -> StorageError:
    """Return the refusal for want of room."""
    return StorageError(
        "disk-full",
        "The server's disk is nearly full.",
        holds="What was acknowledged before is kept.",
        todo="Keep what is not acknowledged on the phone, and try again later.",
    )


def not_kept() -> StorageError:
    """Return the refusal where the journal failed."""
    return StorageError(
        "storage-failed",
        "The server could not keep what was sent.",
        holds="What was acknowledged before is kept.",
        todo="Keep what is not acknowledged on the phone, and try again later.",
    )


def stopping() -> ConflictError:
    """Return the refusal of a server that is about to stop."""
    return ConflictError(
        "stopping",
        "The server is being stopped.",
        holds="What was acknowledged before is kept.",
        todo="Keep recording; try again in a few seconds.",
    )
