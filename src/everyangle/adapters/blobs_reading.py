"""Reading a source once while hashing and writing it: the loop behind ``blobs_filesystem``.

Small sources go through one thread. Large ones are hashed by a second thread while the first writes, since hashlib and
the system's calls both run without Python's lock. Every buffer is read once, hashed and written from the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from everyangle.core.ids import Digest
from everyangle.ports.blobs import Progress, Source, Stored

BUFFER = 1 << 18
"""Bytes of one buffer: fits the processor's second-level cache, so that hashing finds what reading brought.

Not larger: Linux serves a write of 1 MiB with single large pages of its cache, and finding such pages took 2 to 5 s of
system time a GiB where pieces of 256 KiB took 0.5 s (measured on Linux 6.18, ext4).
"""

_RING = 8
"""Buffers in flight between the two threads."""

Write = Callable[[memoryview], None]


def copy_hashing(source: Source, write: Write, progress: Progress | None = None) -> Stored:
    """Read a source to its end, pass every byte to ``write``, and return digest and size.

    Raises:
        OSError: as the source or ``write`` raises it.
    """
    hasher = hashlib.sha256()
    size = 0
    buffer = memoryview(bytearray(BUFFER))
    count = source.readinto(buffer) or 0
    if count == BUFFER:
        return _copy_in_two_threads(source, write, progress, hasher, buffer)
    while count:
        hasher.update(buffer[:count])
        write(buffer[:count])
        _tell(progress, count)
        size += count
        count = source.readinto(buffer) or 0
    return Stored(Digest(hasher.hexdigest()), size)


def _copy_in_two_threads(
    source: Source, write: Write, progress: Progress | None, hasher: hashlib._Hash, buffer: memoryview
) -> Stored:
    # A buffer is free again when it was hashed; it was written before the next one is asked for.
    free: SimpleQueue[memoryview] = SimpleQueue()
    full: SimpleQueue[tuple[memoryview, int] | None] = SimpleQueue()

    def hash_all() -> None:
        while (job := full.get()) is not None:
            hasher.update(job[0][: job[1]])
            free.put(job[0])

    worker = Thread(target=hash_all, name="hash", daemon=True)
    worker.start()
    for _ in range(_RING - 1):
        free.put(memoryview(bytearray(BUFFER)))
    size, count = 0, BUFFER
    try:
        while count:
            full.put((buffer, count))
            write(buffer[:count])
            _tell(progress, count)
            size += count
            buffer = free.get()
            count = source.readinto(buffer) or 0
    finally:
        full.put(None)
        worker.join()
    return Stored(Digest(hasher.hexdigest()), size)


def _tell(progress: Progress | None, count: int) -> None:
    if progress:
        progress(count)
