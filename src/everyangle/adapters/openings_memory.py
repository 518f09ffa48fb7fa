"""Openings in memory: for tests and for what need not last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyangle.core.ids import Digest
from everyangle.record.commitments import Opening, commitment_of, encode_opening


class MemoryOpenings:
    """Openings in a dictionary."""

    def __init__(self) -> None:
        self.data: dict[Digest, bytes] = {}

    def put(self, openings: Sequence[Opening]) -> None:
        """Keep openings."""
        self.data |= {commitment_of(opening): encode_opening(opening) for opening in openings}

    def get(self, commitment: Digest) -> bytes | None:
        """Return the bytes kept for a commitment, or None."""
        return self.data.get(commitment)

    def erase(self, commitment: Digest) -> bool:
        """Remove an opening."""
        return self.data.pop(commitment, None) is not None

    def __iter__(self) -> Iterator[Digest]:
        """Yield the commitment of every opening."""
        return iter(sorted(self.data))
