"""A disk whose power goes while bytes are on their way: of what was not waited for, any sectors may have arrived.

Stricter than ``LosingDisk`` for files that are written in place: sectors of 512 bytes arrive or not, each by itself, in
any order, whichever call wrote them.
"""

from __future__ import annotations

import os
import random
from collections.abc import Collection, Sequence
from pathlib import Path

from everyangle.testing.faults import LosingDisk

SECTOR = 512


class PowerDisk(LosingDisk):
    """A disk whose power goes at one step; call :meth:`lose` to see what is left.

    Args:
        crash_at: number of the step, from 1.
        rng: decides what arrived.
    """

    def __init__(self, crash_at: int, rng: random.Random) -> None:
        super().__init__(crash_at)
        self._rng = rng
        self._before: dict[int, tuple[Path, bytes]] = {}
        """What the disk holds for sure of each file that was written to since, by inode."""

    def create(self, path: Path, mode: int) -> int:
        """Create a file whose name and contents are not yet on the disk."""
        descriptor = super().create(path, mode)
        self._before[os.fstat(descriptor).st_ino] = (path, b"")
        return descriptor

    def allocate(self, descriptor: int, size: int) -> None:
        """Set room aside, which is durable as zeros once the file is waited for."""
        super().allocate(descriptor, size)

    def write_at(self, descriptor: int, pieces: Sequence[bytes | memoryview], offset: int) -> None:
        """Write, and remember what was there."""
        inode = os.fstat(descriptor).st_ino
        if inode not in self._before:
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            self._before[inode] = (path, path.read_bytes())
        super().write_at(descriptor, pieces, offset)

    def datasync(self, descriptor: int) -> None:
        """Bring a file's contents to the disk."""
        super().datasync(descriptor)
        self._settle(os.fstat(descriptor).st_ino)

    def fsync_all(self, paths: Collection[Path]) -> None:
        """Bring contents and names to the disk."""
        for path in sorted(paths):
            inode = path.stat().st_ino
            super().fsync_all([path])
            self._settle(inode)

    def _settle(self, inode: int) -> None:
        self._before.pop(inode, None)
        self._unwritten.pop(inode, None)

    def lose(self) -> None:
        """Lose any part of what was not waited for."""
        for inode, (path, before) in self._before.items():
            self._unwritten.pop(inode, None)
            if path.is_file():
                after = path.read_bytes()
                if len(after) > len(before) and self._rng.random() < 0.3:
                    after = after[: self._rng.randint(len(before), len(after))]  # not even its length arrived
                left = bytearray(before.ljust(len(after), b"\0"))
                for at in range(0, len(after), SECTOR):
                    if self._rng.random() < 0.5:
                        left[at : at + SECTOR] = after[at : at + SECTOR]
                path.write_bytes(left)
        super().lose()
