"""Watching a recording while it is made: what of it came, and its film piece by piece, out of the journal.

Only what is durable is shown. Reads; changes nothing.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from everyangle.capture.frames import HEAD_ONLY, Header, Kind
from everyangle.capture.joining import join_at
from everyangle.capture.records import ChunkRecord, parse_record
from everyangle.core.errors import ConflictError, NotFoundError
from everyangle.ports.journal import Journal, Place
from everyangle.stages.capture import Capture
from everyangle.stages.capture_live import Live, Lives
from everyangle.stages.capture_places import Places

_MOST_BYTES = 2 << 20
_JOIN_FROM = 80
"""A film of more chunks than this is joined late."""
_LATE_CHUNKS = 60
_INDEXES = 32


@dataclass(frozen=True, slots=True)
class Coming:
    """A recording that goes on.

    Attributes:
        id: 32 hexadecimal digits.
        case: id of its case.
        link: id of the link by which it came.
        started_us: when it began, by the phone's clock.
        seconds: how far it is preserved from there, by the phone's clock.
        chunks: how many heads are durable.
        missing: how many of them are only committed: their bodies did not come yet.
        ended: whether the phone said that it ended.
        touched_us: when it was last heard of, by the server's clock.
        file: whether it is a file that is being sent.
    """

    id: str
    case: str
    link: str
    started_us: int
    seconds: float
    chunks: int
    missing: int
    ended: bool
    touched_us: int
    file: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a film: bytes, its type, its segment, and the sequence of the last chunk in it."""

    data: bytes
    mime: str
    segment: int
    last: int


@dataclass(slots=True)
class _Index:
    """Where the chunks of one recording lie that hold film, by stream."""

    read: int = 0
    films: dict[int, list[tuple[Header, Place]]] = field(default_factory=dict)
    mimes: dict[tuple[int, int], str] = field(default_factory=dict)


class Watching:
    """Shows recordings that go on. May be used by several threads.

    Args:
        capture: the server's.
    """

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._lock = threading.Lock()
        self._indexes: OrderedDict[str, _Index] = OrderedDict()

    def coming(self, case: str) -> list[Coming]:
        """Return the recordings of a case that go on, the newest first."""
        journal = self._capture.journal

        def look(lives: Lives) -> list[tuple[Live, Place | None]]:
            return [(live, _last(live)) for live in lives if live.case == case]

        found = [_coming(live, last, journal) for live, last in self._capture.intake.ask(look) if live.news]
        return sorted(found, key=lambda one: -one.started_us)

    def case_of(self, recording: str) -> str:
        """Return the id of the case of a recording that goes on.

        Raises:
            NotFoundError: ``recording-missing``.
        """
        live = self._capture.intake.ask(lambda lives: lives.get(recording))
        if live is None:
            raise recording_missing(recording)
        return live.case

    def piece(self, recording: str, stream: int, after: int) -> Piece | None:
        """Return the next piece of a recording's film, or None where nothing more came yet.

        Args:
            recording: its id.
            stream: 0 for the full picture, 1 for the small one.
            after: sequence of the last chunk that is known; 0 to begin, near the end of what there is.

        Raises:
            NotFoundError: ``recording-missing``.
            ConflictError: ``recording-item``: it became an item and went on; only the item can be watched.
        """
        live = self._capture.intake.ask(lambda lives: _places(lives, recording))
        if live is None:
            raise recording_missing(recording)
        base, places, fills = live
        if base:
            raise ConflictError(
                "recording-item",
                "The beginning of this recording is an item of the case already.",
                todo="Watch the item.",
            )
        with self._lock:
            index = self._indexed(recording, places)
            film = list(index.films.get(stream, ()))
            chosen, joins = _chosen(film, after)
            mimes = dict(index.mimes)
        bodies, last = self._bodies(chosen, fills)
        if joins and bodies:
            # The first of them holds the head; the film goes on with the first place after a leap.
            joined = join_at(bodies[0], b"".join(bodies[1:]))
            if joined is None:
                bodies, last = self._bodies([one for one in film if one[0].segment == chosen[0][0].segment], fills)
            else:
                bodies = [joined]
        if not bodies:
            return None
        segment = chosen[0][0].segment
        return Piece(b"".join(bodies), mimes.get((stream, segment), ""), segment, last)

    def _bodies(self, chosen: list[tuple[Header, Place]], fills: dict[int, Place]) -> tuple[list[bytes], int]:
        """Return bodies as far as they came, a piece's worth, and the sequence of the last of them."""
        bodies: list[bytes] = []
        last = size = 0
        for header, place in chosen:
            record = _chunk(self._capture.journal, fills.get(header.sequence, place))
            if record.flags & HEAD_ONLY or size >= _MOST_BYTES:
                break
            bodies.append(bytes(record.body))
            last, size = header.sequence, size + len(record.body)
        return bodies, last

    def _indexed(self, recording: str, places: Places) -> _Index:
        index = self._indexes.setdefault(recording, _Index())
        self._indexes.move_to_end(recording)
        while len(self._indexes) > _INDEXES:
            self._indexes.popitem(last=False)
        for place in places.after(index.read):
            record = _chunk(self._capture.journal, place)
            header = record.header
            if header.kind is Kind.MEDIA:
                index.films.setdefault(header.stream, []).append((header, place))
            elif header.kind is Kind.SEGMENT and not record.flags & HEAD_ONLY:
                index.mimes[header.stream, header.segment] = _mime(bytes(record.body))
        index.read = max(index.read, len(places))
        return index


