"""Auditing a store of blobs: everything that the log cites is hashed again, and what it does not cite is named."""

from __future__ import annotations

from collections.abc import Mapping

from everyangle.core.errors import IntegrityError, NotFoundError, StorageError
from everyangle.core.ids import Digest
from everyangle.ports.blobs import Blobs
from everyangle.ports.events import Advanced, Events
from everyangle.record.verdict import Finding

STEP = "verify"


class BlobAudit:
    """Hashes what the log cites of one store, and what it does not."""

    def __init__(self, name: str, store: Blobs, cited: Mapping[Digest, int], events: Events) -> None:
        self.findings: list[Finding] = []
        self.notices: list[Finding] = []
        self.blobs = self.size = 0
        self._name, self._store, self._cited, self._events = name, store, cited, events

    def run(self) -> None:
        """Check every blob, cited or not."""
        for digest, size in self._cited.items():
            self._check(digest, size)
        for digest in self._store:
            if digest not in self._cited:
                self._check(digest, None)
                self._notice("blob-uncited", self._place(digest), "no entry cites it")
        for stray in self._store.strays():
            self._notice("file-foreign", f"{self._name}/{stray}", "it is not named by a digest, and is ignored")

    def _check(self, digest: Digest, size: int | None) -> None:
        place = self._place(digest)
        try:
            stored = self._store.verify(digest, lambda count: self._events(Advanced(STEP, count, digest[:10])))
        except (NotFoundError, IntegrityError, StorageError) as error:
            self.findings.append(Finding(error.code, place, error.what))
            return
        self.blobs += 1
        self.size += stored.size
        if size is not None and stored.size != size:
            message = f"it has {stored.size} bytes; the log says {size}"
            self.findings.append(Finding("size-wrong", place, message))

    def _place(self, digest: Digest) -> str:
        return f"{self._name}/sha256/{digest[:2]}/{digest[2:]}"

    def _notice(self, code: str, place: str, message: str) -> None:
        self.notices.append(Finding(code, place, message))
