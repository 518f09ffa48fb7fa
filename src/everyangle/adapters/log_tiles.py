"""A log in a folder, laid out as C2SP tlog-tiles; ``checkpoint`` is the commit point.

Write order: bundles and tiles (temporary file, fsync, rename, fsync of their folders), then the checkpoint in the same
way, then the last checkpoint seen beside the key, and last the removal of partial tiles that no one needs any more. A
crash before the checkpoint's rename leaves the old log; what it left beyond is ignored and overwritten.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from everyangle.adapters.durable import Disk, files_below, make_folder, storage_errors, write_files
from everyangle.adapters.log_commit import Commit, commit, stored_checkpoint, stored_entries, stored_tree
from everyangle.core.errors import ConflictError, NotFoundError, StorageError
from everyangle.ports.log import Appended
from everyangle.ports.signing import Signer
from everyangle.record import tiles
from everyangle.record.merkle import Tree

_OWN = {"lock", "tmp", "stamps"}
"""Names in the log's folder that are no part of the tile layout."""


class FolderLog:
    """A log below one folder. Not for several threads at once.

    Args:
        folder: where it lies; made by the first append.
        origin: its name, the first line of its checkpoints.
        signer: the case's key, or None for reading only.
        disk: the steps that change the disk.
    """

    def __init__(self, folder: Path, origin: str, signer: Signer | None, disk: Disk | None = None) -> None:
        self._folder = folder
        self._temporary = folder / "tmp"
        self._origin = origin
        self._signer = signer
        self._disk = disk or Disk()
        self._depth = 0
        self._lock = -1
        self._tree: Tree | None = None

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._origin

    @property
    def size(self) -> int:
        """How many entries the checkpoint covers."""
        checkpoint = stored_checkpoint(self.resource, self._origin)
        return checkpoint.size if checkpoint else 0

    def checkpoint(self) -> bytes:
        """Return the signed note."""
        data = self.resource(tiles.CHECKPOINT)
        if data is None:
            raise NotFoundError(
                "case-missing",
                f"There is no case at {self._folder.parent}.",
                todo="Name the case's folder, or make a case with `everyangle init`.",
            )
        return data

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Hold the lock on ``lock``."""
        if not self._depth:
            self._acquire()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self._tree = None
                os.close(self._lock)

    def _acquire(self) -> None:
        with storage_errors(f"Locking {self._folder}"):
            make_folder(self._disk, self._folder)
            # The lock goes with the descriptor, so a writer's death releases it.
            descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                raise ConflictError(
                    "case-locked",
                    f"Another command is writing to the case at {self._folder.parent}.",
                    holds="Nothing was changed.",
                    todo="Wait until it has ended, then run this again.",
                ) from None
            self._lock = descriptor

    def append(self, entries: Sequence[bytes]) -> Appended:
        """Add entries in one commit."""
        with self.writer(), storage_errors(f"Writing to the log in {self._folder}"):
            tree, self._tree = self._tree or self.tree(), None
            old = tree.size
            written = commit(self.resource, self._origin, self._signer, tree, entries)
            make_folder(self._disk, self._temporary)
            write_files(
                self._disk, {self._folder / path: data for path, data in written.files.items()}, self._temporary
            )
            write_files(self._disk, {self._folder / tiles.CHECKPOINT: written.checkpoint}, self._temporary)
            self._tree = tree
            self._after(written)
            return Appended(range(old, tree.size), written.checkpoint)

    def _after(self, written: Commit) -> None:
        # The commit stands; what fails from here on must not say that it does not.
        if self._signer:
            try:
                self._signer.saw(written.checkpoint)
            except StorageError as error:
                raise StorageError(
                    "seen-not-kept", error.what, holds="The case is written and intact.", todo=error.todo
                ) from error
        for path in written.stale:
            with suppress(OSError):
                self._disk.unlink(self._folder / path)

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield entries."""
        size = self.size
        return stored_entries(self.resource, start, size if stop is None else min(stop, size), size)

    def tree(self) -> Tree:
        """Return the tree of the checkpoint's size."""
        return stored_tree(self.resource, stored_checkpoint(self.resource, self._origin))

    def resource(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None."""
        with storage_errors(f"Reading the log in {self._folder}"):
            try:
                return (self._folder / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None

    def resources(self) -> Iterator[str]:
        """Yield every path, whether it belongs to the log or not."""
        for path in files_below(self._folder):
            relative = path.relative_to(self._folder)
            if relative.parts[0] not in _OWN:
                yield relative.as_posix()
