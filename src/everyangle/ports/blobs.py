"""Blobs: bytes kept under their own digest. Two are in a case, the originals and the derivatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from everyangle.core.ids import Digest


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read: digest and size in bytes."""

    digest: Digest
    size: int


class Pending(Protocol):
    """Bytes that were read and hashed once and are not yet kept: neither listed nor promised."""

    @property
    def stored(self) -> Stored:
        """Their digest and size."""
        ...


class Source(Protocol):
    """What bytes are read from: a file or stream opened in binary mode, unbuffered for preference."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer from its start and return how many bytes there were; 0 at the end."""
        ...


class Progress(Protocol):
    """Told how many more bytes were read, from time to time."""

    def __call__(self, count: int, /) -> None:
        """Take a number of bytes."""
        ...


class Blobs(Protocol):
    """A store of bytes by digest.

    Guarantees: what ``keep`` or ``put`` returned from is durable, whole and hashes to its name; nothing else is ever
    listed; a failure at any point leaves earlier blobs as they were. One writer at a time (the log's lock).
    """

    def take(self, source: Source, progress: Progress | None = None) -> Pending:
        """Read a source to its end, each byte once, and hold its bytes aside.

        Raises:
            OSError: as the source raises it; nothing is held then.
            StorageError: ``disk-full`` or ``storage-failed``; nothing is held then.
        """
        ...

    def keep(self, pending: Sequence[Pending]) -> None:
        """Make bytes durable under their digests, all with as few waits for the disk as possible.

        Raises:
            StorageError: ``disk-full`` or ``storage-failed``; some may be kept, which does no harm.
        """
        ...

    def drop(self, pending: Pending) -> None:
        """Let go of bytes that are not to be kept. Does nothing when they are gone."""
        ...

    def put(self, source: Source) -> Stored:
        """Take and keep one source."""
        ...

    def has(self, digest: Digest) -> bool:
        """Tell whether bytes are kept under a digest."""
        ...

    def size(self, digest: Digest) -> int:
        """Return how many bytes are kept under a digest.

        Raises:
            NotFoundError: ``blob-missing``.
        """
        ...

    def open(self, digest: Digest) -> BinaryIO:
        """Open a blob for reading; the caller closes it.

        Raises:
            NotFoundError: ``blob-missing``.
        """
        ...

    def local_path(self, digest: Digest) -> Path | None:
        """Return where the blob lies as a file of this machine, never to be written, or None if it is no such file."""
        ...

    def __iter__(self) -> Iterator[Digest]:
        """Yield the digest of every blob, in order of digests."""
        ...

    def verify(self, digest: Digest, progress: Progress | None = None) -> Stored:
        """Read a blob again and return what it is.

        Raises:
            NotFoundError: ``blob-missing``.
            IntegrityError: ``blob-damaged`` if its bytes do not hash to its name.
            StorageError: ``storage-failed`` if it cannot be read.
        """
        ...

    def strays(self) -> Iterator[str]:
        """Yield a name for each thing in the store that is no blob, in order; never the bytes held aside."""
        ...

    def sweep(self) -> int:
        """Drop bytes that a writer, now dead, held aside; return how many it dropped. For the one writer only."""
        ...
