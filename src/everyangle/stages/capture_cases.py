"""The cases that a server takes recordings for, and what their logs say about links and recordings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from everyangle.capture.links import Captures, Link, Recorded
from everyangle.core.errors import EveryAngleError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.record.commitments import disclosed
from everyangle.record.entries import decode_entry
from everyangle.record.kinds import CaseOpened

_LOOK_S = 1.0
"""A revoked link opens recordings for so long at most."""


@dataclass(frozen=True, slots=True)
class Door:
    """A case, and how to open it.

    Attributes:
        id: 32 hexadecimal digits.
        name: for people and logs.
        open: returns fresh ports each time, so that each thread has its own.
    """

    id: str
    name: str
    open: Callable[[], CasePorts]


@dataclass(slots=True)
class KnownCase:
    """A case as far as its log was read: title, and what it says about capture."""

    door: Door
    title: str
    captures: Captures


class Cases:
    """The cases below one root. May be used by several threads.

    Args:
        find: returns the cases that are there now, by id.
    """

    def __init__(self, find: Callable[[], Mapping[str, Door]]) -> None:
        self._find = find
        self._lock = threading.RLock()
        self._known: dict[str, KnownCase] = {}
        self._looked_s = -_LOOK_S

    def refresh(self) -> list[EveryAngleError]:
        """Take in what the logs have beyond what is known; return what could not be read."""
        problems: list[EveryAngleError] = []
        with self._lock:
            self._looked_s = time.monotonic()
            try:
                found = self._find()
            except EveryAngleError as error:
                return [error]
            for case, door in found.items():
                try:
                    self._take(case, door)
                except EveryAngleError as error:
                    problems.append(error)
        return problems

    def _take(self, case: str, door: Door) -> None:
        known = self._known.get(case)
        log = door.open().log
        size = log.size
        if known is not None and known.captures.size == size:
            return
        if known is None:
            first = decode_entry(next(iter(log.read(0, 1)))).body
            known = KnownCase(door, first.title if isinstance(first, CaseOpened) else "", Captures())
            self._known[case] = known
        start = known.captures.size
        known.captures.take((index, decode_entry(data)) for index, data in enumerate(log.read(start, size), start))

    def case(self, case: str) -> KnownCase | None:
        """Return a case by id."""
        with self._lock:
            return self._known.get(case)

    def link(self, link: Digest) -> tuple[KnownCase, Link] | None:
        """Return a link and its case; looks at the logs again, since it may have been made or revoked just now."""
        with self._lock:
            if time.monotonic() - self._looked_s < _LOOK_S and (found := self._link(link)):
                return found
            self.refresh()
            return self._link(link)

    def _link(self, link: Digest) -> tuple[KnownCase, Link] | None:
        for known in self._known.values():
            if link in known.captures.links:
                return known, known.captures.links[link]
        return None

    def recording(self, recording: str) -> tuple[KnownCase, Recorded] | None:
        """Return a recording that a log tells of, and its case."""
        with self._lock:
            for known in self._known.values():
                if recording in known.captures.recordings:
                    return known, known.captures.recordings[recording]
            return None

    def bind(self, case: str, link: Digest, device: Digest) -> None:
        """Bind a device to a link before the log says so."""
        with self._lock:
            self._known[case].captures.bind(link, device)

    def __iter__(self) -> Iterator[KnownCase]:
        """Yield every known case."""
        with self._lock:
            return iter(list(self._known.values()))


def label_of(case: CasePorts, link: Link) -> str | None:
    """Return a link's label, or None where it has none or its opening is not here."""
    if link.label is None:
        return None
    value = disclosed(case.openings.get(link.label), "label", link.label)
    return value if isinstance(value, str) else None
