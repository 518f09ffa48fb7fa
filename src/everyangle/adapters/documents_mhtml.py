"""MHTML: a page that a browser saved with everything in it (RFC 2557). Reads the page, not its pictures."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from everyangle.adapters.documents_errors import too_large, unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import UNSAID, Named, Said
from everyangle.adapters.documents_trafilatura import Page, read_page
from everyangle.ports.documents import DocumentsRead, Original

_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return what the page says that an MHTML file holds."""
    data = source.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large(original.path, f"of a page at most {limits.file_bytes:,} bytes are read")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    part = _page_of(message)
    if part is None:
        raise unreadable(original.path, "no page is in it")
    payload = part.get_payload(decode=True)
    page = Page(
        Named(original.path, original.digest),
        payload if isinstance(payload, bytes) else b"",
        charset=str(part.get_content_charset() or ""),
        address=str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""),
        captured=_saved(message),
    )
    return read_page(page, limits)


def _page_of(message: Message) -> Message | None:
    """Return the part that the others belong to: the one that the envelope names, or else the first page."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = [part for part in pages if start and part.get("Content-ID") == start]
    return next(iter(named or pages), None)


def _saved(message: Message) -> Said:
    try:
        saved = parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, IndexError):
        return UNSAID
    aware = saved if saved.tzinfo else saved.replace(tzinfo=UTC)
    return Said(aware.replace(microsecond=0).isoformat(), "mhtml date")
