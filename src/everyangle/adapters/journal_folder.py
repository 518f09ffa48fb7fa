"""A journal in a folder: segment files, written at the end only, one ``fdatasync`` for each call.

A segment begins ``everyangle.journal/1``, its number, how many bytes of the segment before it count, and a CRC-32 of
these; then come records: length and CRC-32 (4 bytes each, big-endian), bytes. Room is set aside when a segment is made,
so a record finds no full disk. What was not acknowledged never counts: opening a journal, or an error while writing,
begins a new segment, whose first line says where the one before it ends. Of a segment that is dropped while the one
before it is still there, this line stays, as ``NUMBER.head``. CRCs find torn ends and rot, not forgery: chunks are
signed.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_file
from everyangle.core.errors import ConflictError, IntegrityError
from everyangle.ports.journal import MAX_RECORD_BYTES, Pieces, Place

SEGMENT_BYTES = 64 << 20
"""Size of a segment; what comes in one call and is larger has one of its own."""

_MAGIC = b"everyangle.journal/1\n"
_NUMBERS = struct.Struct(">QQ")
_HEAD_BYTES = len(_MAGIC) + _NUMBERS.size + 4
_FRAME = struct.Struct(">II")
_NAME = re.compile(r"([0-9]{12})\.(journal|head)")
_MODE = 0o600


class FolderJournal:
    """The journal below one folder, for one process at a time.

    Args:
        folder: made if it is not there.
        disk: the steps that change the disk.
        segment_bytes: size of a segment.

    Raises:
        ConflictError: ``journal-locked`` where another process has it open.
        StorageError: ``disk-full`` or ``storage-failed``.
    """

    def __init__(self, folder: Path, disk: Disk | None = None, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = folder
        self._disk = disk or Disk()
        self._segment_bytes = segment_bytes
        self._damage: list[str] = []
        self._damaged: set[int] = set()
        self._descriptor = -1
        self._active = self._end = self._size = 0
        self._spoiled = False
        with storage_errors(f"Opening the journal in {folder}"):
            make_folder(self._disk, folder, 0o700)
            self._lock = self._locked()
            try:
                self._ends, last = self._recover()
                # What lies in the last segment may have been written and not waited for.
                self._disk.fsync_all([self._path(number) for number in list(self._ends)[-1:]])
                self._begin(1 + last)
            except BaseException:
                self.close()
                raise

    @property
    def damage(self) -> Sequence[str]:
        """What could not be read."""
        return tuple(self._damage)

    @property
    def active(self) -> int:
        """Number of the segment that is written to."""
        return self._active

    def append(self, records: Sequence[Pieces]) -> Sequence[Place]:
        """Add records and wait until they are durable."""
        with storage_errors(f"Writing to the journal in {self._folder}"):
            # All in one segment, so that an error takes all of them back.
            needed = sum(_FRAME.size + sum(map(len, record)) for record in records)
            if self._spoiled or self._end + needed > self._size:
                self._begin(self._active + 1, max(self._segment_bytes, _HEAD_BYTES + needed))
            pieces, places, end = self._framed(records)
            try:
                self._disk.write_at(self._descriptor, pieces, self._end)
                self._disk.datasync(self._descriptor)
            except OSError:
                # Nobody knows what is on the disk behind the end that was waited for: it must not count.
                self._spoiled = True
                raise
            self._end = self._ends[self._active] = end
            return places

    def records(self) -> Iterator[tuple[Place, bytes]]:
        """Yield every record in order; what cannot be read in a segment is told in ``damage``."""
        for number, end in list(self._ends.items()):
            reached = _HEAD_BYTES
            with storage_errors(f"Reading the journal in {self._folder}"):
                for place, data in _records(self._path(number), number, end):
                    reached = place.offset + place.length
                    yield place, data
            if reached < end and number not in self._damaged:
                self._damage.append(f"{self._path(number).name} cannot be read from byte {reached:,} to {end:,}")
                self._damaged.add(number)

    def read(self, place: Place) -> bytes:
        """Return one record again."""
        path = self._path(place.segment)
        with storage_errors(f"Reading the journal in {self._folder}"), path.open("rb", buffering=0) as file:
            data = os.pread(file.fileno(), _FRAME.size + place.length, place.offset - _FRAME.size)
        if len(data) < _FRAME.size or _frame(place.segment, memoryview(data)[_FRAME.size :]) != data[: _FRAME.size]:
            raise IntegrityError(
                "journal-damaged",
                f"{path} does not hold what was written at {place.offset}.",
                todo="Restore the file from a copy of the disk.",
            )
        return data[_FRAME.size :]

    def segments(self) -> Sequence[int]:
        """Return the numbers of the segments."""
        return list(self._ends)

    def drop(self, segment: int) -> None:
        """Remove a segment, or put a damaged one aside."""
        if segment == self._active:
            raise ValueError("the active segment")
        with storage_errors(f"Removing from the journal in {self._folder}"):
            path, before = self._path(segment), self._ends.get(segment - 1)
            if before is not None:
                left = path.with_suffix(".head")
                write_file(self._disk, left, _head(segment, before), left.with_suffix(".new"), _MODE)
            if segment in self._damaged:
                self._disk.rename(path, path.with_suffix(".damaged"))
            else:
                self._disk.unlink(path)
            self._ends.pop(segment, None)
            self._disk.unlink(self._path(segment + 1).with_suffix(".head"))

    def room(self) -> int:
        """Return how many bytes the file system has left for this user."""
        found = os.statvfs(self._folder)
        return found.f_bavail * found.f_frsize

    def close(self) -> None:
        """Close the files and release the lock."""
        for descriptor in (self._descriptor, self._lock):
            if descriptor >= 0:
                os.close(descriptor)
        self._descriptor = self._lock = -1

    def _locked(self) -> int:
        descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise ConflictError(
                "journal-locked",
                f"Another server has the journal at {self._folder} open.",
                holds="Nothing was changed.",
                todo="Stop the other server first, or serve another folder.",
            ) from None
        return descriptor

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:012d}.journal"

    def _begin(self, number: int, size: int | None = None) -> None:
        """Begin a segment: durable with its name before anything is written into it."""
        head = _head(number, self._ends.get(number - 1, 0))
        self._disk.unlink(self._path(number))
        descriptor = self._disk.create(self._path(number), _MODE)
        try:
            self._disk.allocate(descriptor, size or self._segment_bytes)
            self._disk.write_at(descriptor, [head], 0)
            self._disk.fsync_all([self._path(number)])
            self._disk.fsync_all([self._folder])
        except OSError:
            os.close(descriptor)
            with suppress(OSError):
                self._disk.unlink(self._path(number))
            raise
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._active, self._end = descriptor, number, _HEAD_BYTES
        self._size, self._spoiled = size or self._segment_bytes, False
        self._ends[number] = _HEAD_BYTES

    def _framed(self, records: Sequence[Pieces]) -> tuple[list[bytes | memoryview], list[Place], int]:
        """Return the pieces of records on disk, their places, and where they end."""
        pieces: list[bytes | memoryview] = []
        places: list[Place] = []
        end = self._end
        for record in records:
            length = sum(map(len, record))
            if not 1 <= length <= MAX_RECORD_BYTES:
                raise ValueError("a record of impossible length")
            pieces += [_frame(self._active, *record), *record]
            places.append(Place(self._active, end + _FRAME.size, length))
            end += _FRAME.size + length
        return pieces, places, end

    def _recover(self) -> tuple[dict[int, int], int]:
        """Return where each segment ends, as the next one says or else its records; and the last number in use."""
        named = {
            (int(m[1]), m[2]): path for path in sorted(self._folder.iterdir()) if (m := _NAME.fullmatch(path.name))
        }
        last = max((number for number, kind in named if kind == "journal"), default=0)
        stated: dict[int, int] = {}
        whole: list[int] = []
        for (number, kind), path in named.items():
            before = _read_head(path, number)
            if before is not None:
                stated[number - 1] = before
            if kind == "head" and (number - 1, "journal") not in named:
                self._disk.unlink(path)  # nobody asks for it any more
            elif kind == "journal" and before is None:
                self._headless(number, path, last=number == last)
            elif kind == "journal":
                whole.append(number)
        ends = {number: self._end_of(number, stated.get(number)) for number in whole}
        return ends, max((*ends, *(before + 1 for before in stated)), default=0)

    def _headless(self, number: int, path: Path, *, last: bool) -> None:
        if last:
            self._disk.unlink(path)  # the server died while it was made: nothing was ever written into it
        else:
            self._damage.append(f"{path.name} has no head; it was put aside")
            self._disk.rename(path, path.with_suffix(".damaged"))
        self._damaged.discard(number)

    def _end_of(self, number: int, stated: int | None) -> int:
        """Return where a segment ends: as the next one says, else where its records end."""
        if stated is not None:
            return stated
        end = _HEAD_BYTES
        for place, _ in _records(self._path(number), number, None):
            end = place.offset + place.length
        return end


def _head(number: int, before: int) -> bytes:
    data = _MAGIC + _NUMBERS.pack(number, before)
    return data + zlib.crc32(data).to_bytes(4, "big")


def _read_head(path: Path, number: int) -> int | None:
    """Return how much of the segment before counts, or None where there is no whole head."""
    with path.open("rb") as file:
        data = file.read(_HEAD_BYTES)
    if len(data) < _HEAD_BYTES or zlib.crc32(data[:-4]).to_bytes(4, "big") != data[-4:] or data[:21] != _MAGIC:
        return None
    found, before = _NUMBERS.unpack(data[len(_MAGIC) : -4])
    return before if found == number else None


def _frame(segment: int, *pieces: bytes | memoryview) -> bytes:
    crc, length = zlib.crc32(segment.to_bytes(8, "big")), 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        length += len(piece)
    return _FRAME.pack(length, crc)


def _records(path: Path, number: int, end: int | None) -> Iterator[tuple[Place, bytes]]:
    """Yield records up to the stated end, or to the first that is none."""
    with path.open("rb") as file:
        file.seek(_HEAD_BYTES)
        offset = _HEAD_BYTES
        while end is None or offset < end:
            frame = file.read(_FRAME.size)
            length = _FRAME.unpack(frame)[0] if len(frame) == _FRAME.size else 0
            offset += _FRAME.size
            if not 1 <= length <= MAX_RECORD_BYTES or (end is not None and offset + length > end):
                return
            data = file.read(length)
            if len(data) < length or _frame(number, data) != frame:
                return
            yield Place(number, offset, length), data
            offset += length
