"""Many places in the journal in little memory: 24 bytes each, since an hour by one phone has fifteen thousand."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from everyangle.ports.journal import Place

_NUMBERS = 3


class Places:
    """Places in order. Can be added to, cut at its beginning, and copied."""

    def __init__(self, numbers: array[int] | None = None) -> None:
        self._numbers: array[int] = array("Q") if numbers is None else numbers

    def append(self, place: Place) -> None:
        """Add a place."""
        self._numbers.extend((place.segment, place.offset, place.length))

    def after(self, count: int) -> Places:
        """Return a copy without the first ``count``."""
        return Places(self._numbers[_NUMBERS * count :])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers) // _NUMBERS

    def __iter__(self) -> Iterator[Place]:
        """Yield each."""
        for at in range(0, len(self._numbers), _NUMBERS):
            yield Place(*self._numbers[at : at + _NUMBERS])

    def segments(self) -> set[int]:
        """Return the segments that they lie in."""
        return set(self._numbers[::_NUMBERS])
