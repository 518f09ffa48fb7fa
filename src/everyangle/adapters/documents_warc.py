"""Web archives: WARC (ISO 28500, packed or not) and WACZ. Each page in one that has a text is a document."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from everyangle.adapters.documents_errors import BROKEN_ZIP, missing, too_large, unread, unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import Named, Said
from everyangle.adapters.documents_trafilatura import Page, read_page
from everyangle.core.accounts import AccountDocument, Notice
from everyangle.core.errors import BadInputError, LimitError
from everyangle.ports.documents import DocumentsRead, Original

_PAGES = ("text/html", "application/xhtml+xml")
_TOLD = 5
_CHUNK = 1 << 16


def read_warc(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return the pages of a WARC file."""
    reading = _Reading(original, limits)
    reading.take(source)
    return reading.result()


def read_wacz(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return the pages of a WACZ file: those that it lists as its pages, or all where it lists none."""
    reading = _Reading(original, limits)
    try:
        with zipfile.ZipFile(source) as packed:
            names = [name for name in packed.namelist() if name.endswith((".warc", ".warc.gz"))]
            if not names:
                raise unreadable(original.path, "no web archive is in it")
            reading.listed = _listed(packed, limits)
            for name in sorted(names):
                with packed.open(name) as inner:
                    reading.take(inner)
    except BROKEN_ZIP as error:
        if not reading.documents:
            raise unreadable(original.path, f"it is broken ({error})") from error
        reading.notices.append(Notice(original.path, "document-cut-off", f"The archive is broken ({error})."))
    return reading.result()


@dataclass
class _Reading:
    """What was read of one archive so far."""

    original: Original
    limits: DocumentLimits
    listed: frozenset[str] = frozenset()
    documents: list[AccountDocument] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unpacked: int = 0
    met: set[tuple[str, bytes]] = field(default_factory=set)

    def take(self, stream: Any) -> None:
        """Read the pages of one WARC stream; where it breaks off, what came before it counts."""
        archive, broken = _archive_iterator(self.original.path)
        try:
            for record in archive(stream, no_record_parse=False):
                self._meet(record)
                self._spend(record.raw_stream)
        except broken as error:
            self.notices.append(
                Notice(
                    self.original.path,
                    "document-cut-off",
                    f"The archive breaks off ({error}); what came before was read.",
                )
            )

    def result(self) -> DocumentsRead:
        """Return what was read.

        Raises:
            BadInputError: ``document-unreadable`` where no page has a text.
        """
        if not self.documents:
            why = self.failed[0] if self.failed else self.notices[-1].message if self.notices else "it holds no page"
            raise unread("document-unreadable", f"{self.original.path}: no page in it could be read. {why}")
        if self.failed:
            more = f" and {len(self.failed) - _TOLD} more" if len(self.failed) > _TOLD else ""
            words = f"{len(self.failed)} pages in it have no text: " + " ".join(self.failed[:_TOLD]) + more
            self.notices.append(Notice(self.original.path, "pages-without-text", words))
        return DocumentsRead(tuple(self.documents), tuple(self.notices))

    def _meet(self, record: Any) -> None:
        address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        if not _is_page(record) or (self.listed and address not in self.listed):
            return
        data = self._bytes(record.content_stream())
        if (address, data) in self.met or len(self.met) >= self.limits.pages:
            return
        self.met.add((address, data))
        content_type = _header(record, "Content-Type")
        _, _, charset = content_type.lower().partition("charset=")
        date = str(record.rec_headers.get_header("WARC-Date") or "")
        page = Page(
            Named(f"{self.original.path}#{address}", self.original.digest),
            data,
            charset=charset.split(";")[0].strip(" \"'"),
            address=address,
            captured=Said(date.partition(".")[0] if "." in date else date, "warc-date"),
        )
        try:
            read = read_page(page, self.limits)
        except (BadInputError, LimitError) as error:
            self.failed.append(error.what)
            return
        self.documents += read.documents
        self.notices += read.notices

    def _bytes(self, stream: Any) -> bytes:
        found = bytearray()
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            found += chunk
            self._count(len(chunk))
            if len(found) > self.limits.file_bytes:
                raise too_large(self.original.path, f"a page in it has more than {self.limits.file_bytes:,} bytes")
        return bytes(found)

    def _spend(self, stream: Any) -> None:
        """Read what is left of a record, so that a packed bomb is met here and not in the iterator."""
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            self._count(len(chunk))

    def _count(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_bytes:
            raise too_large(self.original.path, f"it unpacks to more than {self.limits.unpacked_bytes:,} bytes")


def _archive_iterator(path: str) -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException
    except ImportError as error:
        raise missing(path, "documents", "warcio") from error
    broken = (ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, EOFError, ValueError, AttributeError)
    return ArchiveIterator, broken


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        status = "" if record.http_headers is None else record.http_headers.get_statuscode()
        return status == "200" and _header(record, "Content-Type").lower().startswith(_PAGES)
    return record.rec_type == "resource" and _header(record, "Content-Type").lower().startswith(_PAGES)


def _header(record: Any, name: str) -> str:
    headers = record.rec_headers if record.http_headers is None else record.http_headers
    return str(headers.get_header(name) or "")


def _listed(packed: zipfile.ZipFile, limits: DocumentLimits) -> frozenset[str]:
    """Return the addresses that a WACZ lists as its pages (pages/pages.jsonl)."""
    try:
        with packed.open("pages/pages.jsonl") as file:
            lines = file.read(min(limits.text_bytes, 1 << 24)).decode("utf-8", "replace").splitlines()
    except KeyError:
        return frozenset()
    return frozenset(_addresses(lines))


def _addresses(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(fields, dict) and isinstance(fields.get("url"), str):
            yield fields["url"]
