"""Blobs in a folder: ``sha256/ab/<62 more digits>``, read-only files named by their digest.

What is not yet kept lies in ``tmp/``; it is never listed and is swept by the next writer. Knows nothing of the log.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from everyangle.adapters.blobs_reading import BUFFER, copy_hashing
from everyangle.adapters.durable import Disk, files_below, make_folder, make_folders, name_durably, storage_errors
from everyangle.core.errors import IntegrityError, NotFoundError
from everyangle.core.ids import Digest
from everyangle.ports.blobs import Pending, Progress, Source, Stored

_MODE = 0o444
_SUFFIX = ".new"
_PLACE = re.compile(r"sha256/([0-9a-f]{2})/([0-9a-f]{62})")


@dataclass(frozen=True, slots=True)
class _Held:
    stored: Stored
    path: Path


class _ReadingError(Exception):
    """Carries a source's own error past the translation of the store's errors."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class FolderBlobs:
    """Blobs below one folder, which is made when the first blob comes.

    Args:
        folder: where they lie.
        disk: the steps that change the disk.
    """

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder = folder
        self._temporary = folder / "tmp"
        self._disk = disk or Disk()
        self._count = 0

    def take(self, source: Source, progress: Progress | None = None) -> Pending:
        """Read a source to its end and hold its bytes in ``tmp/``."""
        try:
            with storage_errors(f"Copying into {self._folder}"):
                return self._take(source, progress)
        except _ReadingError as error:
            raise error.cause from None

    def _take(self, source: Source, progress: Progress | None) -> Pending:
        make_folder(self._disk, self._temporary)
        self._count += 1
        path = self._temporary / f"{os.getpid()}-{id(self):x}-{self._count}{_SUFFIX}"
        descriptor = self._disk.create(path, _MODE)
        try:
            stored = copy_hashing(_Reading(source), lambda piece: self._disk.write(descriptor, piece), progress)
        except BaseException:
            os.close(descriptor)
            self._disk.unlink(path)
            raise
        os.close(descriptor)
        return _Held(stored, path)

    def keep(self, pending: Sequence[Pending]) -> None:
        """Wait for the held bytes, name them, and wait for the names."""
        held = [one for one in pending if isinstance(one, _Held)]
        if len(held) != len(pending):
            raise TypeError("bytes of another store")
        with storage_errors(f"Keeping files in {self._folder}"):
            targets = {one.path: self._path(one.stored.digest) for one in held}
            make_folders(self._disk, {target.parent for target in targets.values()})
            # Also where bytes are there already: these were hashed just now, those may have rotted.
            name_durably(self._disk, targets)

    def drop(self, pending: Pending) -> None:
        """Remove held bytes."""
        if isinstance(pending, _Held):
            with storage_errors(f"Removing a temporary file in {self._folder}"):
                self._disk.unlink(pending.path)

    def put(self, source: Source) -> Stored:
        """Take and keep one source."""
        held = self.take(source)
        self.keep([held])
        return held.stored

    def has(self, digest: Digest) -> bool:
        """Tell whether bytes are kept under a digest."""
        path = self._path(digest)
        return path.is_file() and not path.is_symlink()

    def size(self, digest: Digest) -> int:
        """Return how many bytes are kept under a digest."""
        return self._existing(digest).stat().st_size

    def open(self, digest: Digest) -> BinaryIO:
        """Open a blob for reading."""
        path = self._existing(digest)
        with storage_errors(f"Reading {path}"):
            return path.open("rb")

    def local_path(self, digest: Digest) -> Path | None:
        """Return where the blob lies."""
        return self._existing(digest)

    def __iter__(self) -> Iterator[Digest]:
        """Yield the digest of every blob."""
        for path in files_below(self._folder / "sha256"):
            match = _PLACE.fullmatch(path.relative_to(self._folder).as_posix())
            if match and path.is_file() and not path.is_symlink():
                yield Digest(match[1] + match[2])

    def verify(self, digest: Digest, progress: Progress | None = None) -> Stored:
        """Read a blob again and return what it is."""
        path = self._existing(digest)
        hasher, size = hashlib.sha256(), 0
        buffer = memoryview(bytearray(BUFFER))
        with storage_errors(f"Reading {path}"), path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                hasher.update(buffer[:count])
                size += count
                if progress:
                    progress(count)
        if hasher.hexdigest() != digest:
            raise IntegrityError(
                "blob-damaged",
                f"{path} does not hold the bytes that its name says.",
                todo="Restore it from a copy: add the same file again, or put it back from a backup.",
            )
        return Stored(digest, size)

    def strays(self) -> Iterator[str]:
        """Yield each name in the folder that is no blob; what lies in ``tmp/`` is a writer's."""
        for path in files_below(self._folder):
            relative = path.relative_to(self._folder).as_posix()
            blob = _PLACE.fullmatch(relative) and path.is_file() and not path.is_symlink()
            if not blob and not (path.parent == self._temporary and path.name.endswith(_SUFFIX)):
                yield relative

    def sweep(self) -> int:
        """Remove what dead writers left in ``tmp/``."""
        left = [path for path in files_below(self._temporary) if path.name.endswith(_SUFFIX)]
        with storage_errors(f"Removing temporary files in {self._folder}"):
            for path in left:
                self._disk.unlink(path)
        return len(left)

    def _path(self, digest: Digest) -> Path:
        return self._folder / "sha256" / digest[:2] / digest[2:]

    def _existing(self, digest: Digest) -> Path:
        if not self.has(digest):
            raise NotFoundError(
                "blob-missing", f"{self._path(digest)} is missing.", todo="Restore it from a copy of the case."
            )
        return self._path(digest)


class _Reading:
    """A source whose errors are told apart from the store's."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def readinto(self, buffer: memoryview, /) -> int | None:
        try:
            return self._source.readinto(buffer)
        except OSError as error:
            raise _ReadingError(error) from error
