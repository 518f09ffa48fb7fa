"""Documents read in this very process, each kind by its own reader. For received files use ``documents_walled``."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from importlib import metadata
from typing import BinaryIO

from everyangle.adapters.documents_docx import read_docx
from everyangle.adapters.documents_errors import out_of_memory, unread, unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_mhtml import read_mhtml
from everyangle.adapters.documents_pdf import read_pdf
from everyangle.adapters.documents_plain import read_markdown, read_plain
from everyangle.adapters.documents_subtitles import read_subtitles
from everyangle.adapters.documents_trafilatura import read_html
from everyangle.adapters.documents_transcript import read_transcript
from everyangle.adapters.documents_warc import read_wacz, read_warc
from everyangle.ports.documents import DocumentsRead, Original

Reader = Callable[[BinaryIO, Original, DocumentLimits], DocumentsRead]

_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READERS: dict[str, Reader] = {
    "text/plain": read_plain,
    "text/csv": read_plain,
    "text/markdown": read_markdown,
    "text/html": read_html,
    "multipart/related": read_mhtml,
    "application/warc": read_warc,
    "application/wacz": read_wacz,
    "application/pdf": read_pdf,
    _OFFICE: read_docx,
    "application/x-subrip": read_subtitles,
    "text/vtt": read_subtitles,
    "application/json": read_transcript,
}
_CONVERT = "Save it as PDF, DOCX or plain text, and add that as well."
_HINTS = {
    "application/x-ole-storage": "It is an old Word file or an encrypted one. " + _CONVERT,
    "application/rtf": _CONVERT,
    "application/vnd.oasis.opendocument.text": _CONVERT,
}
_PACKAGES = ("charset-normalizer", "lxml", "pypdfium2", "python-docx", "trafilatura", "warcio")


class InProcessDocuments:
    """Reads documents right here, as fast as it goes and with no wall around hostile bytes.

    Args:
        limits: of size; those of memory and time are the wall's.
    """

    def __init__(self, limits: DocumentLimits | None = None) -> None:
        self._limits = limits or DocumentLimits()
        self.recipe = recipe()

    def read(self, source: BinaryIO, original: Original) -> DocumentsRead:
        """Return what a document says, as :meth:`everyangle.ports.documents.Documents.read` tells."""
        return read_descriptor(source.fileno(), original, self._limits)


def read_descriptor(descriptor: int, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return what the document says that is open under a descriptor."""
    reader = _READERS.get(original.media_type)
    if reader is None:
        todo = _HINTS.get(original.media_type, "")
        raise unread("document-type-unread", f"Text is not read from {original.path} ({original.media_type}).", todo)
    try:
        return reader(io.BufferedReader(_FileOf(descriptor), 1 << 16), original, limits)
    except MemoryError as error:
        raise out_of_memory(original.path) from error
    except OSError as error:  # a directory inside the file points outside it, or the disk fails
        raise unreadable(original.path, error) from error


def recipe() -> str:
    """Return the readers' names and versions; what is not installed reads nothing, and says so."""
    return "documents/4 " + " ".join(f"{package} {_version(package)}" for package in _PACKAGES)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


class _FileOf(io.RawIOBase):
    """A file by descriptor, read from its start with a position of its own. Does not own the descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._position = descriptor, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be positioned."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # a memoryview is all that is passed
        """Read at the position."""
        data = os.pread(self._descriptor, len(buffer), self._position)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position and return it."""
        bases = {os.SEEK_SET: 0, os.SEEK_CUR: self._position}
        base = bases[whence] if whence in bases else os.fstat(self._descriptor).st_size
        if base + offset < 0:
            raise OSError("before the beginning")
        self._position = base + offset
        return self._position
