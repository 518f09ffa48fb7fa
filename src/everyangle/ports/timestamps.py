"""Timestamps: asking authorities for them, and keeping what they answered, byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


class Authority(Protocol):
    """A timestamping authority (RFC 3161)."""

    @property
    def url(self) -> str:
        """Where it is asked."""
        ...

    def stamp(self, message: bytes) -> bytes:
        """Return the authority's raw response about the SHA-256 of a message, which itself is not sent.

        Raises:
            StorageError: ``authority-unreachable``.
            RefusedError: ``stamp-refused`` if the authority says no, or answers about something else.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stamped:
    """One stored response.

    Attributes:
        place: path below the stamps, for people (``12-0a1b…/0.tsr``).
        response: raw bytes of the response.
        checkpoint: the exact bytes that were stamped.
    """

    place: str
    response: bytes
    checkpoint: bytes


class Stamps(Protocol):
    """The responses that a case has kept."""

    def add(self, checkpoint: bytes, response: bytes) -> str:
        """Keep a response about a checkpoint, durably, and return its place.

        Raises:
            StorageError: ``disk-full`` or ``storage-failed``.
        """
        ...

    def __iter__(self) -> Iterator[Stamped]:
        """Yield every response, in order of place."""
        ...

    def location(self, place: str) -> tuple[str, str]:
        """Return the paths, for a command line, of the stamped checkpoint and of the response at a place."""
        ...
