"""Making bytes durable in folders: temporary file, fsync, rename, fsync of the folder.

Every step goes through one small object, so that tests can fail at each of them (``everyangle.testing.faults``). Knows
nothing of blobs or logs. Not atomic across files: callers order their writes and commit with one last rename.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from everyangle.core.errors import StorageError

_FULL = (errno.ENOSPC, errno.EDQUOT)

_MOST_PIECES = 1024
"""Most pieces in one call to the system (IOV_MAX of Linux)."""

_WAITERS = 16
"""Threads that wait for the disk: a journal commits what waits at the same time in one go."""


class Disk:
    """The steps that change a disk. Each raises OSError as the system does."""

    def create(self, path: Path, mode: int) -> int:
        """Create a new file and return its descriptor, open for writing."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)

    def write(self, descriptor: int, data: memoryview) -> None:
        """Write all of the data."""
        while data:
            data = data[os.write(descriptor, data) :]

    def allocate(self, descriptor: int, size: int) -> None:
        """Set room aside for a file, so that writing into it finds the disk full no more."""
        os.posix_fallocate(descriptor, 0, size)

    def write_at(self, descriptor: int, pieces: Sequence[bytes | memoryview], offset: int) -> None:
        """Write all of the pieces, one behind the other, from an offset of a file on."""
        rest = [memoryview(piece) for piece in pieces if len(piece)]
        while rest:
            written = os.pwritev(descriptor, rest[:_MOST_PIECES], offset)
            offset += written
            passed = 0
            while passed < len(rest) and written >= len(rest[passed]):
                written -= len(rest[passed])
                passed += 1
            rest = rest[passed:]
            if written:
                rest[0] = rest[0][written:]

    def datasync(self, descriptor: int) -> None:
        """Wait until a file's bytes are on the disk, and what is needed to read them."""
        os.fdatasync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its name, in place of whatever had it."""
        source.replace(target)

    def fsync_all(self, paths: Collection[Path]) -> None:
        """Wait until files' bytes and folders' names are on the disk, for all at once: it writes them together."""
        if len(paths) <= 1:
            for path in paths:
                _fsync_path(path)
        else:
            with ThreadPoolExecutor(min(_WAITERS, len(paths))) as pool:
                list(pool.map(_fsync_path, paths))

    def mkdir(self, folder: Path, mode: int) -> None:
        """Make one folder; its parent exists."""
        folder.mkdir(mode=mode, exist_ok=True)

    def unlink(self, path: Path) -> None:
        """Remove a name, if it is there."""
        path.unlink(missing_ok=True)


@contextmanager
def storage_errors(what: str) -> Iterator[None]:
    """Translate the system's errors of storage, once, at the edge.

    Raises:
        StorageError: ``disk-full`` or ``storage-failed``, saying ``what`` failed.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageError(
                "disk-full",
                f"{what}: the disk is full.",
                holds="Nothing of this was added; everything added before is intact.",
                todo="Free some space and run the same command again.",
            ) from error
        raise StorageError(
            "storage-failed",
            f"{what}: {error.strerror or error} ({error.filename or 'no name'}).",
            holds="Everything added before is intact.",
            todo="Check the disk and the folder's permissions, then run the same command again.",
        ) from error


def _fsync_path(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(disk: Disk, folder: Path, mode: int = 0o777) -> None:
    """Make a folder and its missing parents, each durable before anything is put into it."""
    make_folders(disk, [folder], mode)


def make_folders(disk: Disk, folders: Iterable[Path], mode: int = 0o777) -> None:
    """Make folders and their missing parents, all durable before anything is put into them."""
    missing: set[Path] = set()
    for folder in folders:
        while folder not in missing and not folder.is_dir():
            missing.add(folder)
            folder = folder.parent
    for folder in sorted(missing):
        disk.mkdir(folder, mode)
    disk.fsync_all({folder.parent for folder in missing})


def write_new(disk: Disk, path: Path, data: bytes, mode: int) -> None:
    """Write a whole new file at ``path``, not yet durable; an old one of that name is removed first."""
    disk.unlink(path)
    descriptor = disk.create(path, mode)
    try:
        disk.write(descriptor, memoryview(data))
    finally:
        os.close(descriptor)


def write_file(disk: Disk, path: Path, data: bytes, temporary: Path, mode: int) -> None:
    """Write one file so that it is whole or absent, by way of a temporary name that one writer at a time uses."""
    _write_by_way_of(disk, {path: data}, [temporary], mode)


def write_files(disk: Disk, files: Mapping[Path, bytes], temporary: Path, mode: int = 0o666) -> None:
    """Write files so that each is whole or absent, whatever happens, and all are durable on return.

    Args:
        disk: the steps.
        files: contents by path; existing files are replaced.
        temporary: an existing folder on the same file system, for what is not yet named.
        mode: permissions of new files, before the process's mask.
    """
    _write_by_way_of(disk, files, [temporary / f"{number}.new" for number in range(len(files))], mode)


def _write_by_way_of(disk: Disk, files: Mapping[Path, bytes], new: Sequence[Path], mode: int) -> None:
    try:
        make_folders(disk, {path.parent for path in files})
        for unnamed, data in zip(new, files.values(), strict=True):
            write_new(disk, unnamed, data, mode)
        name_durably(disk, dict(zip(new, files, strict=True)))
    except OSError:
        for unnamed in new:
            disk.unlink(unnamed)
        raise


def name_durably(disk: Disk, targets: Mapping[Path, Path]) -> None:
    """Wait for written files, give them their names, and wait for the names.

    Args:
        disk: the steps.
        targets: each file's name to be, by its name now; the folders exist.
    """
    disk.fsync_all(targets)
    for unnamed, path in targets.items():
        disk.rename(unnamed, path)
    disk.fsync_all({path.parent for path in targets.values()})


def files_below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that is not itself a real folder, in order of names."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path)
        else:
            yield path
