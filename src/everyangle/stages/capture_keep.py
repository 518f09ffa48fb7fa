"""The keeper: what phones sent goes into the log and becomes items of its case, whether they said good-bye or not.

One thread beside the intake. It writes that a recording began, how far it came (the chain's head, now and then), and,
when it ended or nothing came for long, the item that it is. What cannot be done now (another command writes to the
case, the disk is full) is tried again; the journal holds the chunks meanwhile. A phone that comes back makes a longer
item.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from everyangle.capture.begin import Source
from everyangle.core.errors import ConflictError, EveryAngleError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.ports.journal import Journal
from everyangle.ports.time import Clock
from everyangle.record.kinds_capture import CaptureBegun, CaptureCheckpoint
from everyangle.stages.acts import Act, record
from everyangle.stages.capture_intake import Intake
from everyangle.stages.capture_item import Derive, Item, make_item
from everyangle.stages.capture_live import Live, Lives
from everyangle.stages.capture_pieces import Snapshot, snapshot

_US = 1_000_000

_LOCKED_S = 1.0
"""How long to wait for another command that writes to the case."""


GRACE_S = 15.0
"""How long after its end a recording waits for its witness's words, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When the keeper does what, in seconds.

    Attributes:
        look_s: between looks.
        checkpoint_s: between two log entries on one recording that goes on.
        grace_s: after the end, for the witness's words.
        quiet_s: without anything new, after which a live recording counts as cut off.
        file_quiet_s: the same for a file that is being sent.
        retry_s: after something could not be done.
        stop_s: after it is told to end, while which items are still begun; the others are made by the next run.
    """

    look_s: float = 0.5
    checkpoint_s: float = 60.0
    grace_s: float = GRACE_S
    quiet_s: float = 600.0
    file_quiet_s: float = 86_400.0
    retry_s: float = 60.0
    stop_s: float = 5.0


class Keeper:
    """Writes to logs and makes items.

    Args:
        intake: where recordings go on.
        journal: where their chunks lie.
        clock: the wall's.
        pace: when what is done.
        derive: makes the copies that programs can seek in, or nothing.
        tell: takes what happened, for the log.
    """

    def __init__(
        self,
        intake: Intake,
        journal: Journal,
        clock: Clock,
        pace: Pace,
        derive: Derive,
        tell: Callable[..., None],
    ) -> None:
        self._intake, self._journal, self._clock = intake, journal, clock
        self._pace, self._derive, self._tell = pace, derive, tell
        self._ends = threading.Event()
        self._until_s = math.inf
        self._not_before: dict[str, int] = {}
        self._told: set[tuple[str, str]] = set()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """End after a last look, in which items are begun for ``stop_s`` only."""
        self._until_s = time.monotonic() + self._pace.stop_s
        self._ends.set()
        if self._thread.is_alive():
            self._thread.join()
        self.look()

    def _run(self) -> None:
        try:
            while not self._ends.wait(self._pace.look_s):
                self.look()
        except BaseException:
            self._intake.fail("keeper")
            raise

    def look(self) -> None:
        """Do what is due."""
        now_us = self._clock.now().us
        due = self._intake.ask(lambda lives: [due for live in lives if (due := self._due(live, now_us))])
        acts: dict[str, list[tuple[str, Act]]] = {}
        items: list[Snapshot] = []
        for shot, what in due:
            if what is _ITEM and self._not_before.get(shot.id, 0) <= now_us:
                items.append(shot)
            elif what is _ENTRY and self._not_before.get(shot.case, 0) <= now_us:
                acts.setdefault(shot.case, []).append((shot.id, self._entry(shot)))
        for case, told in acts.items():
            self._try(case, now_us, partial(self._log, case, told, now_us))
        for shot in items:
            if time.monotonic() > self._until_s:
                break
            self._try(shot.id, now_us, partial(self._finish, shot))
        for segment in self._intake.ask(_forget(now_us - int(self._pace.quiet_s * _US))):
            self._try(f"segment {segment}", now_us, partial(self._journal.drop, segment))

    def _try(self, name: str, now_us: int, act: Callable[[], None]) -> None:
        """Do something, or tell once why not and try again later."""
        try:
            act()
        except EveryAngleError as error:
            wait_s = _LOCKED_S if isinstance(error, ConflictError) else self._pace.retry_s
            self._not_before[name] = now_us + int(wait_s * _US)
            if (name, error.code) not in self._told:
                self._told.add((name, error.code))
                self._tell("problem", about=name, code=error.code, what=error.what)
        else:
            self._not_before.pop(name, None)
            self._told = {one for one in self._told if one[0] != name}

    def _due(self, live: Live, now_us: int) -> tuple[Snapshot, str] | None:
        """Return what is to be done about a recording, if anything."""
        session, pace = live.session, self._pace
        quiet_s = pace.file_quiet_s if session.opening.begin.source is Source.FILE else pace.quiet_s
        wait_s = pace.grace_s if session.ended and not session.missing else quiet_s
        if live.news and now_us - live.touched_us >= wait_s * _US:
            return snapshot(live), _ITEM
        further = session.heads > live.logged_heads
        if not live.begun_logged or (further and now_us - live.checkpoint_us >= pace.checkpoint_s * _US):
            return snapshot(live), _ENTRY
        return None

    def _entry(self, shot: Snapshot) -> Act:
        if not shot.begun_logged:
            return Act(self._begun(shot))
        head = Digest(shot.head.hex())
        return Act(CaptureCheckpoint(shot.id, shot.heads, head, shot.missing))

    def _begun(self, shot: Snapshot) -> CaptureBegun:
        opening = shot.opening
        device, head = Digest(opening.key.digest.hex()), Digest(opening.head.hex())
        return CaptureBegun(shot.id, opening.begin.link, device, head, str(self._intake.keys.receipts))

    def _log(self, case: str, told: Sequence[tuple[str, Act]], now_us: int) -> None:
        record(self._case(case), [act for _, act in told])
        heads = {one: act.body.heads if isinstance(act.body, CaptureCheckpoint) else 0 for one, act in told}

        def mark(lives: Lives) -> None:
            for one, count in heads.items():
                live = lives.get(one)
                if live is not None:
                    live.begun_logged, live.checkpoint_us = True, now_us
                    live.logged_heads = max(live.logged_heads, count)

        self._intake.ask(mark)

    def _finish(self, shot: Snapshot) -> None:
        case = self._case(shot.case)
        begun = [] if shot.begun_logged else [Act(self._begun(shot))]
        item = make_item(shot, case, self._journal, begun, self._derive)
        self._intake.cases.refresh()
        self._intake.ask(_closed(shot, item))
        for problem in item.problems:
            self._tell("problem", about=shot.id, code=problem.code, what=problem.what)
        self._tell(
            "item", recording=shot.id, item=item.digest, chunks=shot.heads, missing=shot.missing, ended=shot.ended
        )

    def _case(self, case: str) -> CasePorts:
        known = self._intake.cases.case(case)
        if known is None:
            raise ConflictError(
                "case-away",
                f"The case {case} is not here any more; recordings for it wait in the journal.",
                todo="Put its folder back.",
            )
        return known.door.open()


_ITEM, _ENTRY = "item", "entry"


def _closed(shot: Snapshot, item: Item) -> Callable[[Lives], None]:
    """Return what tells the live recordings that one is an item now."""

    def close(lives: Lives) -> None:
        live = lives.get(shot.id)
        if live is not None:
            live.begun_logged = True
            live.closed(item.digest, shot.heads, set(shot.fills_at))
            if not live.news:
                lives.drop(live)

    return close


def _forget(before_us: int) -> Callable[[Lives], list[int]]:
    """Return what lets go of recordings that were only asked about, and tells which segments nobody needs."""

    def forget(lives: Lives) -> list[int]:
        for live in lives:
            if not live.news and live.touched_us < before_us:
                lives.drop(live)
        return lives.unused()

    return forget
