"""The recordings that go on: what is known of each, where its records lie in the journal, and how both come back.

After a restart the journal is read once. What a case's log tells to have become an item already stands in that item's
container; what came later is read from the journal behind it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from everyangle.capture.begin import Opening, open_begin
from everyangle.capture.container import read_begin, read_heads
from everyangle.capture.frames import LATE_BODY
from everyangle.capture.keys import ServerKeys
from everyangle.capture.limits import Limits
from everyangle.capture.links import Recorded
from everyangle.capture.records import BegunRecord, ChunkRecord, parse_record
from everyangle.capture.seal import Unsealer
from everyangle.capture.session import Session
from everyangle.core.errors import EveryAngleError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.ports.journal import Journal, Place
from everyangle.stages.capture_cases import Cases
from everyangle.stages.capture_places import Places


@dataclass(slots=True)
class Live:
    """A recording that goes on.

    Attributes:
        case: id of its case.
        session: its state.
        touched_us: when it was last heard of, by the server's clock.
        begun_logged: whether the case's log says that it began.
        logged_heads: how far the log says that it came.
        base: the container that holds its first chunks already, or None.
        base_heads: how many chunks that container holds.
        heads_at: where the chunks after those lie in the journal, in order.
        fills_at: where bodies lie that came after their heads, by sequence.
        segments: segments of the journal that it needs.
        checkpoint_us: when the log was last told how far it came.
    """

    case: str
    session: Session
    touched_us: int
    begun_logged: bool = False
    logged_heads: int = 0
    base: Digest | None = None
    base_heads: int = 0
    heads_at: Places = field(default_factory=Places)
    fills_at: dict[int, Place] = field(default_factory=dict)
    segments: set[int] = field(default_factory=set)
    checkpoint_us: int = 0

    @property
    def id(self) -> str:
        """The recording's id, 32 hexadecimal digits."""
        return self.session.opening.begin.id

    @property
    def news(self) -> bool:
        """Whether there is anything that no item holds yet."""
        return self.base is None or bool(len(self.heads_at) or self.fills_at)

    def put(self, flags: int, sequence: int, place: Place) -> None:
        """Remember where a chunk's record lies."""
        if flags & LATE_BODY:
            self.fills_at[sequence] = place
        else:
            self.heads_at.append(place)
        self.segments.add(place.segment)

    def closed(self, item: Digest, heads: int, fills: set[int]) -> None:
        """Let go of what an item holds now: the first ``heads`` chunks, and the bodies of ``fills``."""
        self.heads_at = self.heads_at.after(heads - self.base_heads)
        self.fills_at = {n: place for n, place in self.fills_at.items() if n not in fills}
        self.base, self.base_heads, self.logged_heads = item, heads, heads
        self.segments = self.heads_at.segments() | {place.segment for place in self.fills_at.values()}


class Lives:
    """Every recording that goes on, by id. For one thread.

    Args:
        cases: what the logs say.
        journal: where chunks are kept.
        keys: the server's.
        limits: what a recording may bring.
    """

    def __init__(self, cases: Cases, journal: Journal, keys: ServerKeys, limits: Limits) -> None:
        self._cases, self._journal, self._keys, self._limits = cases, journal, keys, limits
        self._lives: dict[str, Live] = {}
        self._stranded: set[int] = set()

    def __iter__(self) -> Iterator[Live]:
        """Yield every recording that goes on."""
        return iter(list(self._lives.values()))

    def __len__(self) -> int:
        """Return how many recordings go on."""
        return len(self._lives)

    def get(self, recording: str) -> Live | None:
        """Return a recording that goes on."""
        return self._lives.get(recording)

    def begin(self, case: str, opening: Opening, now_us: int, place: Place) -> Live:
        """Add a new recording."""
        live = Live(case, self._session(opening), now_us)
        live.segments.add(place.segment)
        self._lives[live.id] = live
        return live

    def drop(self, live: Live) -> None:
        """Forget a recording that is an item."""
        self._lives.pop(live.id, None)

    def reopen(self, recording: str, now_us: int) -> Live | None:
        """Return a recording that goes on, or goes on again after it became an item; None where none is known."""
        live = self._lives.get(recording)
        if live is None:
            known = self._cases.recording(recording)
            if known is None or known[1].ended is None:
                return None
            live = self._from_item(known[0].door.open(), known[1], now_us)
            self._lives[recording] = live
        return live

    def recover(self, now_us: int) -> list[str]:
        """Read the journal again; return in words what in it could not be used."""
        problems: list[str] = []
        for place, data in self._journal.records():
            try:
                self._replay(place, data, now_us)
            except EveryAngleError as error:
                # What cannot be understood now may be later: it stays where it is.
                self._stranded.add(place.segment)
                problems.append(f"segment {place.segment}, byte {place.offset}: {error.what}")
        for live in self:
            known = self._cases.recording(live.id)
            live.begun_logged = known is not None
            live.logged_heads = known[1].heads if known else 0
            if not live.news:
                self.drop(live)
        return problems

    def unused(self) -> list[int]:
        """Return the journal's segments that no recording needs any more."""
        used = {segment for live in self for segment in live.segments} | self._stranded | {self._journal.active}
        return [segment for segment in self._journal.segments() if segment not in used]

    def _replay(self, place: Place, data: bytes, now_us: int) -> None:
        record = parse_record(data)
        if isinstance(record, BegunRecord):
            if self.reopen(record.recording.hex(), now_us) is None:
                self.begin(record.case, open_begin(record.raw, record.signature), now_us, place)
        elif isinstance(record, ChunkRecord):
            live = self.reopen(record.recording.hex(), now_us)
            if live is not None and live.session.replay(record.flags, record.header, record.raw_header):
                live.put(record.flags, record.header.sequence, place)
            elif live is None or record.header.sequence > live.session.heads:
                # What was before it is gone (a damaged disk).
                which = f"chunk {record.header.sequence} of recording {record.recording.hex()}"
                raise IntegrityError("journal-damaged", f"What comes before {which} is missing.")

    def _from_item(self, case: CasePorts, known: Recorded, now_us: int) -> Live:
        ended = known.ended
        if ended is None:
            raise ValueError("a recording that is no item")
        with case.originals.open(ended.item) as file:
            session = self._session(read_begin(file.read))
            for chunk in read_heads(file.read, lambda count: file.seek(count, os.SEEK_CUR)):
                session.replay(chunk.flags, chunk.header, chunk.raw_header)
        return Live(
            case.id,
            session,
            now_us,
            begun_logged=True,
            logged_heads=session.heads,
            base=ended.item,
            base_heads=session.heads,
        )

    def _session(self, opening: Opening) -> Session:
        unsealer = Unsealer(self._keys.seal, opening.begin.recording)
        return Session(opening, self._limits.recording_bytes, unsealer)
