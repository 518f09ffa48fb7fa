"""The folder of a dossier while it is being written: every file hashed as it is written. Knows no case."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from everyangle.core.errors import StorageError
from everyangle.core.ids import Digest
from everyangle.dossier.manifest import ManifestFile

_BLOCK = 1 << 20


class DossierFolder:
    """A dossier in the making.

    Args:
        place: an empty folder, which becomes the dossier in :meth:`finish`.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._files: dict[str, ManifestFile] = {}

    def write(self, path: str, data: bytes) -> Digest:
        """Write a small file and return its digest.

        Raises:
            StorageError: ``dossier-not-written``.
        """
        digest = hashlib.sha256(data)
        try:
            with self._create(path) as out:
                out.write(data)
        except OSError as error:
            raise self._failed(path, error) from error
        return self._enter(path, digest.hexdigest(), len(data))

    def copy(self, path: str, source: BinaryIO) -> Digest:
        """Copy a file of any size, unless it is there already, and return its digest.

        Raises:
            StorageError: ``dossier-not-written``.
        """
        if path in self._files:
            return self._files[path].digest
        digest, size = hashlib.sha256(), 0
        try:
            with self._create(path) as out:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    out.write(block)
        except OSError as error:
            raise self._failed(path, error) from error
        return self._enter(path, digest.hexdigest(), size)

    def files(self) -> list[ManifestFile]:
        """Return every file written so far."""
        return list(self._files.values())

    def finish(self, out: Path) -> None:
        """Make everything durable and give the folder its name.

        Raises:
            StorageError: ``dossier-not-written``.
        """
        try:
            for folder, _, names in os.walk(self._place):
                for name in names:
                    _sync(Path(folder) / name)
                _sync(Path(folder))
            if out.is_dir():
                out.rmdir()
            self._place.replace(out)
            _sync(out.absolute().parent)
        except OSError as error:
            raise self._failed(str(out), error) from error

    def _create(self, path: str) -> BinaryIO:
        place = self._place / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("xb")

    def _enter(self, path: str, digest: str, size: int) -> Digest:
        self._files[path] = ManifestFile(path, Digest(digest), size)
        return Digest(digest)

    def _failed(self, path: str, error: OSError) -> StorageError:
        return StorageError(
            "dossier-not-written",
            f"{path} could not be written: {error.strerror or error}.",
            holds="The case is unharmed; no dossier was made.",
            todo="Free some space or mend the permissions, then publish again.",
        )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
