"""The intake: one thread that judges what phones send, makes it durable a batch at a time, and only then answers.

Everything that waits when a batch begins becomes durable by one wait for the disk; receipts are signed after it. Where
the journal fails, what was taken is taken back, so that a receipt never speaks of what is not there. Knows no network.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from everyangle.capture.begin import Opening, open_begin
from everyangle.capture.frames import parse_frame
from everyangle.capture.keys import ServerKeys
from everyangle.capture.limits import Limits
from everyangle.capture.links import link_of, wrong_link
from everyangle.capture.receipts import sign_receipt
from everyangle.capture.records import BegunRecord, chunk_pieces
from everyangle.capture.refusals import conflict, malformed
from everyangle.capture.session import Kept, Passed
from everyangle.core.errors import EveryAngleError, LimitError, StorageError
from everyangle.core.ids import Digest
from everyangle.ports.journal import Journal, Pieces
from everyangle.ports.time import Clock
from everyangle.stages.capture_cases import Cases
from everyangle.stages.capture_live import Live, Lives
from everyangle.stages.capture_parcels import (
    Answer,
    Deliver,
    Open,
    Parcel,
    Reply,
    SignedReceipt,
    State,
    deliver_here,
    full,
    not_kept,
    stopping,
)

T = TypeVar("T")


class _Batch:
    """What is done for one batch: records to be kept, and whom to answer."""

    def __init__(self) -> None:
        self.records: list[Pieces] = []
        self.kept: list[tuple[Live, Kept]] = []
        self.begun: list[tuple[Opening, str]] = []
        self.asked: dict[Reply, _Asked] = {}

    def of(self, reply: Reply) -> _Asked:
        """Return what is to be answered to whom."""
        return self.asked.setdefault(reply, _Asked())


@dataclass(slots=True)
class _Asked:
    recording: str = ""
    done: int = 0
    state: bool = False
    error: EveryAngleError | None = None


class Intake:
    """Takes what phones send.

    Args:
        cases: links, and what became of recordings.
        journal: where chunks become durable.
        keys: the server's.
        clock: the wall's.
        limits: what is taken.
        tell: takes what happened, for the log.
    """

    _MOST = 512
    """Most parcels in a batch, so that nobody waits long for a receipt."""

    def __init__(
        self,
        cases: Cases,
        journal: Journal,
        keys: ServerKeys,
        clock: Clock,
        limits: Limits,
        tell: Callable[..., None],
    ) -> None:
        self.cases, self.limits, self.keys = cases, limits, keys
        self._journal, self._clock, self._tell = journal, clock, tell
        self._deliver: Deliver = deliver_here
        self._lives = Lives(cases, journal, keys, limits)
        self._waiting: deque[Open | Parcel | Callable[[], None]] = deque()
        self._waiting_bytes = 0
        self._wake = threading.Condition()
        self._stopping = False
        self._working = False
        self.failed = False
        self.on_failure: Callable[[], None] = lambda: None
        self.problems = cases.refresh()
        unusable = self._lives.recover(clock.now().us)
        self.damage = [*journal.damage, *unusable]
        for live in self._lives:
            cases.bind(live.case, live.session.opening.begin.link, _device(live.session.opening))
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._working = True
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, and end."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()

    def deliver_by(self, deliver: Deliver) -> None:
        """Take answers away by another way, before work begins."""
        self._deliver = deliver

    def fail(self, part: str) -> None:
        """Take nothing more, and so promise nothing more: a part of the server ended that must not end."""
        self.failed = True
        self._tell("failed", about=part)
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self.on_failure()

    @property
    def waiting_bytes(self) -> int:
        """How many bytes wait to be written."""
        return self._waiting_bytes

    def submit(self, given: Open | Parcel) -> None:
        """Take something in; it is answered when it is durable. Never waits."""
        with self._wake:
            if self._stopping:
                raise stopping()
            self._waiting.append(given)
            if isinstance(given, Parcel):
                self._waiting_bytes += sum(map(len, given.frames))
            self._wake.notify()

    def ask(self, question: Callable[[Lives], T]) -> T:
        """Run a function on the live recordings in the intake's thread, between batches, and return its result."""
        done = threading.Event()
        found: list[T] = []
        failed: list[EveryAngleError] = []

        def answer() -> None:
            try:
                found.append(question(self._lives))
            except EveryAngleError as error:
                failed.append(error)
            finally:
                done.set()

        with self._wake:
            if not self._working:
                answer()
            else:
                self._waiting.append(answer)
                self._wake.notify()
        done.wait()
        if failed:
            raise failed[0]
        return found[0]

    def _run(self) -> None:
        try:
            self._work()
        except BaseException:
            with self._wake:
                self._working = False
                questions = [one for one in self._waiting if not isinstance(one, Open | Parcel)]
            self.fail("intake")
            for question in questions:
                question()
            raise

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._stopping:
                    self._wake.wait()
                if not self._waiting:
                    self._working = False
                    return
                taken = [self._waiting.popleft() for _ in range(min(self._MOST, len(self._waiting)))]
                self._waiting_bytes -= sum(sum(map(len, one.frames)) for one in taken if isinstance(one, Parcel))
            questions = [one for one in taken if not isinstance(one, Open | Parcel)]
            self.handle([one for one in taken if isinstance(one, Open | Parcel)])
            for question in questions:
                question()

    def handle(self, taken: Sequence[Open | Parcel]) -> None:
        """Judge a batch, make it durable, answer it."""
        if not taken:
            return
        batch, now_us = _Batch(), self._clock.now().us
        room = self._journal.room()
        for one in taken:
            asked = batch.of(one.reply)
            try:
                if isinstance(one, Open):
                    self._open(one, batch, asked, room)
                else:
                    self._parcel(one, batch, asked, room, now_us)
            except EveryAngleError as error:
                asked.error = asked.error or error
        self._keep(batch, now_us)
        self._deliver([(reply, self._answer(asked)) for reply, asked in batch.asked.items()])

    def _open(self, given: Open, batch: _Batch, asked: _Asked, room: int) -> None:
        asked.state = True
        asked.done += 1
        link = link_of(given.token)
        found = None if link is None else self.cases.link(link)
        if link is None or found is None:
            raise wrong_link()
        opening = open_begin(given.raw, given.signature)
        begin = opening.begin
        if begin.link != link:
            raise malformed("begin-malformed", "The begin names another link than the one by which it comes.")
        live = self._lives.reopen(begin.id, self._clock.now().us)
        same = next((one for one, _ in batch.begun if one.begin.id == begin.id), None)
        known = live.session.opening if live else same
        if known is not None:
            if known.raw != opening.raw:
                raise conflict("recording-other", "This recording was begun otherwise.", "Begin with another id.")
            asked.recording = begin.id
            return
        case, allowed = found
        allowed.check_opens(_device(opening), self._clock.now())
        self._check_room(link, room, [one.begin.link for one, _ in batch.begun])
        batch.records.append(BegunRecord(case.door.id, begin.recording, opening.raw, opening.signature).pieces())
        batch.begun.append((opening, case.door.id))
        self.cases.bind(case.door.id, link, _device(opening))
        asked.recording = begin.id

    def _check_room(self, link: Digest, room: int, beginning: Sequence[Digest]) -> None:
        if room < 2 * self.limits.reserve_bytes:
            raise full()
        going_on = [live.session.opening.begin.link for live in self._lives if live.news] + list(beginning)
        if len(going_on) >= self.limits.recordings or going_on.count(link) >= self.limits.link_recordings:
            raise LimitError(
                "too-many",
                "Too many recordings go on at once.",
                holds="What was acknowledged before is kept.",
                todo="Keep recording; try again in a minute.",
            )

    def _parcel(self, given: Parcel, batch: _Batch, asked: _Asked, room: int, now_us: int) -> None:
        asked.recording = given.recording
        asked.done += 1
        asked.state = asked.state or given.wants_state
        live = self._lives.get(given.recording) or self._lives.reopen(given.recording, now_us)
        if live is None or (given.link is not None and live.session.opening.begin.link != given.link):
            asked.recording = ""
            raise wrong_link()
        if asked.error is not None:
            return
        live.touched_us = now_us
        for data in given.frames:
            frame = parse_frame(data)
            if room < self.limits.reserve_bytes:
                raise full()
            taken = live.session.take(frame)
            if isinstance(taken, Kept):
                batch.records.append(chunk_pieces(live.session.opening.begin.recording, taken))
                batch.kept.append((live, taken))
            elif taken is Passed.GAP:
                asked.state = True
                return

    def _keep(self, batch: _Batch, now_us: int) -> None:
        """Make the batch durable, or take it back and refuse it."""
        if not batch.records:
            return
        try:
            places = list(self._journal.append(batch.records))
        except StorageError as error:
            for live, kept in reversed(batch.kept):
                live.session.take_back(kept)
            self._tell("problem", about="journal", code=error.code, what=error.what)
            failed = full() if error.code == "disk-full" else not_kept()
            for asked in batch.asked.values():
                asked.error = asked.error or failed
            return
        begun, kept_at = iter(batch.begun), iter(batch.kept)
        for record, place in zip(batch.records, places, strict=True):
            if len(record) > 2:  # a begin; chunks have two pieces
                opening, case = next(begun)
                self._lives.begin(case, opening, now_us, place)
            else:
                live, kept = next(kept_at)
                live.put(kept.flags, kept.header.sequence, place)

    def _answer(self, asked: _Asked) -> Answer:
        live = self._lives.get(asked.recording)
        if live is None:
            return Answer("", asked.done, error=asked.error)
        now_us = self._clock.now().us
        session = live.session
        receipt = None
        if session.heads:
            receipt = SignedReceipt(*sign_receipt(session.receipt(now_us), self.keys.sign))
        state = None
        if asked.state or asked.error is not None:
            missing = session.missing_ranges()
            state = State(session.heads + 1, missing, session.head.hex(), session.ended, now_us)
        return Answer(live.id, asked.done, state, receipt, asked.error)


def _device(opening: Opening) -> Digest:
    return Digest(opening.key.digest.hex())
