"""One recording as the server knows it: which frames fit on, and what is to be kept of them.

Judges signatures and order, never what was filmed: a chunk that the recording's key signed in its place is kept,
whatever its body says. Nothing is durable because it was taken; whoever keeps the records says so, or takes them back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from everyangle.capture.begin import Opening
from everyangle.capture.chain import next_head
from everyangle.capture.frames import ELSEWHERE, HEAD_ONLY, LATE_BODY, Frame, Header, Kind
from everyangle.capture.receipts import Range, Receipt, ranges
from everyangle.capture.refusals import conflict, forged, too_large
from everyangle.capture.seal import Unsealer


@dataclass(frozen=True, slots=True)
class Kept:
    """A frame that fits on, in plain: what is to be kept of it.

    Attributes:
        flags: 0, :data:`HEAD_ONLY`, or :data:`LATE_BODY` for the body of an earlier head.
        header: what its header says.
        raw_header: 64 bytes.
        signature: 64 bytes.
        body: the plain body, empty where it is left out.
        before: the state of the session before, for :meth:`Session.take_back`.
    """

    flags: int
    header: Header
    raw_header: bytes
    signature: bytes
    body: bytes | memoryview
    before: tuple[int, bytes, bool, int]


class Passed(Enum):
    """A frame of which nothing is to be kept: known already, or beyond a gap."""

    KNOWN = "known"
    GAP = "gap"


class Session:
    """The state of one recording. Not for several threads at once.

    Args:
        opening: its begin, checked.
        most_bytes: how many bytes of bodies it may bring.
        unsealer: opens sealed bodies, or None where none can be.
    """

    def __init__(self, opening: Opening, most_bytes: int, unsealer: Unsealer | None = None) -> None:
        self.opening = opening
        self.heads = 0
        self.head = opening.head
        self.ended = False
        self.bytes = 0
        self._missing: dict[int, bytes] = {}
        self._most_bytes = most_bytes
        self._unsealer = unsealer

    @property
    def missing(self) -> Mapping[int, bytes]:
        """Sequences whose bodies are promised and not here, with their headers; in no order."""
        return self._missing

    def missing_ranges(self) -> tuple[Range, ...]:
        """Return the missing bodies as ranges."""
        return ranges(sorted(self._missing)) if self._missing else ()

    def receipt(self, time_us: int) -> Receipt:
        """Return what can be promised once everything taken is durable."""
        return Receipt(self.opening.begin.recording, self.heads, self.head, self.missing_ranges(), time_us)

    def take(self, frame: Frame) -> Kept | Passed:
        """Judge a frame and move on.

        Raises:
            IntegrityError: ``chunk-forged``, ``body-wrong``, ``head-other`` or ``seal-broken``; the state is unchanged.
            ConflictError: ``recording-ended``.
            LimitError: ``recording-too-large``.
        """
        sequence = frame.header.sequence
        if sequence > self.heads + 1 or (frame.late_body and sequence > self.heads):
            return Passed.GAP
        if sequence <= self.heads:
            return self._late(frame)
        return self._next(frame)

    def _next(self, frame: Frame) -> Kept:
        header = frame.header
        head = next_head(self.head, frame.raw_header)
        if not self.opening.key.signed(head, frame.signature):
            raise forged(
                "chunk-forged", f"Chunk {header.sequence} is not signed by this recording's key in this place."
            )
        if self.ended and header.kind is not Kind.WORDS:
            raise conflict("recording-ended", "The recording has ended.", "Begin another recording.")
        before = self._state()
        body = self._body(frame)
        self.heads, self.head = header.sequence, head
        self.ended = self.ended or header.kind is Kind.END
        if frame.head_only and header.length:
            self._missing[header.sequence] = frame.raw_header
        flags = HEAD_ONLY if frame.head_only and header.length else 0
        return Kept(flags, header, frame.raw_header, frame.signature, body, before)

    def _late(self, frame: Frame) -> Kept | Passed:
        header = frame.header
        known = self._missing.get(header.sequence)
        if known is None or frame.head_only:
            return Passed.KNOWN
        if known != frame.raw_header:
            raise forged("head-other", f"The body of chunk {header.sequence} comes under another head than was signed.")
        before = self._state()
        body = self._body(frame)
        del self._missing[header.sequence]
        return Kept(LATE_BODY, header, frame.raw_header, frame.signature, body, before)

    def _body(self, frame: Frame) -> bytes | memoryview:
        """Return the plain body, and count it."""
        header = frame.header
        if frame.head_only and header.length:
            return b""
        body: bytes | memoryview = frame.payload
        if frame.sealed:
            if self._unsealer is None:
                raise forged("seal-broken", "There is no key here to open sealed bodies.")
            body = self._unsealer.unseal(header.sequence, frame.raw_header, frame.payload)
        if len(body) != header.length or hashlib.sha256(body).digest() != header.digest:
            raise forged("body-wrong", f"The body of chunk {header.sequence} is not the one that its head names.")
        if self.bytes + len(body) > self._most_bytes:
            raise too_large(
                "recording-too-large",
                f"The recording would have more than {self._most_bytes:,} bytes.",
                "Begin another recording.",
            )
        self.bytes += len(body)
        return body

    def _state(self) -> tuple[int, bytes, bool, int]:
        return self.heads, self.head, self.ended, self.bytes

    def take_back(self, kept: Kept) -> None:
        """Forget the frame that was taken last, since it could not be kept."""
        sequence = kept.header.sequence
        if kept.flags & LATE_BODY:
            self._missing[sequence] = kept.raw_header
        else:
            self._missing.pop(sequence, None)
        self.heads, self.head, self.ended, self.bytes = kept.before

    def replay(self, flags: int, header: Header, raw_header: bytes) -> bool:
        """Move on by what was kept before, whose signature was judged then; return whether it fits on.

        Args:
            flags: as in :class:`Kept`, or of a chunk in a container.
            header: what the header says.
            raw_header: its 64 bytes.
        """
        sequence = header.sequence
        if flags & LATE_BODY:
            if self._missing.get(sequence) != raw_header:
                return False
            del self._missing[sequence]
            self.bytes += header.length
            return True
        if sequence != self.heads + 1:
            return False
        self.heads, self.head = sequence, next_head(self.head, raw_header)
        self.ended = self.ended or header.kind is Kind.END
        if flags & HEAD_ONLY:
            self._missing[sequence] = raw_header
        elif not flags & ELSEWHERE:
            self.bytes += header.length
        return True
