"""What every store of blobs must do. Subclass :class:`BlobsContract` and give it an empty ``blobs`` fixture."""

from __future__ import annotations

import errno
import hashlib
import io

import pytest

from everyangle.core.errors import NotFoundError
from everyangle.core.ids import Digest
from everyangle.ports.blobs import Blobs, Stored

MISSING = Digest("0" * 64)


class BrokenSource(io.RawIOBase):
    """A source that yields some bytes and then fails, as a bad disk does."""

    def __init__(self, good: int) -> None:
        self._good = good

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # a memoryview is all that is passed
        """Yield zeros, then fail."""
        if not self._good:
            raise OSError(errno.EIO, "Input/output error")
        count = min(len(buffer), self._good)
        buffer[:count] = bytes(count)
        self._good -= count
        return count


def stored(data: bytes) -> Stored:
    """Return what a store must say of some bytes."""
    return Stored(Digest(hashlib.sha256(data).hexdigest()), len(data))


class BlobsContract:
    """Behaviours of a store of blobs."""

    @pytest.mark.parametrize("size", [0, 1, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5_000_003])
    def test_bytes_come_back_as_they_were_put(self, blobs: Blobs, size: int) -> None:
        """Sizes around the buffers' edges, and nothing at all."""
        data = bytes(range(251)) * (size // 251 + 1)
        data = data[:size]
        kept = blobs.put(io.BytesIO(data))
        assert kept == stored(data)
        with blobs.open(kept.digest) as file:
            assert file.read() == data
        assert blobs.size(kept.digest) == size
        assert blobs.verify(kept.digest) == kept

    def test_a_source_that_yields_little_at_a_time_is_read_to_its_end(self, blobs: Blobs) -> None:
        """As a pipe or a network does."""

        class Dripping(io.BytesIO):
            def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # as in BrokenSource
                return super().readinto(buffer[:7])

        assert blobs.put(Dripping(b"drop by drop, and all of it")) == stored(b"drop by drop, and all of it")

    def test_what_was_taken_is_not_listed_before_it_is_kept(self, blobs: Blobs) -> None:
        """Taking promises nothing."""
        held = blobs.take(io.BytesIO(b"held"))
        assert held.stored == stored(b"held")
        assert not blobs.has(held.stored.digest)
        assert list(blobs) == []
        blobs.keep([held])
        assert list(blobs) == [held.stored.digest]

    def test_what_was_dropped_is_gone(self, blobs: Blobs) -> None:
        """And dropping twice does no harm."""
        held = blobs.take(io.BytesIO(b"held"))
        blobs.drop(held)
        blobs.drop(held)
        assert list(blobs) == []
        assert blobs.sweep() == 0

    def test_many_are_kept_together_and_listed_in_order(self, blobs: Blobs) -> None:
        """The same bytes twice among them are one blob."""
        contents = [str(number).encode() for number in (*range(20), 7)]
        blobs.keep([blobs.take(io.BytesIO(data)) for data in contents])
        assert list(blobs) == sorted({stored(data).digest for data in contents})
        assert list(blobs.strays()) == []

    def test_putting_the_same_bytes_again_changes_nothing(self, blobs: Blobs) -> None:
        """One blob, however often it comes."""
        first = blobs.put(io.BytesIO(b"twice"))
        assert blobs.put(io.BytesIO(b"twice")) == first
        assert list(blobs) == [first.digest]

    @pytest.mark.parametrize("good", [0, 10, 3 << 20])
    def test_a_source_that_fails_leaves_nothing(self, blobs: Blobs, good: int) -> None:
        """The source's own error comes out, and nothing is held."""
        with pytest.raises(OSError, match="Input/output error"):
            blobs.take(BrokenSource(good))
        assert list(blobs) == []
        assert blobs.sweep() == 0

    def test_progress_adds_up_to_the_size(self, blobs: Blobs) -> None:
        """For taking and for verifying."""
        told: list[int] = []
        held = blobs.take(io.BytesIO(bytes(3_000_000)), told.append)
        blobs.keep([held])
        assert sum(told) == 3_000_000
        told.clear()
        blobs.verify(held.stored.digest, told.append)
        assert sum(told) == 3_000_000

    def test_a_missing_blob_is_told_as_missing(self, blobs: Blobs) -> None:
        """By every way of asking for it."""
        assert not blobs.has(MISSING)
        for ask in (blobs.open, blobs.size, blobs.verify, blobs.local_path):
            with pytest.raises(NotFoundError) as told:
                ask(MISSING)
            assert told.value.code == "blob-missing"

    def test_a_local_path_leads_to_the_same_bytes(self, blobs: Blobs) -> None:
        """Where there is one at all."""
        kept = blobs.put(io.BytesIO(b"here"))
        path = blobs.local_path(kept.digest)
        assert path is None or path.read_bytes() == b"here"
