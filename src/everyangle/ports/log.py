"""The log: entries in order, under signed checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from everyangle.record.merkle import Tree


@dataclass(frozen=True, slots=True)
class Appended:
    """What one append did.

    Attributes:
        indices: of the entries, in their order.
        checkpoint: the signed note that covers them.
    """

    indices: range
    checkpoint: bytes


class Log(Protocol):
    """An append-only log of one case.

    Guarantees: entries are there, for good, when ``append`` returns, and all of one append or none; the checkpoint is
    the commit point, and what lies beyond it is ignored and overwritten; no checkpoint is signed that does not extend
    the last one seen beside the key.
    """

    @property
    def origin(self) -> str:
        """The log's name, the first line of its checkpoints: ``everyangle/case/<id>``."""
        ...

    @property
    def size(self) -> int:
        """How many entries the checkpoint covers; 0 while there is none."""
        ...

    def checkpoint(self) -> bytes:
        """Return the signed note.

        Raises:
            NotFoundError: ``case-missing`` while there is none.
        """
        ...

    def writer(self) -> AbstractContextManager[None]:
        """Hold the writer's lock; may be entered again by the holder.

        Raises:
            ConflictError: ``case-locked`` if another writer holds it.
        """
        ...

    def append(self, entries: Sequence[bytes]) -> Appended:
        """Add entries in one commit, holding the writer's lock.

        Raises:
            ConflictError: ``case-locked``.
            RefusedError: ``key-missing`` if this log was opened without its key.
            IntegrityError: ``log-damaged`` or ``log-rolled-back``; nothing was signed.
            StorageError: ``disk-full`` or ``storage-failed``; nothing was added.
        """
        ...

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the entries ``start`` to ``stop - 1`` (to the end by default).

        Raises:
            IntegrityError: ``log-damaged`` where stored bytes do not hold them.
        """
        ...

    def tree(self) -> Tree:
        """Return the tree of the checkpoint's size, from stored hashes; a copy of the caller's own.

        Raises:
            IntegrityError: ``log-damaged`` if the stored hashes do not lead to the checkpoint's root.
        """
        ...

    def resource(self, path: str) -> bytes | None:
        """Return the bytes at a path of C2SP tlog-tiles, as stored, or None where there are none."""
        ...

    def resources(self) -> Iterator[str]:
        """Yield the path of everything stored as part of the log, in order, whether it belongs there or not."""
        ...
