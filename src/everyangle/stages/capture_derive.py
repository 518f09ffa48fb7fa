"""Copies of a recording that players can seek in: the files of its segments, remuxed without encoding anything again.

A segment's file goes as far as its bodies came without a gap. Of the two streams that a phone may send, the one in full
quality comes first, unless the small one goes on for longer: what comes first stands for the recording (``footage``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from everyangle.capture.container import Chunk
from everyangle.capture.frames import ELSEWHERE, HEAD_ONLY, Kind
from everyangle.core.errors import EveryAngleError, StorageError
from everyangle.ports.blobs import Source
from everyangle.ports.media import Media, Part, RemuxInfo
from everyangle.stages.capture_item import Copy

LONGER_S = 1.0
"""How much longer the small stream must be to stand before the full one."""

_MOST_SEGMENTS = 64


def _scratch(buffering: int = 0) -> BinaryIO:
    """Return a file without a name."""
    return cast("BinaryIO", tempfile.TemporaryFile(buffering=buffering))


@dataclass(slots=True)
class _Segment:
    """One file that a recorder wrote, in a file of its own; ``whole`` until a body is missing."""

    file: BinaryIO
    start_us: int
    length: int = 0
    whole: bool = True


@dataclass(slots=True)
class _Gathered:
    segments: dict[tuple[int, int], _Segment] = field(default_factory=dict)


@contextmanager
def derive_copies(
    media: Media, chunks: Iterator[Chunk], label: str
) -> Iterator[tuple[Sequence[Copy], Sequence[EveryAngleError]]]:
    """Yield copies of a recording, the one that stands for it first, and what could not be made; they go afterwards.

    Args:
        media: remuxes.
        chunks: the recording's, in order.
        label: how errors name it.

    Raises:
        IntegrityError: as reading the chunks raises it.
    """
    made: list[tuple[float, int, Copy]] = []
    problems: list[EveryAngleError] = []
    with ExitStack() as stack:
        try:
            gathered = _gather(chunks, stack)
            for stream in sorted({stream for stream, _ in gathered.segments}):
                segments = [one for (of, _), one in sorted(gathered.segments.items()) if of == stream and one.length]
                for info, copy in _remuxed(media, segments, f"{label}, stream {stream}", stream, problems, stack):
                    made.append((info.duration_s - LONGER_S * stream, stream, copy))
        except OSError as error:
            problems.append(
                StorageError("storage-failed", f"No copy of {label} could be made: {error.strerror or error}.")
            )
        made.sort(key=lambda one: (-one[0], one[1]))
        yield [copy for _, _, copy in made], problems


def _gather(chunks: Iterator[Chunk], stack: ExitStack) -> _Gathered:
    """Put the bodies of each segment into a file."""
    gathered = _Gathered()
    for chunk in chunks:
        header = chunk.header
        if header.kind not in (Kind.MEDIA, Kind.SEGMENT):
            continue
        key = (header.stream, header.segment)
        segment = gathered.segments.get(key)
        if segment is None:
            if len(gathered.segments) >= _MOST_SEGMENTS:
                continue
            segment = gathered.segments[key] = _Segment(stack.enter_context(_scratch(1 << 20)), header.captured_us)
        if header.kind is Kind.MEDIA:
            segment.whole = segment.whole and not chunk.flags & (HEAD_ONLY | ELSEWHERE)
            if segment.whole:
                segment.file.write(chunk.body)
                segment.length += len(chunk.body)
    return gathered


def _remuxed(
    media: Media,
    segments: Sequence[_Segment],
    label: str,
    stream: int,
    problems: list[EveryAngleError],
    stack: ExitStack,
) -> Iterator[tuple[RemuxInfo, Copy]]:
    """Yield what the segments of one stream become: one file, or more where they do not fit together."""
    source = stack.enter_context(_scratch())
    rest: list[Part] = []
    for segment in segments:
        rest.append(Part(source.tell(), segment.length, segment.start_us / 1e6))
        segment.file.seek(0)
        while piece := segment.file.read(1 << 20):
            source.write(piece)
    while rest:
        sink = stack.enter_context(_scratch())
        try:
            info = media.remux(source, sink, rest, label=label)
        except EveryAngleError as error:
            problems.append(error)
            rest = rest[1:]
            continue
        sink.seek(0)
        number = len(segments) - len(rest)
        where = f"stream={stream} segments={number}-{number + info.parts - 1}"
        yield info, Copy(cast("Source", sink), f"{info.recipe} {where}", info.media_type)
        rest = rest[info.parts :]
