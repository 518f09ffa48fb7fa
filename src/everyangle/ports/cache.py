"""A cache of small results, as a port: what it loses costs time, never truth."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable


class Cache(Protocol):
    """Keeps bytes under a text key made of input digests, code version and parameters.

    :class:`everyangle.ports.derived.Derived` is one.
    """

    def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None."""
        ...

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value`` under ``key``."""
        ...


@runtime_checkable
class Filed(Protocol):
    """A cache whose results are files, which other processes and machines that share the folder can read."""

    def path(self, key: str) -> Path | None:
        """Return where the result under ``key`` lies as a file, or None."""
        ...


class NoCache:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:
        """Return None."""
        del key
        return None

    def put(self, key: str, value: bytes) -> None:
        """Forget the value."""
