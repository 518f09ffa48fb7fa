"""Documents read by trafilatura (HTML without its clutter) and as plain text. Reads neither PDF nor office files."""

from __future__ import annotations

import codecs
import logging

import trafilatura
from charset_normalizer import from_bytes

from everyangle.core.errors import BadInputError
from everyangle.ports.documents import DocumentText

MAX_BYTES = 20_000_000
"""Larger documents are kept but not read."""

_PLAIN = frozenset({"text/plain", "text/markdown", "text/csv", "text/vtt", "application/x-subrip", "application/json"})
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class TrafilaturaDocuments:
    """Reads HTML and plain text."""

    recipe = f"text/1 trafilatura {trafilatura.__version__}"

    def __init__(self) -> None:
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def read(self, data: bytes, media_type: str) -> DocumentText:
        """Return the text of a document.

        Raises:
            BadInputError: ``document-too-large``, ``document-type-unread`` or ``document-unreadable``.
        """
        if len(data) > MAX_BYTES:
            raise _unread("document-too-large", f"It has {len(data):,} bytes; at most {MAX_BYTES:,} are read.")
        if media_type in _PLAIN:
            return DocumentText(_decoded(data))
        if media_type == "text/html":
            return _page(_decoded(data))
        raise _unread("document-type-unread", f"Text is not read from {media_type} yet.")


def _page(html: str) -> DocumentText:
    try:
        found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    except (ValueError, RecursionError) as error:
        raise _unread("document-unreadable", f"The page could not be parsed: {error}.") from error
    fields = found if isinstance(found, dict) else {} if found is None else found.as_dict()
    if not fields.get("text"):
        raise _unread("document-unreadable", "No article text was found in the page.")
    return DocumentText(
        text=str(fields["text"]),
        title=fields.get("title") or "",
        publisher=fields.get("sitename") or "",
        published=fields.get("date") or "",
    )


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        guess = from_bytes(data).best()
        return data.decode("cp1252", "replace") if guess is None else str(guess)


def _unread(code: str, what: str) -> BadInputError:
    return BadInputError(code, what, holds="The document is preserved as received.")
