"""Stamps in a folder: ``<size>-<first 16 digits of the root>/`` with the stamped checkpoint and each response.

Responses are kept byte by byte, whatever any library thinks of them: a court's software may think otherwise.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_files
from everyangle.ports.timestamps import Stamped
from everyangle.record.notes import parse_checkpoint, parse_note

_CHECKPOINT = "checkpoint"


class FolderStamps:
    """Stamps below one folder, which is made when the first comes."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder = folder
        self._disk = disk or Disk()

    def add(self, checkpoint: bytes, response: bytes) -> str:
        """Keep a response beside the checkpoint that it is about."""
        stamped = parse_checkpoint(parse_note(checkpoint).text)
        folder = self._folder / f"{stamped.size}-{stamped.root.hex()[:16]}"
        with storage_errors(f"Keeping a timestamp in {folder}"):
            temporary = folder / "tmp"
            make_folder(self._disk, temporary)
            number = sum(1 for path in folder.glob("*.tsr"))
            files = {folder / _CHECKPOINT: checkpoint, folder / f"{number}.tsr": response}
            write_files(self._disk, files, temporary)
            temporary.rmdir()
        return f"{folder.name}/{number}.tsr"

    def __iter__(self) -> Iterator[Stamped]:
        """Yield every response."""
        with storage_errors(f"Reading the timestamps in {self._folder}"):
            for path in sorted(self._folder.glob("*/*.tsr")):
                checkpoint = path.parent / _CHECKPOINT
                data = checkpoint.read_bytes() if checkpoint.is_file() else b""
                yield Stamped(f"{path.parent.name}/{path.name}", path.read_bytes(), data)

    def location(self, place: str) -> tuple[str, str]:
        """Return the paths of the stamped checkpoint and the response."""
        response = self._folder / place
        return shlex.quote(str(response.parent / _CHECKPOINT)), shlex.quote(str(response))
