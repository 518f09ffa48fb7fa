"""Derived results: a cache of what machines made of the originals, safe to delete at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol


class Derived(Protocol):
    """Keeps results under a key made of input digests, code version and parameters.

    Guarantees: a result is there whole or not at all, even after a crash; an existing result is never changed.
    Losing one costs time, never truth.
    """

    def get(self, key: str) -> bytes | None:
        """Return the small result under ``key``, or None."""
        ...

    def put(self, key: str, value: bytes) -> None:
        """Keep a small result."""
        ...

    def path(self, key: str) -> Path | None:
        """Return where the result under ``key`` lies as a file, or None."""
        ...

    def make(self, key: str, write: Callable[[BinaryIO], None]) -> Path:
        """Have ``write`` fill a new file, keep it under ``key``, and return where it lies.

        What ``write`` raises is raised, and nothing is kept.
        """
        ...
