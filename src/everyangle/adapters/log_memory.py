"""A log in memory: the same bytes at the same paths as in a folder, for tests and for what need not last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from everyangle.adapters.log_commit import commit, stored_checkpoint, stored_entries, stored_tree
from everyangle.core.errors import ConflictError, NotFoundError
from everyangle.ports.log import Appended
from everyangle.ports.signing import Signer
from everyangle.record import tiles
from everyangle.record.merkle import Tree


class MemoryFiles:
    """What several openers of one log in memory share: its files, and who writes."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.writer: object | None = None


class MemoryLog:
    """A log in a dictionary.

    Args:
        origin: its name.
        signer: the case's key, or None for reading only.
        shared: the files, when the log is opened again.
    """

    def __init__(self, origin: str, signer: Signer | None, shared: MemoryFiles | None = None) -> None:
        self._origin = origin
        self._signer = signer
        self.shared = shared or MemoryFiles()
        self._depth = 0

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._origin

    @property
    def size(self) -> int:
        """How many entries the checkpoint covers."""
        checkpoint = stored_checkpoint(self.resource, self._origin)
        return checkpoint.size if checkpoint else 0

    def checkpoint(self) -> bytes:
        """Return the signed note."""
        data = self.resource(tiles.CHECKPOINT)
        if data is None:
            raise NotFoundError("case-missing", f"There is no log of {self._origin}.")
        return data

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Be the one writer."""
        if self.shared.writer not in (None, self):
            raise ConflictError("case-locked", "Another writer holds the log.")
        self.shared.writer = self
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.shared.writer = None

    def append(self, entries: Sequence[bytes]) -> Appended:
        """Add entries in one commit."""
        with self.writer():
            tree = self.tree()
            old = tree.size
            written = commit(self.resource, self._origin, self._signer, tree, entries)
            self.shared.files |= written.files
            self.shared.files[tiles.CHECKPOINT] = written.checkpoint
            for path in written.stale:
                self.shared.files.pop(path, None)
            if self._signer:
                self._signer.saw(written.checkpoint)
            return Appended(range(old, tree.size), written.checkpoint)

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield entries."""
        size = self.size
        return stored_entries(self.resource, start, size if stop is None else min(stop, size), size)

    def tree(self) -> Tree:
        """Return the tree of the checkpoint's size."""
        return stored_tree(self.resource, stored_checkpoint(self.resource, self._origin))

    def resource(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None."""
        return self.shared.files.get(path)

    def resources(self) -> Iterator[str]:
        """Yield every path."""
        return iter(sorted(self.shared.files))
