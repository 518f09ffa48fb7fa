"""Finding what arrives: walking files and folders, and opening each file safely. Keeps and records nothing.

Names are bytes throughout, since a file's name need not be text. A link that a person names is followed; one inside a
folder is not, since it may lead anywhere. What is no regular file is refused without being opened.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from everyangle.core.errors import BadInputError, EveryAngleError, NotFoundError, RefusedError, StorageError
from everyangle.core.items import Name
from everyangle.core.time import Instant
from everyangle.record.canonical import MAX_INTEGER

_HOLDS = "Nothing was added for it."


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that is to be received.

    Attributes:
        source: the path by which it is reached, as given and walked.
        name: last component of that path.
        path: path below the folder that was given, or None if the file itself was.
        size: bytes, as the walk saw it; for progress only.
        linked: whether the given path is a symbolic link, which is followed.
    """

    source: Name
    name: Name
    path: Name | None
    size: int
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Unfit:
    """Something that cannot be received, and why."""

    source: Name
    error: EveryAngleError


def walk(paths: Sequence[Path], case: Path | None) -> Iterator[Arrival | Unfit]:
    """Yield every file at or below the given paths; folders in order of the bytes of their names.

    Args:
        paths: files and folders.
        case: the case's folder, from which nothing is received, or None.
    """
    for given in paths:
        yield from _given(given, None if case is None else os.path.realpath(os.fsencode(case)))


def _given(given: Path, case: bytes | None) -> Iterator[Arrival | Unfit]:
    path = os.fsencode(given)
    source = Name(path)
    try:
        linked = stat.S_ISLNK(os.lstat(path).st_mode)
        found = given.stat()
    except OSError as error:
        yield Unfit(source, unreadable(source, error))
        return
    if case is not None and _is_within(os.path.realpath(path), case):
        yield Unfit(source, _inside(source))
    elif stat.S_ISDIR(found.st_mode):
        yield from _below(path, b"", case)
    elif stat.S_ISREG(found.st_mode):
        yield Arrival(source, Name(os.fsencode(given.name)), None, found.st_size, linked)
    else:
        yield Unfit(source, _special(source, found.st_mode))


def _below(folder: bytes, prefix: bytes, case: bytes | None) -> Iterator[Arrival | Unfit]:
    try:
        with os.scandir(folder) as listing:
            children = sorted(listing, key=lambda child: child.name)
    except OSError as error:
        yield Unfit(Name(folder), unreadable(Name(folder), error))
        return
    for child in children:
        yield from _child(child, prefix, case)


def _child(child: os.DirEntry[bytes], prefix: bytes, case: bytes | None) -> Iterator[Arrival | Unfit]:
    source, relative = Name(child.path), prefix + child.name
    try:
        found = child.stat(follow_symlinks=False)
    except OSError as error:
        yield Unfit(source, unreadable(source, error))
        return
    if stat.S_ISDIR(found.st_mode):
        if case is not None and os.path.realpath(child.path) == case:
            yield Unfit(source, _inside(source))
        else:
            yield from _below(child.path, relative + b"/", case)
    elif stat.S_ISREG(found.st_mode):
        yield Arrival(source, Name(child.name), Name(relative), found.st_size)
    else:
        yield Unfit(source, _special(source, found.st_mode))


class OpenFile:
    """A file that is being received: its bytes, and whether it stays the same while they are read.

    Raises:
        OSError: if it cannot be opened.
        RefusedError: ``not-a-file`` if it became something else since the walk.
    """

    def __init__(self, arrival: Arrival) -> None:
        follow = 0 if arrival.linked else os.O_NOFOLLOW
        # O_NONBLOCK: should a pipe have taken the file's place, opening it must not wait for a writer.
        descriptor = os.open(arrival.source.raw, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | follow)
        self.source = io.FileIO(descriptor, "rb")
        self._arrival = arrival
        self._before = os.fstat(descriptor)
        if not stat.S_ISREG(self._before.st_mode):
            self.close()
            raise _special(arrival.source, self._before.st_mode)

    @property
    def modified(self) -> Instant | None:
        """The file's modification time."""
        us = self._before.st_mtime_ns // 1000
        return Instant(us, "file") if abs(us) <= MAX_INTEGER else None

    def check_unchanged(self, size: int) -> None:
        """Refuse a file whose size or times are not what they were when it was opened.

        Args:
            size: how many bytes were read.

        Raises:
            RefusedError: ``file-changed``.
        """
        if _state(os.fstat(self.source.fileno())) != _state(self._before) or size != self._before.st_size:
            raise RefusedError(
                "file-changed",
                f"{self._arrival.source.display} changed while it was being read.",
                holds=_HOLDS,
                todo="Wait until whatever writes it has ended, then add it again.",
            )

    def close(self) -> None:
        """Close the file."""
        self.source.close()


def unreadable(source: Name, error: OSError) -> EveryAngleError:
    """Return what a failure to find or read a file is told as."""
    if isinstance(error, FileNotFoundError):
        return NotFoundError("file-missing", f"{source.display} does not exist.", holds=_HOLDS, todo="Check the path.")
    return StorageError(
        "file-unreadable",
        f"{source.display} cannot be read: {error.strerror or error}.",
        holds=_HOLDS,
        todo="Check its permissions and the disk that it lies on, then add it again.",
    )


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_within(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(folder.rstrip(b"/") + b"/")


def _inside(source: Name) -> RefusedError:
    return RefusedError(
        "inside-case", f"{source.display} is a part of the case itself.", holds=_HOLDS, todo="Name files outside it."
    )


def _special(source: Name, mode: int) -> EveryAngleError:
    if stat.S_ISLNK(mode):
        return RefusedError(
            "link-inside-folder",
            f"{source.display} is a symbolic link inside a folder, and is not followed.",
            holds=_HOLDS,
            todo="Name it, or what it leads to, on the command line.",
        )
    return BadInputError(
        "not-a-file",
        f"{source.display} is neither a file nor a folder (a pipe, socket or device).",
        holds=_HOLDS,
        todo="Save what it yields as a file, and add that.",
    )
