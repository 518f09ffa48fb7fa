"""Preserving: a case is opened, and files are received into it.

Each file's bytes are read once: hashed, copied, made durable, entered in the log, and only then called received. What
goes wrong with one file is told and does not stop the others. Parses no file: what bytes mean is for later stages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from everyangle.core.errors import ConflictError, EveryAngleError, RefusedError, StorageError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.core.time import Instant
from everyangle.ports.blobs import Pending
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Advanced, Events, Finished, Started, Warned, silent
from everyangle.record.commitments import Value
from everyangle.record.kinds import CaseOpened, ItemReceived
from everyangle.stages.acts import Act, record
from everyangle.stages.arrivals import Arrival, OpenFile, Unfit, unreadable, walk

STEP = "add"

GROUP_FILES = 64
"""Most files in one commit: so many are at risk of being read again when the power fails."""

GROUP_BYTES = 64 << 20
"""Bytes after which a commit is made."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a person tells about what they add; kept private (see ``record.commitments``).

    Attributes:
        by: who adds it.
        giver: who gave it to them.
        note: anything else.
    """

    by: str | None = None
    giver: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened: its id, its key as a vkey, and the first checkpoint."""

    case: str
    key: str
    checkpoint: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is preserved and entered.

    Attributes:
        source: the path by which it was reached.
        digest: of its bytes, the item's id.
        size: bytes.
        entry: index in the log.
        again: whether these bytes had been received before; there is one original then, and two receptions.
    """

    source: Name
    digest: Digest
    size: int
    entry: int
    again: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which nothing was added, and why."""

    source: Name
    error: EveryAngleError


Outcome = Received | Refused


@dataclass(frozen=True, slots=True)
class Added:
    """What became of everything that was named, in the order in which it was met."""

    received: tuple[Received, ...]
    refused: tuple[Refused, ...]


def init_case(case: CasePorts, title: str, *, by: str | None = None) -> Opened:
    """Open a case: entry 0, naming the key that signs its checkpoints.

    Raises:
        ConflictError: ``case-exists`` or ``case-locked``.
        StorageError: nothing that counts as a case was made.
    """
    signer = case.signer
    if signer is None:
        raise RefusedError("key-missing", "A case cannot be opened without a key.")
    with case.log.writer():
        if case.log.size:
            raise ConflictError("case-exists", "There is a case already.", holds="It is unchanged.")
        private: dict[str, Value] = {} if by is None else {"by": by}
        record(case, [Act(CaseOpened(str(signer.key), title), private)])
    return Opened(case.id, str(signer.key), case.log.checkpoint())


def add(
    case: CasePorts, paths: Sequence[Path], provenance: Provenance | None = None, *, events: Events = silent
) -> Added:
    """Receive files and folders, and say what became of each. See :func:`add_each`."""
    outcomes = list(add_each(case, paths, provenance, events=events))
    return Added(
        tuple(outcome for outcome in outcomes if isinstance(outcome, Received)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Refused)),
    )


def add_each(
    case: CasePorts, paths: Sequence[Path], provenance: Provenance | None = None, *, events: Events = silent
) -> Iterator[Outcome]:
    """Receive files and folders, yielding each outcome as soon as it stands.

    A :class:`Received` is yielded only when its bytes, openings and entry are durable. The writer's lock is held until
    the iterator ends or is closed. Progress is in bytes; links that are followed are told as warnings.

    Raises:
        ConflictError: ``case-locked``.
        RefusedError: ``key-missing``.
        IntegrityError: if the case's log is damaged or rolled back; what was yielded before stands.
        StorageError: ``seen-not-kept``.
    """
    if case.signer is None:
        raise RefusedError(
            "key-missing",
            "This machine does not have the key of this case.",
            holds="The case is unchanged.",
            todo="Work on the machine where the case was opened, or copy its key here (docs/formats/case-folder.md).",
        )
    with case.log.writer():
        case.originals.sweep()
        found = list(walk(paths, case.folder))
        events(Started(STEP, sum(one.size for one in found if isinstance(one, Arrival)), "bytes"))
        group = _Group(case, provenance or Provenance())
        try:
            for one in found:
                yield from group.meet(one, events)
            yield from group.commit()
        finally:
            group.drop()
        events(Finished(STEP))


@dataclass(frozen=True, slots=True)
class _Taken:
    arrival: Arrival
    pending: Pending
    modified: Instant | None


class _Group:
    """Files that were read and wait for their common commit."""

    def __init__(self, case: CasePorts, provenance: Provenance) -> None:
        self._case = case
        self._provenance = provenance
        self._taken: list[_Taken] = []
        self._refused: list[Refused] = []

    def meet(self, one: Arrival | Unfit, events: Events) -> Iterator[Outcome]:
        """Take one file into the group; commit the group when it is large enough."""
        if isinstance(one, Unfit):
            self._refused.append(Refused(one.source, one.error))
            return
        if one.linked:
            target = Name(_target(one)).display
            events(Warned("link-followed", f"{one.source.display} is a symbolic link; {target} is received."))
        try:
            self._taken.append(self._take(one, events))
        except EveryAngleError as error:
            self._refused.append(Refused(one.source, error))
        size = sum(taken.pending.stored.size for taken in self._taken)
        if len(self._taken) >= GROUP_FILES or size >= GROUP_BYTES:
            yield from self.commit()

    def commit(self) -> Iterator[Outcome]:
        """Make the group durable and yield what became of each file."""
        taken, refused = self._taken, self._refused
        self._refused = []
        try:
            received = self._receive(taken) if taken else []
        except StorageError as error:
            if error.code == "seen-not-kept":
                raise
            received = []
            refused = refused + [Refused(one.arrival.source, error) for one in taken]
        self.drop()
        yield from received
        yield from refused

    def drop(self) -> None:
        """Let go of what is not committed."""
        taken, self._taken = self._taken, []
        for one in taken:
            self._case.originals.drop(one.pending)

    def _take(self, arrival: Arrival, events: Events) -> _Taken:
        label = arrival.name.display
        try:
            file = OpenFile(arrival)
        except OSError as error:
            raise unreadable(arrival.source, error) from error
        try:
            pending = self._case.originals.take(file.source, lambda count: events(Advanced(STEP, count, label)))
            try:
                file.check_unchanged(pending.stored.size)
            except RefusedError:
                self._case.originals.drop(pending)
                raise
        except OSError as error:
            raise unreadable(arrival.source, error) from error
        finally:
            file.close()
        return _Taken(arrival, pending, file.modified)

    def _receive(self, taken: Sequence[_Taken]) -> list[Received]:
        case = self._case
        had = {one.pending.stored.digest for one in taken if case.originals.has(one.pending.stored.digest)}
        case.originals.keep([one.pending for one in taken])
        indices = record(case, [self._act(one) for one in taken])
        received = []
        for one, index in zip(taken, indices, strict=True):
            stored = one.pending.stored
            received.append(Received(one.arrival.source, stored.digest, stored.size, index, stored.digest in had))
            had.add(stored.digest)
        return received

    def _act(self, taken: _Taken) -> Act:
        arrival, stored = taken.arrival, taken.pending.stored
        body = ItemReceived(stored.digest, stored.size, arrival.name, arrival.path, taken.modified)
        told = {"by": self._provenance.by, "from": self._provenance.giver, "note": self._provenance.note}
        private: dict[str, Value] = {field: value for field, value in told.items() if value is not None}
        return Act(body, private | {"source": arrival.source})


def _target(arrival: Arrival) -> bytes:
    return os.path.realpath(arrival.source.raw)
