"""Blobs in memory: for tests and for what need not last."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from everyangle.core.errors import IntegrityError, NotFoundError
from everyangle.core.ids import Digest
from everyangle.ports.blobs import Pending, Progress, Source, Stored

_BUFFER = 1 << 16


@dataclass(frozen=True, slots=True)
class _Held:
    stored: Stored
    data: bytes


class MemoryBlobs:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self.data: dict[Digest, bytes] = {}

    def take(self, source: Source, progress: Progress | None = None) -> Pending:
        """Read a source to its end and hold its bytes aside."""
        data = bytearray()
        buffer = memoryview(bytearray(_BUFFER))
        while count := source.readinto(buffer):
            data += buffer[:count]
            if progress:
                progress(count)
        return _Held(Stored(Digest(hashlib.sha256(data).hexdigest()), len(data)), bytes(data))

    def keep(self, pending: Sequence[Pending]) -> None:
        """Keep held bytes."""
        for held in pending:
            if not isinstance(held, _Held):
                raise TypeError("bytes of another store")
            self.data[held.stored.digest] = held.data

    def drop(self, pending: Pending) -> None:
        """Let go of held bytes; nothing is to be done."""

    def put(self, source: Source) -> Stored:
        """Take and keep one source."""
        held = self.take(source)
        self.keep([held])
        return held.stored

    def has(self, digest: Digest) -> bool:
        """Tell whether bytes are kept under a digest."""
        return digest in self.data

    def size(self, digest: Digest) -> int:
        """Return how many bytes are kept under a digest."""
        return len(self._bytes(digest))

    def open(self, digest: Digest) -> BinaryIO:
        """Open a blob for reading."""
        return io.BytesIO(self._bytes(digest))

    def local_path(self, digest: Digest) -> Path | None:
        """Return None: memory has no paths."""
        self._bytes(digest)
        return None

    def __iter__(self) -> Iterator[Digest]:
        """Yield the digest of every blob."""
        return iter(sorted(self.data))

    def verify(self, digest: Digest, progress: Progress | None = None) -> Stored:
        """Hash a blob again."""
        data = self._bytes(digest)
        if hashlib.sha256(data).hexdigest() != digest:
            raise IntegrityError("blob-damaged", f"The bytes kept as {digest} are not those.")
        if progress:
            progress(len(data))
        return Stored(digest, len(data))

    def strays(self) -> Iterator[str]:
        """Yield nothing: there is no room for strays."""
        return iter(())

    def sweep(self) -> int:
        """Drop nothing: dead writers leave no memory."""
        return 0

    def _bytes(self, digest: Digest) -> bytes:
        try:
            return self.data[digest]
        except KeyError:
            raise NotFoundError("blob-missing", f"No bytes are kept as {digest}.") from None