def _chosen(film: list[tuple[Header, Place]], after: int) -> tuple[list[tuple[Header, Place]], bool]:
    """Return the chunks that come next, all of one segment, and whether there is a leap after the first of them."""
    if not film:
        return [], False
    if not after:
        newest = [one for one in film if one[0].segment == film[-1][0].segment]
        if len(newest) <= _JOIN_FROM:
            return newest, False
        return [newest[0], *newest[-_LATE_CHUNKS:]], True
    known = next((header.segment for header, _ in reversed(film) if header.sequence <= after), film[0][0].segment)
    later = [one for one in film if one[0].sequence > after]
    same = [one for one in later if one[0].segment == known]
    if same or not later:
        return same, False
    return [one for one in later if one[0].segment == later[0][0].segment], False


def _places(lives: Lives, recording: str) -> tuple[bool, Places, dict[int, Place]] | None:
    live = lives.get(recording)
    return None if live is None else (live.base is not None, live.heads_at.after(0), dict(live.fills_at))


def _last(live: Live) -> Place | None:
    return next(iter(live.heads_at.after(max(0, len(live.heads_at) - 1))), None)


def _coming(live: Live, last: Place | None, journal: Journal) -> Coming:
    session = live.session
    begin = session.opening.begin
    until_us = begin.started_us if last is None else _chunk(journal, last).header.captured_us
    seconds = max(0.0, (until_us - begin.started_us) / 1e6)
    return Coming(
        live.id,
        live.case,
        str(begin.link),
        begin.started_us,
        seconds,
        session.heads,
        len(session.missing),
        session.ended,
        live.touched_us,
        begin.source.value == "file",
    )


def _chunk(journal: Journal, place: Place) -> ChunkRecord:
    record = parse_record(journal.read(place))
    if not isinstance(record, ChunkRecord):
        raise NotFoundError("recording-missing", "What was to be read is no chunk of a recording.")
    return record


def _mime(body: bytes) -> str:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = value.get("mime") if isinstance(value, dict) else None
    return found if isinstance(found, str) and found.isascii() and found.isprintable() else ""


def recording_missing(recording: str) -> NotFoundError:
    """Return the refusal of a recording that does not go on, or is not for whoever asks."""
    return NotFoundError(
        "recording-missing",
        f"No recording {recording} goes on here.",
        holds="What was received is kept.",
        todo="Look for it among the items of its case.",
    )
