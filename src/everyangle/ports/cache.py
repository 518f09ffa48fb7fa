"""A cache of small results, as a port: what it loses costs time, never truth."""

from __future__ import annotations

from typing import Protocol


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


class NoCache:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:
        """Return None."""
        del key
        return None

    def put(self, key: str, value: bytes) -> None:
        """Forget the value."""
