"""Openings: what discloses private fields, kept beside the log and withheld or erased apart from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from everyangle.core.ids import Digest
from everyangle.record.commitments import Opening


class Openings(Protocol):
    """A store of openings by commitment."""

    def put(self, openings: Sequence[Opening]) -> None:
        """Keep openings, durably.

        Raises:
            StorageError: ``disk-full`` or ``storage-failed``; some may be kept, which does no harm.
        """
        ...

    def get(self, commitment: Digest) -> bytes | None:
        """Return the bytes kept for a commitment, unchecked, or None where the opening is withheld or erased."""
        ...

    def erase(self, commitment: Digest) -> bool:
        """Remove an opening for good; return whether there was one. Copies and backups are not reached."""
        ...

    def __iter__(self) -> Iterator[Digest]:
        """Yield the commitment of every opening, in order."""
        ...
