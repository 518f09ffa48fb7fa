"""The journal: where chunks become durable the moment they arrive, all recordings in one stream of records.

A journal is a waiting room: what is in it goes into a case when its recording ends. Knows nothing of recordings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Pieces = Sequence[bytes | memoryview]
"""A record in pieces, so that a body need not be copied to stand behind its head."""

MAX_RECORD_BYTES = 16 << 20
"""Largest record, 1 byte at least."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: number of the segment, offset and length of the record in bytes."""

    segment: int
    offset: int
    length: int


class Journal(Protocol):
    """An append-only stream of records, cut into segments.

    Guarantees: what ``append`` returned from is there for good, and comes back from ``records`` in the order of the
    calls, whatever happens to the process or the power. Of a call that did not return, a first part may be there when
    the journal is opened again, and nothing of one that raised an error. One process and one thread at a time.
    """

    @property
    def damage(self) -> Sequence[str]:
        """What could not be read so far though it was promised, for people."""
        ...

    @property
    def active(self) -> int:
        """Number of the segment that is written to."""
        ...

    def append(self, records: Sequence[Pieces]) -> Sequence[Place]:
        """Add records and wait until they are durable, all with one wait.

        Raises:
            StorageError: ``disk-full`` or ``storage-failed``; none of them was added.
        """
        ...

    def records(self) -> Iterator[tuple[Place, bytes]]:
        """Yield every record in order."""
        ...

    def read(self, place: Place) -> bytes:
        """Return one record again. May be called from another thread.

        Raises:
            IntegrityError: ``journal-damaged``.
            StorageError: ``storage-failed``.
        """
        ...

    def segments(self) -> Sequence[int]:
        """Return the numbers of the segments that are there, in order."""
        ...

    def drop(self, segment: int) -> None:
        """Remove a segment that is not written to; damaged ones are kept aside for people to look at."""
        ...

    def room(self) -> int:
        """Return how many bytes the storage has left, as far as it knows."""
        ...

    def close(self) -> None:
        """Let go of the journal."""
        ...
