"""The container of a recording, ``.eacap``: everything that was received, in order, verifiable by itself.

Format: docs/formats/capture.md, "What is kept". Written and read piece by piece, so that its size does not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from everyangle.capture.begin import MAX_BEGIN_BYTES, Opening, open_begin
from everyangle.capture.chain import next_head
from everyangle.capture.frames import (
    ELSEWHERE,
    FRAME_OVERHEAD,
    HEAD_ONLY,
    HEADER_BYTES,
    MAX_BODY_BYTES,
    SIGNATURE_BYTES,
    Header,
    Kind,
    parse_header,
)
from everyangle.capture.receipts import Range, ranges
from everyangle.core.errors import EveryAngleError, IntegrityError
from everyangle.record.canonical import MAX_INTEGER

MAGIC = b"everyangle.capture/1\n"
MEDIA_TYPE = "application/vnd.everyangle.capture"
SUFFIX = ".eacap"

Read = Callable[[int], bytes]
"""Returns up to that many next bytes, and nothing at the end."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk in a container.

    Attributes:
        flags: 0, :data:`HEAD_ONLY` where the body never came, :data:`ELSEWHERE` where it is part of a file beside it.
        header: what its header says.
        raw_header: 64 bytes.
        signature: 64 bytes.
        body: plain; empty where it is not here.
    """

    flags: int
    header: Header
    raw_header: bytes
    signature: bytes
    body: bytes


@dataclass(slots=True)
class Contents:
    """What checking a container found.

    Attributes:
        opening: the begin.
        heads: how many chunks.
        head: the last head.
        missing: sequences whose bodies never came.
        ended: whether the recording was ended by the phone.
        elsewhere: whether bodies are parts of a file beside it.
        last_us: the latest time of capture by the phone's clock that the log can hold, or None.
    """

    opening: Opening
    heads: int = 0
    head: bytes = b""
    missing: list[int] = field(default_factory=list)
    ended: bool = False
    elsewhere: bool = False
    last_us: int | None = None

    def missing_ranges(self) -> tuple[Range, ...]:
        """Return the missing bodies as ranges."""
        return ranges(self.missing)


def begin_bytes(opening: Opening) -> bytes:
    """Return what a container begins with."""
    return MAGIC + len(opening.raw).to_bytes(4, "big") + opening.raw + opening.signature


def chunk_bytes(flags: int, raw_header: bytes, signature: bytes, body: bytes | memoryview) -> bytes:
    """Return one chunk of a container."""
    size = FRAME_OVERHEAD + len(body)
    return b"".join((size.to_bytes(4, "big"), bytes([flags]), raw_header, signature, body))


def read_begin(read: Read) -> Opening:
    """Return the checked begin of a container.

    Raises:
        IntegrityError: ``capture-damaged`` if these are not the bytes of a container, or its begin is not signed.
    """
    if _exactly(read, len(MAGIC)) != MAGIC:
        raise _damaged("it does not begin as one")
    size = int.from_bytes(_exactly(read, 4), "big")
    if size > MAX_BEGIN_BYTES:
        raise _damaged("its begin is too long")
    raw = _exactly(read, size)
    try:
        return open_begin(raw, _exactly(read, SIGNATURE_BYTES))
    except EveryAngleError as error:
        raise error if error.code == "capture-damaged" else _damaged(error.what) from error


def read_chunks(read: Read) -> Iterator[Chunk]:
    """Yield what follows the begin. Checks form and each body's digest; the chain is for :func:`check`.

    Raises:
        IntegrityError: ``capture-damaged``.
    """
    while prefix := read(4):
        size = int.from_bytes(prefix + _exactly(read, 4 - len(prefix)), "big")
        if not FRAME_OVERHEAD <= size <= FRAME_OVERHEAD + MAX_BODY_BYTES:
            raise _damaged("a chunk has an impossible length")
        data = _exactly(read, size)
        flags, raw_header = data[0], data[1 : 1 + HEADER_BYTES]
        signature, body = data[1 + HEADER_BYTES : FRAME_OVERHEAD], data[FRAME_OVERHEAD:]
        try:
            header = parse_header(raw_header)
        except EveryAngleError as error:
            raise _damaged(error.what) from error
        if flags not in (0, HEAD_ONLY, ELSEWHERE) or len(body) != (0 if flags else header.length):
            raise _damaged(f"chunk {header.sequence} has not the length that it says")
        if not flags and hashlib.sha256(body).digest() != header.digest:
            raise _damaged(f"the body of chunk {header.sequence} is not the one that its head names")
        yield Chunk(flags, header, raw_header, signature, body)


def read_heads(read: Read, skip: Callable[[int], object]) -> Iterator[Chunk]:
    """Yield every chunk without its body, not judged: for what was checked before.

    Args:
        read: reads on behind the begin.
        skip: passes over that many bytes.

    Raises:
        IntegrityError: ``capture-damaged``.
    """
    while prefix := read(4):
        size = int.from_bytes(prefix + _exactly(read, 4 - len(prefix)), "big")
        data = _exactly(read, FRAME_OVERHEAD)
        raw_header = data[1 : 1 + HEADER_BYTES]
        yield Chunk(data[0], parse_header(raw_header), raw_header, data[1 + HEADER_BYTES :], b"")
        skip(size - FRAME_OVERHEAD)


def check(read: Read, *, on_head: Callable[[int, bytes], None] | None = None) -> Contents:
    """Check a whole container: form, bodies, chain and every signature.

    Args:
        read: reads it from its start.
        on_head: told of each chunk's sequence and head.

    Raises:
        IntegrityError: ``capture-damaged``, saying where.
    """
    contents = Contents(read_begin(read))
    contents.head = contents.opening.head
    for chunk in read_chunks(read):
        header = chunk.header
        if header.sequence != contents.heads + 1:
            raise _damaged(f"chunk {header.sequence} stands where {contents.heads + 1} belongs")
        if contents.ended and header.kind is not Kind.WORDS:
            raise _damaged(f"chunk {header.sequence} follows the end")
        contents.heads, contents.head = header.sequence, next_head(contents.head, chunk.raw_header)
        if not contents.opening.key.signed(contents.head, chunk.signature):
            raise _damaged(f"chunk {header.sequence} is not signed by the recording's key")
        if on_head is not None:
            on_head(header.sequence, contents.head)
        contents.ended = contents.ended or header.kind is Kind.END
        if abs(header.captured_us) <= MAX_INTEGER:
            before_us = header.captured_us if contents.last_us is None else contents.last_us
            contents.last_us = max(header.captured_us, before_us)
        if chunk.flags & HEAD_ONLY:
            contents.missing.append(header.sequence)
        contents.elsewhere = contents.elsewhere or bool(chunk.flags & ELSEWHERE)
    return contents


def _exactly(read: Read, count: int) -> bytes:
    data = read(count)
    while len(data) < count:
        more = read(count - len(data))
        if not more:
            raise _damaged("it ends in the middle")
        data += more
    return data


def _damaged(why: str) -> IntegrityError:
    return IntegrityError(
        "capture-damaged",
        f"The recording's container does not check: {why}.",
        todo="Restore it from a copy of the case.",
    )
