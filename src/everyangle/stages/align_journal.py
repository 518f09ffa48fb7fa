"""What aligning keeps: finished blocks of work, one after the other, so that none is done twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from everyangle.ports.cache import Cache, Filed
from everyangle.ports.work import OnFile
from everyangle.sync.features import Features, from_bytes, hashes_from_bytes
from everyangle.sync.shelves import Landmarks, landmarks_of

T = TypeVar("T")

UNREADABLE = (ValueError, KeyError, TypeError, OSError, EOFError, IndexError)
"""What reading a damaged result raises; a damaged result is made anew."""


class GetFeatures(Protocol):
    """Gives a recording's features; picklable."""

    def __call__(self) -> Features:
        """Return them."""
        ...

    def landmarks(self) -> Landmarks:
        """Return what joining needs of them."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """Features that travel with the work."""

    features: Features

    def __call__(self) -> Features:
        """Return them."""
        return self.features

    def landmarks(self) -> Landmarks:
        """Return what joining needs of them."""
        return landmarks_of(self.features.codes, self.features.frames, self.features.duration_s)


@dataclass(frozen=True, slots=True)
class KeptFeatures(OnFile):
    """Features that a worker reads from a file."""

    path: Path

    def __call__(self) -> Features:
        """Return them."""
        return from_bytes(self.path.read_bytes())

    def landmarks(self) -> Landmarks:
        """Return what joining needs of them, and read no more."""
        return landmarks_of(*hashes_from_bytes(self.path.read_bytes()))

    def carrying(self, data: memoryview) -> Held:
        """Return the features that the file holds."""
        return Held(from_bytes(bytes(data)))


def handle(cache: Cache, key: str, features: Features) -> GetFeatures:
    """Return what gives a worker a recording's features: a file where there is one, so that they need not travel."""
    path = cache.path(key) if key and isinstance(cache, Filed) else None
    return Held(features) if path is None else KeptFeatures(path)


def kept(cache: Cache, key: str, read: Callable[[bytes], T]) -> T | None:
    """Return what the cache keeps, or None where it keeps nothing or nothing readable."""
    data = cache.get(key)
    if data is None:
        return None
    try:
        return read(data)
    except UNREADABLE:
        return None


class Journal:
    """Results of finished blocks, in the order in which they were finished.

    Args:
        cache: keeps them.
        name: names the journal; its version is part of it.
    """

    def __init__(self, cache: Cache, name: str) -> None:
        self._cache = cache
        self._name = name
        self._next = 0

    def entries(self) -> Iterator[bytes]:
        """Yield all entries, from the first on."""
        self._next = 0
        while (data := self._cache.get(f"{self._name} {self._next}")) is not None:
            self._next += 1
            yield data

    def append(self, data: bytes) -> None:
        """Keep one more; :meth:`entries` was read to its end before."""
        self._cache.put(f"{self._name} {self._next}", data)
        self._next += 1
