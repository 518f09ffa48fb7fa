"""What came of a recording, chunk by chunk: from the container that holds its beginning, then from the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from everyangle.capture.begin import Opening
from everyangle.capture.container import Chunk, read_begin, read_chunks
from everyangle.capture.frames import HEAD_ONLY
from everyangle.capture.records import ChunkRecord, parse_record
from everyangle.core.errors import IntegrityError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.ports.journal import Journal, Place
from everyangle.stages.capture_live import Live
from everyangle.stages.capture_places import Places


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A recording at one moment; attributes as in :class:`Live` and ``Session``."""

    id: str
    case: str
    opening: Opening
    heads: int
    head: bytes
    missing: int
    ended: bool
    begun_logged: bool
    base: Digest | None
    heads_at: Places
    fills_at: dict[int, Place]


def snapshot(live: Live) -> Snapshot:
    """Return a recording as it stands now, for another thread."""
    session = live.session
    return Snapshot(
        live.id,
        live.case,
        session.opening,
        session.heads,
        session.head,
        len(session.missing),
        session.ended,
        live.begun_logged,
        live.base,
        live.heads_at.after(0),
        dict(live.fills_at),
    )


def chunks_of(shot: Snapshot, case: CasePorts, journal: Journal) -> Iterator[Chunk]:
    """Yield every chunk in order, each with its body where that came.

    Raises:
        IntegrityError: ``journal-damaged`` or ``capture-damaged``.
    """
    if shot.base is not None:
        with case.originals.open(shot.base) as file:
            read_begin(file.read)
            for chunk in read_chunks(file.read):
                yield _filled(chunk, shot, journal)
    for place in shot.heads_at:
        record = _chunk(journal, place)
        chunk = Chunk(record.flags, record.header, record.raw_header, record.signature, bytes(record.body))
        yield _filled(chunk, shot, journal)


def _filled(chunk: Chunk, shot: Snapshot, journal: Journal) -> Chunk:
    """Return a chunk with the body that came after its head, if one did."""
    place = shot.fills_at.get(chunk.header.sequence)
    if place is None or not chunk.flags & HEAD_ONLY:
        return chunk
    return Chunk(0, chunk.header, chunk.raw_header, chunk.signature, bytes(_chunk(journal, place).body))


def _chunk(journal: Journal, place: Place) -> ChunkRecord:
    record = parse_record(journal.read(place))
    if not isinstance(record, ChunkRecord):
        raise IntegrityError("journal-damaged", f"There is no chunk in segment {place.segment} at {place.offset}.")
    return record


class PieceSource:
    """A source to read from, made of pieces.

    Args:
        pieces: what is read, in order.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill the buffer and return how many bytes there were; 0 at the end."""
        filled = 0
        while filled < len(buffer):
            if not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._rest = memoryview(piece)
                continue
            count = min(len(self._rest), len(buffer) - filled)
            buffer[filled : filled + count] = self._rest[:count]
            self._rest = self._rest[count:]
            filled += count
        return filled
