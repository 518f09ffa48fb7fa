"""Reading a dossier's folder, which may be hostile: links are not followed, pipes not waited for, nothing is run.

Says what lies there; what it should be is judged in :mod:`everyangle.dossier.check`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from everyangle.core.errors import BadInputError
from everyangle.dossier.manifest import ManifestFile
from everyangle.dossier.verdict import Step
from everyangle.record.verdict import Finding

CHUNK_BYTES = 1 << 20

MAX_STRAYS = 1000
"""How many things that do not belong are listed."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

_MADE_BY_FILE_BROWSERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})


def read_small(root: Path, path: str, limit: int) -> bytes | None:
    """Return the bytes of a plain file of at most ``limit`` bytes, or None for anything else or nothing."""
    try:
        return b"".join(_chunks(root, path, limit))
    except BadInputError:
        return None


def measure(root: Path, file: ManifestFile, progress: Callable[[int], None]) -> Finding | None:
    """Return what is wrong with a listed file, or None if it is as listed.

    Args:
        root: the dossier's folder.
        file: what the manifest lists.
        progress: told how many bytes more were read.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        if _status(root, file.path).st_size != file.size:
            return Finding(Step.FILES, file.path, "It has another size than listed.")
        for chunk in _chunks(root, file.path, file.size):
            digest.update(chunk)
            size += len(chunk)
            progress(len(chunk))
    except BadInputError as error:
        return Finding(Step.FILES, file.path, error.what)
    if (digest.hexdigest(), size) != (file.digest, file.size):
        return Finding(Step.FILES, file.path, "It is not the file that was sealed: its SHA-256 is another.")
    return None


def strays(root: Path, listed: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each thing in the folder that is not listed; such folders are not entered."""
    folders = {str(parent) for path in listed for parent in Path(path).parents}
    waiting = ["."]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as rows:
                found = sorted((row.name, row.is_dir(follow_symlinks=False)) for row in rows)
        except OSError as error:
            yield Finding(Step.FILES, folder, f"The folder could not be read ({error.strerror}).")
            continue
        for name, is_folder in found:
            path = name if folder == "." else f"{folder}/{name}"
            if is_folder and path in folders:
                waiting.append(path)
            elif is_folder or path not in listed:
                yield Finding(Step.FILES, os.fsencode(path).decode("utf-8", "replace"), _stray_message(name))


def _stray_message(name: str) -> str:
    if name in _MADE_BY_FILE_BROWSERS:
        return "It does not belong to the dossier; a file browser made it, and it can be deleted."
    return "It does not belong to the dossier."


def _chunks(root: Path, path: str, limit: int) -> Iterator[bytes]:
    status = _status(root, path)
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable("It is not a plain file.")
    if status.st_size > limit:
        raise _unreadable("It is larger than it may be.")
    left = limit
    try:
        with os.fdopen(os.open(root / path, _FLAGS), "rb", buffering=0) as stream:
            # Whoever can write here may have put something else in its place since it was looked at.
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise _unreadable("It is not a plain file.")
            while chunk := stream.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise _unreadable("It grew while it was read.")
                yield chunk
    except OSError as error:
        raise _unreadable(f"It could not be read ({error.strerror}).") from error


def _status(root: Path, path: str) -> os.stat_result:
    """Return what lies at a path, if every folder above it is a plain one."""
    try:
        for parent in list(Path(path).parents)[-2::-1]:
            if not stat.S_ISDIR((root / parent).lstat().st_mode):
                raise _unreadable("It lies in something that is not a plain folder.")
        return (root / path).lstat()
    except FileNotFoundError as error:
        raise _unreadable("It is missing.") from error
    except (OSError, ValueError) as error:
        raise _unreadable("It could not be looked at.") from error


def _unreadable(what: str) -> BadInputError:
    return BadInputError("dossier-file", what)
