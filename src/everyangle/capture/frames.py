"""Frames and headers: the bytes that travel, taken apart and put together. Judges form only, no signature.

Format: docs/formats/capture.md, "Recording" and "Frames". All integers are big-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from everyangle.capture.refusals import malformed, too_large

MAGIC = b"EAC1"
HEADER_BYTES = 64
SIGNATURE_BYTES = 64
FRAME_OVERHEAD = 1 + HEADER_BYTES + SIGNATURE_BYTES
MAX_BODY_BYTES = 8 << 20
"""Largest body of a chunk."""

MAX_SEALING_BYTES = 65 + 16
"""What sealing adds to a payload: a point and a tag."""

MAX_FRAME_BYTES = FRAME_OVERHEAD + MAX_BODY_BYTES + MAX_SEALING_BYTES

HEAD_ONLY, SEALED, LATE_BODY = 1, 2, 4
"""Flags of a frame: the payload is left out; it is sealed; it is the body of a head that was sent before."""

ELSEWHERE = 8
"""Flag in a container only: the body is a part of the file that ``begin`` names, which lies beside it."""

_FLAGS = {0, HEAD_ONLY, SEALED, LATE_BODY, SEALED | LATE_BODY}
_LAYOUT = struct.Struct(">4sBBHQqII32s")
_MAX_SEQUENCE = 2**53 - 1


class Kind(IntEnum):
    """What a chunk is."""

    MEDIA = 0
    SEGMENT = 1
    END = 2
    WORDS = 3
    CLOCK = 4


@dataclass(frozen=True, slots=True)
class Header:
    """The 64 bytes that the chain covers.

    Attributes:
        kind: what the chunk is.
        stream: 0 full quality, 1 the small one.
        sequence: from 1, one count for the whole recording.
        captured_us: microseconds since 1970 by the phone's clock; may be negative.
        segment: from 0 in each stream.
        length: bytes of the body, 0 to 8 MiB.
        digest: SHA-256 of the plain body, 32 bytes.
    """

    kind: Kind
    stream: int
    sequence: int
    captured_us: int
    segment: int
    length: int
    digest: bytes

    def encode(self) -> bytes:
        """Return the 64 bytes."""
        fields = (self.kind, self.stream, 0, self.sequence, self.captured_us, self.segment, self.length, self.digest)
        return _LAYOUT.pack(MAGIC, *fields)


def parse_header(data: bytes) -> Header:
    """Return the header that 64 bytes spell.

    Raises:
        BadInputError: ``chunk-malformed``; ``protocol-unknown`` where they do not begin with ``EAC1``.
        LimitError: ``chunk-too-large``.
    """
    if len(data) != HEADER_BYTES:
        raise malformed("chunk-malformed", f"A header has {HEADER_BYTES} bytes, not {len(data)}.")
    magic, kind, stream, zero, sequence, captured_us, segment, length, digest = _LAYOUT.unpack(data)
    if magic != MAGIC:
        raise malformed("protocol-unknown", "The chunk is of another protocol, or another version of it.")
    if kind > Kind.CLOCK or stream > 1 or zero or not 1 <= sequence <= _MAX_SEQUENCE:
        raise malformed("chunk-malformed", "A header's kind, stream or sequence is none of this protocol.")
    if length > MAX_BODY_BYTES:
        raise too_large(
            "chunk-too-large",
            f"A chunk's body would have {length:,} bytes; {MAX_BODY_BYTES:,} are allowed.",
            "Send smaller chunks.",
        )
    return Header(Kind(kind), stream, sequence, captured_us, segment, length, digest)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame taken apart.

    Attributes:
        flags: see :data:`HEAD_ONLY`, :data:`SEALED`, :data:`LATE_BODY`.
        raw_header: the header's 64 bytes.
        header: what they say.
        signature: 64 bytes.
        payload: what follows.
    """

    flags: int
    raw_header: bytes
    header: Header
    signature: bytes
    payload: memoryview

    @property
    def head_only(self) -> bool:
        """Whether the body is left out."""
        return bool(self.flags & HEAD_ONLY)

    @property
    def sealed(self) -> bool:
        """Whether the payload is sealed."""
        return bool(self.flags & SEALED)

    @property
    def late_body(self) -> bool:
        """Whether it brings the body of an earlier head."""
        return bool(self.flags & LATE_BODY)


def parse_frame(data: bytes) -> Frame:
    """Return a frame's parts.

    Raises:
        BadInputError: ``frame-malformed``, and as :func:`parse_header` raises it.
        LimitError: ``chunk-too-large``.
    """
    if len(data) > MAX_FRAME_BYTES:
        raise too_large("chunk-too-large", f"A frame has {len(data):,} bytes.", "Send smaller chunks.")
    if len(data) < FRAME_OVERHEAD or data[0] not in _FLAGS:
        raise malformed("frame-malformed", "A frame is too short, or its flags are none of this protocol.")
    raw_header, signature = data[1 : 1 + HEADER_BYTES], data[1 + HEADER_BYTES : FRAME_OVERHEAD]
    header = parse_header(raw_header)
    frame = Frame(data[0], raw_header, header, signature, memoryview(data)[FRAME_OVERHEAD:])
    expected = 0 if frame.head_only else header.length + (MAX_SEALING_BYTES if frame.sealed else 0)
    if len(frame.payload) != expected:
        raise malformed("frame-malformed", f"A frame's payload has {len(frame.payload):,} bytes, not {expected:,}.")
    return frame


def frame_bytes(flags: int, raw_header: bytes, signature: bytes, payload: bytes) -> bytes:
    """Return the bytes of a frame."""
    return bytes([flags]) + raw_header + signature + payload
