"""Openings in a folder: ``<commitment>.json``, for this user's eyes only. Erasing one is removing its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_files
from everyangle.core.ids import Digest
from everyangle.record.commitments import Opening, commitment_of, encode_opening

_NAME = re.compile(r"([0-9a-f]{64})\.json")


class FolderOpenings:
    """Openings below one folder, which is made with mode 0700 when the first comes."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder = folder
        self._disk = disk or Disk()

    def put(self, openings: Sequence[Opening]) -> None:
        """Keep openings, durably."""
        if not openings:
            return
        with storage_errors(f"Keeping private fields in {self._folder}"):
            temporary = self._folder / "tmp"
            make_folder(self._disk, temporary, 0o700)
            files = {self._path(commitment_of(opening)): encode_opening(opening) for opening in openings}
            write_files(self._disk, files, temporary, 0o600)

    def get(self, commitment: Digest) -> bytes | None:
        """Return the bytes kept for a commitment, or None."""
        path = self._path(commitment)
        with storage_errors(f"Reading {path}"):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def erase(self, commitment: Digest) -> bool:
        """Remove an opening and wait for the disk."""
        path = self._path(commitment)
        if not path.exists():
            return False
        with storage_errors(f"Erasing {path}"):
            self._disk.unlink(path)
            self._disk.fsync_all([self._folder])
        return True

    def __iter__(self) -> Iterator[Digest]:
        """Yield the commitment of every opening."""
        names = sorted(path.name for path in self._folder.iterdir()) if self._folder.is_dir() else []
        for name in names:
            if match := _NAME.fullmatch(name):
                yield Digest(match[1])

    def _path(self, commitment: Digest) -> Path:
        return self._folder / f"{commitment}.json"
