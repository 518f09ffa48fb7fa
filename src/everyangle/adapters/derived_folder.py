"""Derived results as files of one folder, ``<folder>/<first two digits>/<key>``."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from everyangle.core.errors import StorageError


class FolderDerived:
    """Keeps results in a folder. Keys are hashed to file names, so any text is a key.

    Args:
        folder: made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return the small result under ``key``, or None."""
        try:
            return self._place(key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, value: bytes) -> None:
        """Keep a small result."""
        self.make(key, lambda out: _write_all(out, value))

    def path(self, key: str) -> Path | None:
        """Return where the result under ``key`` lies, or None."""
        place = self._place(key)
        return place if place.is_file() else None

    def make(self, key: str, write: Callable[[BinaryIO], None]) -> Path:
        """Have ``write`` fill a new file, keep it under ``key``, and return where it lies.

        Raises:
            StorageError: ``derived-not-kept`` where the disk is full or the folder cannot be written.
        """
        place = self._place(key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        except OSError as error:
            raise _not_kept(place, error) from error
        try:
            with os.fdopen(handle, "w+b") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).replace(place)
        except OSError as error:
            raise _not_kept(place, error) from error
        finally:
            Path(temporary).unlink(missing_ok=True)
        return place

    def _place(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / name


def _write_all(out: BinaryIO, value: bytes) -> None:
    out.write(value)


def _not_kept(place: Path, error: OSError) -> StorageError:
    return StorageError(
        "derived-not-kept",
        f"A derived result could not be written to {place.parent}: {error.strerror}.",
        holds="The originals and the log are untouched.",
        todo="Free some space or mend the folder's permissions, then run the same command again.",
    )
