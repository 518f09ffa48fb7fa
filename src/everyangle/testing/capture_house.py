"""Live capture without a network: phones hand their frames to the intake, and the keeper looks when it is told to."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from everyangle.adapters.case_folder import cases_below, open_case
from everyangle.adapters.durable import Disk
from everyangle.adapters.journal_folder import FolderJournal
from everyangle.adapters.keys_server import server_keys
from everyangle.capture.container import Chunk
from everyangle.capture.frames import Kind
from everyangle.capture.limits import Limits
from everyangle.core.time import Instant
from everyangle.ports.case import CasePorts
from everyangle.ports.media import Media
from everyangle.stages.capture_cases import Cases, Door
from everyangle.stages.capture_derive import derive_copies
from everyangle.stages.capture_intake import Intake
from everyangle.stages.capture_item import Derive, Derived
from everyangle.stages.capture_keep import Keeper, Pace
from everyangle.stages.capture_parcels import Answer, Open, Parcel
from everyangle.testing.capture_client import Phone, Signed
from everyangle.testing.capture_server import Grounds
from everyangle.testing.media_film import Film, steady, write


class SetClock:
    """A clock that goes only when it is moved."""

    def __init__(self) -> None:
        self.us = 1_795_000_000_000_000

    def now(self) -> Instant:
        """Return its time."""
        return Instant(self.us)

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.us += int(seconds * 1e6)


@dataclass
class House:
    """A server's inside over a real folder.

    Attributes:
        grounds: the folder.
        media: remuxes, or None where no copies are made.
        disk: the journal's disk.
        case_disk: the case's.
        pace: the keeper's.
    """

    grounds: Grounds
    media: Media | None = None
    disk: Disk | None = None
    case_disk: Disk | None = None
    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=lambda: Limits(reserve_bytes=0))
    clock: SetClock = field(default_factory=SetClock)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    segment_bytes: int = 1 << 20

    def open(self) -> House:
        """Open the journal and take up what it holds."""
        home, root = self.grounds.home, self.grounds.root
        keys = server_keys(home, os.urandom)

        def doors() -> dict[str, Door]:
            return {
                c: Door(c, f.name, partial(_case, f, home, self.clock, self.case_disk))
                for c, f in cases_below(root).items()
            }

        self.journal = FolderJournal(root / "capture-journal", self.disk, self.segment_bytes)
        self.intake = Intake(Cases(doors), self.journal, keys, self.clock, self.limits, self.tell)
        derive: Derive = _no_copies if self.media is None else partial(derive_copies, self.media)
        self.keeper = Keeper(self.intake, self.journal, self.clock, self.pace, derive, self.tell)
        self.key = keys.receipts
        return self

    def close(self) -> None:
        """Let go of the journal, as a process that ends does."""
        self.journal.close()

    def tell(self, event: str, **fields: object) -> None:
        """Remember what happened."""
        self.told.append((event, fields))

    def ask(self, make: Callable[[Callable[[Answer], None]], Open | Parcel], phone: Phone) -> Answer:
        """Hand something in and return its answer; the phone takes the receipt."""
        answers: list[Answer] = []
        self.intake.handle([make(answers.append)])
        (answer,) = answers
        if answer.receipt is not None:
            phone.take(answer.receipt.receipt, answer.receipt.signature, self.key)
        return answer

    def begin(self, phone: Phone) -> Answer:
        """Open a phone's recording."""
        return self.ask(lambda reply: Open(phone.token, phone.raw_begin, phone.begin_signature, reply), phone)

    def send(self, phone: Phone, chunks: Sequence[Signed], flags: int = 0) -> Answer:
        """Send chunks in one parcel."""
        frames = [chunk.frame(flags) for chunk in chunks]
        return self.ask(lambda reply: Parcel(phone.recording.hex(), frames, reply), phone)

    def resume(self, phone: Phone) -> Answer:
        """Open again and send what is not durable."""
        state = self.begin(phone).state
        if state is None:
            raise AssertionError("no state")
        held = [chunk for n, chunk in sorted(phone.held.items())]
        late = [chunk for chunk in held if chunk.header.sequence < state.next]
        self.send(phone, late, 4)
        return self.send(phone, [chunk for chunk in held if chunk.header.sequence >= state.next])

    def look(self, after_s: float = 0.0) -> None:
        """Let time pass and the keeper look, twice: what is logged in the first look is used in the second."""
        self.clock.move(after_s)
        self.keeper.look()
        self.keeper.look()


def _case(folder: Path, home: Path, clock: SetClock, disk: Disk | None) -> CasePorts:
    return open_case(folder, home, clock, os.urandom, disk)


def _no_copies(_chunks: Iterator[Chunk], _label: str) -> AbstractContextManager[Derived]:
    return nullcontext(((), ()))


def film(container: str = "webm", seconds: float = 3.0, size: tuple[int, int] = (128, 72)) -> bytes:
    """Return a film as a browser's recorder writes it: to a sink that cannot seek."""
    codecs = {"webm": ("libvpx", "libopus"), "mp4": ("libx264", "aac"), "matroska": ("libx264", "libopus")}[container]
    options = {"movflags": "frag_keyframe+empty_moov+default_base_moof"} if container == "mp4" else {}
    sink = io.BytesIO()
    pictures, sounds = steady(0, seconds), [(0.0, seconds)]
    write(Film(container, pictures, sounds, *codecs, options=options, size=size), _Unseekable(sink))  # type: ignore[arg-type]
    return sink.getvalue()


class _Unseekable:
    def __init__(self, sink: io.BytesIO) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        return self._sink.write(data)


def filmed(phone: Phone, data: bytes, *, stream: int = 0, segment: int = 0, piece: int = 6000) -> list[Signed]:
    """Return the chunks of one segment."""
    first = phone.note(Kind.SEGMENT, stream, segment, mime="video/webm", why="start")
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)]
    return [first, *(phone.chunk(one, Kind.MEDIA, stream, segment) for one in pieces)]
