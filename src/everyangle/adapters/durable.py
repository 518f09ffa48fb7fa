"""Making bytes durable in folders: temporary file, fsync, rename, fsync of the folder.

Every step goes through one small object, so that tests can fail at each of them (``everyangle.testing.faults``). Knows
nothing of blobs or logs. Not atomic across files: callers order their writes and commit with one last rename.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from everyangle.core.errors import StorageError

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Disk:
    """The steps that change a disk. Each raises OSError as the system does."""

    def create(self, path: Path, mode: int) -> int:
        """Create a new file and return its descriptor, open for writing."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)

    def write(self, descriptor: int, data: memoryview) -> None:
        """Write all of the data."""
        while data:
            data = data[os.write(descriptor, data) :]

    def fsync(self, descriptor: int) -> None:
        """Wait until a file's bytes are on the disk."""
        os.fsync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its name, in place of whatever had it."""
        source.replace(target)

    def fsync_folder(self, folder: Path) -> None:
        """Wait until a folder's names are on the disk."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

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


def make_folder(disk: Disk, folder: Path, mode: int = 0o777) -> None:
    """Make a folder and its missing parents, each durable before anything is put into it."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for made in reversed(missing):
        disk.mkdir(made, mode)
        disk.fsync_folder(made.parent)


def write_temporary(disk: Disk, path: Path, data: bytes, mode: int) -> None:
    """Write a whole new file at ``path`` and wait for the disk; an old one of that name is removed first."""
    disk.unlink(path)
    descriptor = disk.create(path, mode)
    try:
        disk.write(descriptor, memoryview(data))
        disk.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_file(disk: Disk, path: Path, data: bytes, temporary: Path, mode: int) -> None:
    """Write one file so that it is whole or absent, by way of a temporary name that one writer at a time uses."""
    try:
        write_temporary(disk, temporary, data, mode)
        disk.rename(temporary, path)
        disk.fsync_folder(path.parent)
    except OSError:
        disk.unlink(temporary)
        raise


def write_files(disk: Disk, files: Mapping[Path, bytes], temporary: Path, mode: int = 0o666) -> None:
    """Write files so that each is whole or absent, whatever happens, and all are durable on return.

    Args:
        disk: the steps.
        files: contents by path; existing files are replaced.
        temporary: an existing folder on the same file system, for what is not yet named.
        mode: permissions of new files, before the process's mask.
    """
    made = [temporary / f"{number}.new" for number in range(len(files))]
    try:
        for new, (path, data) in zip(made, files.items(), strict=True):
            make_folder(disk, path.parent)
            write_temporary(disk, new, data, mode)
        for new, path in zip(made, files, strict=True):
            disk.rename(new, path)
        fsync_folders(disk, {path.parent for path in files})
    except OSError:
        for new in made:
            disk.unlink(new)
        raise


def fsync_folders(disk: Disk, folders: Iterable[Path]) -> None:
    """Wait for the names in several folders."""
    for folder in sorted(folders):
        disk.fsync_folder(folder)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that is not itself a real folder, in order of names."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path)
        else:
            yield path
