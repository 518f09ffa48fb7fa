"""Small real cases in folders, with a clock that ticks. For tests and benchmarks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from everyangle.adapters.case_folder import new_case, open_case
from everyangle.adapters.durable import Disk
from everyangle.core.time import Instant
from everyangle.ports.case import CasePorts
from everyangle.record.commitments import Opening, commitment_of
from everyangle.record.entries import Entry, encode_entry
from everyangle.record.kinds import CaseOpened


class TickingClock:
    """A clock that is one second later each time it is asked."""

    def __init__(self, start_us: int = 1_760_000_000_000_000) -> None:
        self._seconds = count()
        self._start_us = start_us

    def now(self) -> Instant:
        """Return the next second."""
        return Instant(self._start_us + next(self._seconds) * 1_000_000)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case and its keys lie."""

    case: Path
    home: Path

    def prepare(self, disk: Disk | None = None) -> CasePorts:
        """Return the ports of a case to be, which nothing has opened yet."""
        return new_case(self.case, self.home, TickingClock(), secrets.token_bytes, disk)

    def new(self, title: str = "A case", disk: Disk | None = None) -> CasePorts:
        """Make a case with its entry 0 and return its ports."""
        ports = self.prepare(disk)
        by = Opening("by", "Ada Quill", ports.random(32))
        key = str(ports.signer.key) if ports.signer else ""
        private = {by.field: commitment_of(by)}
        entry = Entry(ports.id, CaseOpened(key, title), ports.clock.now(), ports.random(16).hex(), "tests", private)
        ports.openings.put([by])
        ports.log.append([encode_entry(entry)])
        return ports

    def open(self, disk: Disk | None = None) -> CasePorts:
        """Open the case."""
        return open_case(self.case, self.home, TickingClock(), secrets.token_bytes, disk)


def place_below(folder: Path) -> Place:
    """Return where a case and its keys are to lie below a folder."""
    return Place(folder / "case", folder / "home")
