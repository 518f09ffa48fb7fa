"""Live capture as one thing: the intake takes what phones send, the keeper makes items of it. Starts and stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from everyangle.capture.links import link_of, wrong_link
from everyangle.ports.journal import Journal
from everyangle.ports.time import Clock
from everyangle.stages.capture_cases import label_of
from everyangle.stages.capture_intake import Intake
from everyangle.stages.capture_keep import Keeper

VERSION = 1


@dataclass(frozen=True, slots=True)
class Hello:
    """What a phone is told of its link before it records; fields as in docs/formats/capture.md."""

    case: str
    label: str | None
    expires_us: int | None
    uses_left: int
    revoked: bool
    time_us: int


@dataclass(slots=True)
class Capture:
    """A server's live capture.

    Attributes:
        intake: takes what phones send.
        keeper: makes items of recordings.
        journal: where chunks wait.
        clock: the wall's.
        tell: takes what happened, for the log.
    """

    intake: Intake
    keeper: Keeper
    journal: Journal
    clock: Clock
    tell: Callable[..., None]

    def start(self) -> None:
        """Begin to work; what the last run left is taken up again."""
        self.tell("started", recordings=self.intake.ask(len), damage=len(self.intake.damage))
        for problem in (*self.intake.damage, *map(str, self.intake.problems)):
            self.tell("problem", what=problem)
        self.intake.start()
        self.keeper.start()

    def stop(self) -> None:
        """Make durable and log what was taken, and end. Recordings that go on are taken up by the next run."""
        self.keeper.stop()
        self.intake.stop()
        self.journal.close()
        self.tell("stopped")

    def hello(self, token: str) -> Hello:
        """Return what a link is for.

        Raises:
            NotFoundError: ``link-wrong``.
            RefusedError: ``link-revoked`` or ``link-expired``.
        """
        link = link_of(token)
        found = None if link is None else self.intake.cases.link(link)
        if found is None:
            raise wrong_link()
        case, known = found
        now = self.clock.now()
        known.check_opens(None, now)
        label = label_of(case.door.open(), known)
        expires_us = None if known.expires is None else known.expires.us
        return Hello(case.title, label, expires_us, known.uses_left, known.revoked, now.us)
