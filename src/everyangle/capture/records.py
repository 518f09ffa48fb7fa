"""Records: how begins and chunks stand in the journal, until their recording becomes an item.

``B`` case (16) ‖ recording (16) ‖ length of begin (4) ‖ begin ‖ signature (64); ``C`` recording (16) ‖ flags ‖
header (64) ‖ signature (64) ‖ plain body. The journal's own checksums guard them; signatures were judged before they
were written.
"""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.capture.begin import ID_BYTES
from everyangle.capture.frames import FRAME_OVERHEAD, HEADER_BYTES, Header, parse_header
from everyangle.capture.session import Kept

_BEGIN, _CHUNK = b"B", b"C"


@dataclass(frozen=True, slots=True)
class BegunRecord:
    """A recording began: id of its case, its id, the bytes that the phone signed, and the signature."""

    case: str
    recording: bytes
    raw: bytes
    signature: bytes

    def pieces(self) -> tuple[bytes, ...]:
        """Return the record in pieces."""
        length = len(self.raw).to_bytes(4, "big")
        return (_BEGIN, bytes.fromhex(self.case), self.recording, length, self.raw, self.signature)


@dataclass(frozen=True, slots=True)
class ChunkRecord:
    """A chunk was taken; attributes as in :class:`~everyangle.capture.session.Kept`."""

    recording: bytes
    flags: int
    header: Header
    raw_header: bytes
    signature: bytes
    body: memoryview


Record = BegunRecord | ChunkRecord


def chunk_pieces(recording: bytes, kept: Kept) -> tuple[bytes | memoryview, ...]:
    """Return the record of a chunk in pieces."""
    return (_CHUNK + recording + bytes([kept.flags]) + kept.raw_header + kept.signature, kept.body)


def parse_record(data: bytes) -> Record | None:
    """Return what a record says, or None where it is of no known kind."""
    if data[:1] == _BEGIN:
        at = 1 + 16 + ID_BYTES
        length = int.from_bytes(data[at : at + 4], "big")
        raw, signature = data[at + 4 : at + 4 + length], data[at + 4 + length :]
        return BegunRecord(data[1:17].hex(), data[17:at], raw, signature)
    if data[:1] == _CHUNK:
        at = 1 + ID_BYTES
        raw_header = data[at + 1 : at + 1 + HEADER_BYTES]
        signature = data[at + 1 + HEADER_BYTES : at + FRAME_OVERHEAD]
        body = memoryview(data)[at + FRAME_OVERHEAD :]
        return ChunkRecord(data[1:at], data[at], parse_header(raw_header), raw_header, signature, body)
    return None
