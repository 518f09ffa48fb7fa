"""Making an item of a recording: the exact sequence of its chunks, checked again, and logged with all that cites it.

The original is the container (``.eacap``). A file that arrived whole, with the SHA-256 that its phone stated, is an
original too, and its container then holds the heads alone. What a player can seek in is a derivative.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from everyangle.capture.begin import Source
from everyangle.capture.container import SUFFIX, Chunk, Contents, begin_bytes, check, chunk_bytes
from everyangle.capture.frames import ELSEWHERE, HEAD_ONLY, Kind
from everyangle.core.errors import EveryAngleError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.ports.blobs import Source as BlobSource
from everyangle.ports.blobs import Stored
from everyangle.ports.case import CasePorts
from everyangle.ports.journal import Journal
from everyangle.record.kinds import ItemDerived, ItemReceived
from everyangle.record.kinds_capture import CaptureEnded
from everyangle.stages.acts import Act, record
from everyangle.stages.capture_pieces import PieceSource, Snapshot, chunks_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made of a recording: where to read it from, what made it, its type (RFC 6838)."""

    source: BlobSource
    recipe: str
    media_type: str


Derived = tuple[Sequence[Copy], Sequence[EveryAngleError]]
"""Copies, and what could not be made."""

_NONE: Derived = ((), ())

Derive = Callable[[Iterator[Chunk], str], AbstractContextManager[Derived]]
"""Makes copies of a recording's chunks, under a label for errors; they are there until the context ends."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a recording became: digest of its container, and what could not be made of it."""

    digest: Digest
    problems: tuple[EveryAngleError, ...]


def make_item(shot: Snapshot, case: CasePorts, journal: Journal, begun: Sequence[Act], derive: Derive) -> Item:
    """Make a recording an item, in one commit of the log.

    Args:
        shot: the recording.
        case: its case.
        journal: where its chunks lie.
        begun: what the log must be told first.
        derive: makes copies.

    Raises:
        EveryAngleError: nothing was logged then, and the same can be done again.
    """
    name = item_name(shot)
    whole = _is_whole_file(shot, case, journal)
    # A whole file is an item by itself, and needs no copy of what surrounds its parts.
    making = nullcontext(_NONE) if whole else derive(chunks_of(shot, case, journal), name)
    with making as (copies, problems), case.log.writer():
        file = case.originals.put(PieceSource(_file_parts(shot, case, journal))) if whole else None
        container = case.originals.put(PieceSource(_pieces(shot, case, journal, elsewhere=file is not None)))
        contents = _checked(shot, case, container)
        acts = [*begun]
        if file is not None:
            acts.append(Act(ItemReceived(file.digest, file.size, _file_name(shot))))
        acts.append(Act(ItemReceived(container.digest, container.size, Name(name.encode()))))
        acts.append(Act(_ended(shot, container.digest, contents)))
        for copy in copies:
            stored = case.derivatives.put(copy.source)
            parents = (container.digest,)
            acts.append(Act(ItemDerived(stored.digest, stored.size, parents, copy.recipe, copy.media_type)))
        record(case, acts)
    return Item(container.digest, tuple(problems))


def item_name(shot: Snapshot) -> str:
    """Return a name for people: when the phone says that it began, and the first digits of its id."""
    started = _EPOCH + timedelta(microseconds=max(0, min(shot.opening.begin.started_us, 2**55)))
    # Not as devices write times: it would be taken for a second witness of when it began (core.name_times).
    return f"capture {shot.id[:8]} {started:%Y-%m-%d at %Hh%M} UTC{SUFFIX}"


def _file_name(shot: Snapshot) -> Name:
    """Return the last component of the name that a file had on its phone."""
    name = (shot.opening.begin.name or "").replace("\\", "/").rpartition("/")[2]
    return Name((name or "file").encode())


def _pieces(shot: Snapshot, case: CasePorts, journal: Journal, *, elsewhere: bool) -> Iterator[bytes]:
    yield begin_bytes(shot.opening)
    for chunk in chunks_of(shot, case, journal):
        if elsewhere and _is_part(chunk):
            yield chunk_bytes(ELSEWHERE, chunk.raw_header, chunk.signature, b"")
        else:
            yield chunk_bytes(chunk.flags, chunk.raw_header, chunk.signature, chunk.body)


def _checked(shot: Snapshot, case: CasePorts, container: Stored) -> Contents:
    """Check what was stored as anyone would, before the log speaks of it."""
    with case.originals.open(container.digest) as file:
        contents = check(file.read)
    if (contents.heads, contents.head) != (shot.heads, shot.head):
        raise IntegrityError(
            "capture-damaged", f"What is kept of recording {shot.id} does not lead to the head that was acknowledged."
        )
    return contents


def _is_whole_file(shot: Snapshot, case: CasePorts, journal: Journal) -> bool:
    """Tell whether a file arrived whole, with the size and SHA-256 that its phone stated."""
    begin = shot.opening.begin
    if begin.source is not Source.FILE or shot.missing:
        return False
    hasher, size = hashlib.sha256(), 0
    for body in _file_parts(shot, case, journal):
        hasher.update(body)
        size += len(body)
    return hasher.hexdigest() == begin.sha256 and size == begin.size


def _file_parts(shot: Snapshot, case: CasePorts, journal: Journal) -> Iterator[bytes]:
    for chunk in chunks_of(shot, case, journal):
        if _is_part(chunk) and not chunk.flags & HEAD_ONLY:
            yield chunk.body


def _is_part(chunk: Chunk) -> bool:
    """Tell whether a chunk's body is a part of the file that is sent."""
    return chunk.header.kind is Kind.MEDIA and chunk.header.stream == 0


def _ended(shot: Snapshot, item: Digest, contents: Contents) -> CaptureEnded:
    head = Digest(shot.head.hex())
    return CaptureEnded(shot.id, item, shot.heads, head, shot.missing, shot.ended, contents.last_us)
