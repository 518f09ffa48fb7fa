"""Reading and writing by descriptor, with a position of one's own: the descriptor's shared position is never used."""

from __future__ import annotations

import os


class DescriptorFile:
    """A seekable binary file over a descriptor, as PyAV wants one. Does not own or close the descriptor.

    Args:
        descriptor: open for what is done with it.
        end: where reading ends, in bytes, if that is before the end of the file.
        start: which byte of the file is byte 0 here, for reading.
    """

    def __init__(self, descriptor: int, end: int | None = None, start: int = 0) -> None:
        self._descriptor = descriptor
        self._end = end
        self._start = start
        self.failure: OSError | None = None
        self._position = 0

    def read(self, count: int = -1) -> bytes:
        """Return up to ``count`` bytes from the position, nothing at the end."""
        left = max(0, self.size() - self._position)
        wanted = left if count < 0 else min(count, left)
        data = os.pread(self._descriptor, wanted, self._start + self._position)
        self._position += len(data)
        return data

    def write(self, data: bytes) -> int:
        """Write all of ``data`` at the position; what fails is kept in ``failure``, since FFmpeg forgets it."""
        rest = memoryview(data)
        while rest:
            try:
                written = os.pwrite(self._descriptor, rest, self._position)
            except OSError as error:
                self.failure = error
                raise
            self._position += written
            rest = rest[written:]
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position and return it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size()}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def size(self) -> int:
        """Return the size in bytes."""
        size = os.fstat(self._descriptor).st_size
        return max(0, (size if self._end is None else min(size, self._end)) - self._start)

    def seekable(self) -> bool:
        """Say that seeking works."""
        return True

    def another(self) -> DescriptorFile:
        """Return the same file with a position of its own, at the beginning."""
        return DescriptorFile(self._descriptor)

    def close(self) -> None:
        """Leave the descriptor open: it belongs to the caller."""
