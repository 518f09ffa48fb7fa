"""Disks that fail: at a chosen step the process dies, the power goes, or the disk is full.

They stand in for :class:`everyangle.adapters.durable.Disk`, so every write, fsync, rename and folder of an act can be
the one that fails. A power cut loses whatever was not yet waited for: contents without fsync, names without fsync of
their folder. Nothing here waits for a real disk, so that many thousand failures can be tried.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from everyangle.adapters.durable import Disk


class SimulatedCrash(BaseException):
    """The process is dead: nothing may catch this but a test."""


class CountingDisk(Disk):
    """A disk that counts its steps and waits for nothing."""

    def __init__(self) -> None:
        self.names: list[str] = []

    @property
    def steps(self) -> int:
        """How many steps were begun."""
        return len(self.names)

    def _step(self, name: str) -> None:
        self.names.append(name)

    def create(self, path: Path, mode: int) -> int:
        """Create a file."""
        self._step("create")
        return super().create(path, mode)

    def write(self, descriptor: int, data: memoryview) -> None:
        """Write."""
        self._step("write")
        super().write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Count, and wait for nothing; the file must be open."""
        self._step("fsync")
        os.fstat(descriptor)

    def allocate(self, descriptor: int, size: int) -> None:
        """Count, and make the file that long."""
        self._step("allocate")
        os.truncate(descriptor, size)

    def write_at(self, descriptor: int, pieces: Sequence[bytes | memoryview], offset: int) -> None:
        """Write."""
        self._step("write")
        super().write_at(descriptor, pieces, offset)

    def datasync(self, descriptor: int) -> None:
        """Count, and wait for nothing; the file must be open."""
        self._step("datasync")
        os.fstat(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Rename."""
        self._step("rename")
        super().rename(source, target)

    def fsync_folder(self, folder: Path) -> None:
        """Count, and wait for nothing; the folder must be there."""
        self._step("fsync_folder")
        folder.stat()

    def fsync_all(self, paths: Collection[Path]) -> None:
        """Count each, one after the other in a fixed order."""
        for path in sorted(paths):
            if path.is_dir():
                self.fsync_folder(path)
            else:
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                try:
                    self.fsync(descriptor)
                finally:
                    os.close(descriptor)

    def mkdir(self, folder: Path, mode: int) -> None:
        """Make a folder."""
        self._step("mkdir")
        super().mkdir(folder, mode)

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        self._step("unlink")
        super().unlink(path)


class CrashingDisk(CountingDisk):
    """A disk whose process dies at one step, before that step is done; a write is half done.

    Args:
        crash_at: number of the step, from 1.
    """

    def __init__(self, crash_at: int) -> None:
        super().__init__()
        self._crash_at = crash_at

    def _step(self, name: str) -> None:
        super()._step(name)
        if self.steps >= self._crash_at:
            raise SimulatedCrash(f"at step {self.steps}, {name}")

    def write(self, descriptor: int, data: memoryview) -> None:
        """Write, or half of it."""
        if self.steps + 1 == self._crash_at:
            os.write(descriptor, data[: len(data) // 2])
        super().write(descriptor, data)

    def write_at(self, descriptor: int, pieces: Sequence[bytes | memoryview], offset: int) -> None:
        """Write, or half of it."""
        if self.steps + 1 == self._crash_at:
            whole = b"".join(pieces)
            os.pwrite(descriptor, whole[: len(whole) // 2], offset)
        super().write_at(descriptor, pieces, offset)


class LosingDisk(CrashingDisk):
    """A disk whose power goes at one step; call :meth:`lose` to see what is left of what was not waited for."""

    def __init__(self, crash_at: int) -> None:
        super().__init__(crash_at)
        self._unwritten: dict[int, Path] = {}
        self._unnamed: list[tuple[Path, Callable[[], None]]] = []

    def create(self, path: Path, mode: int) -> int:
        """Create a file whose name and contents are not yet on the disk."""
        descriptor = super().create(path, mode)
        self._unwritten[os.fstat(descriptor).st_ino] = path
        self._unnamed.append((path.parent, lambda: path.unlink(missing_ok=True)))
        return descriptor

    def fsync(self, descriptor: int) -> None:
        """Bring a file's contents to the disk."""
        super().fsync(descriptor)
        self._unwritten.pop(os.fstat(descriptor).st_ino, None)

    def rename(self, source: Path, target: Path) -> None:
        """Rename, to be undone unless the folder is waited for."""
        before = target.read_bytes() if target.is_file() else None
        super().rename(source, target)
        inode = target.stat().st_ino
        if inode in self._unwritten:
            self._unwritten[inode] = target

        def undo() -> None:
            target.unlink(missing_ok=True)
            if before is not None:
                target.write_bytes(before)

        self._unnamed.append((target.parent, undo))

    def mkdir(self, folder: Path, mode: int) -> None:
        """Make a folder, to be undone unless its parent is waited for."""
        super().mkdir(folder, mode)
        self._unnamed.append((folder.parent, lambda: shutil.rmtree(folder, ignore_errors=True)))

    def fsync_folder(self, folder: Path) -> None:
        """Bring the names in a folder to the disk."""
        super().fsync_folder(folder)
        self._unnamed = [(parent, undo) for parent, undo in self._unnamed if parent != folder]

    def lose(self) -> None:
        """Lose everything that was not waited for."""
        for path in self._unwritten.values():
            if path.is_file():
                os.truncate(path, 0)
        for _, undo in reversed(self._unnamed):
            undo()


class FullDisk(CountingDisk):
    """A disk that is full from one step on: nothing can be created or written, everything else works.

    Args:
        full_at: number of the step, from 1.
    """

    def __init__(self, full_at: int) -> None:
        super().__init__()
        self.full_at = full_at

    def _step(self, name: str) -> None:
        super()._step(name)
        if self.steps >= self.full_at and name in ("create", "write", "mkdir", "allocate"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
