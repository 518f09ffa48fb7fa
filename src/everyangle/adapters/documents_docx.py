"""Word documents (DOCX, ECMA-376) opened by python-docx: body and tables in order, without headers, footers, notes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from everyangle.adapters.documents_errors import BROKEN_ZIP, missing, too_large, unread, unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import UNSAID, Facts, Named, Said, document, one_line, paragraphs
from everyangle.core.accounts import Notice
from everyangle.ports.documents import DocumentsRead, Original

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pict", f"{_W}fldChar", f"{_W}instrText"})
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_TEXT = f"{_W}t"
_PARAGRAPH = f"{_W}p"
_ROW, _CELL = f"{_W}tr", f"{_W}tc"
_MOST_PARTS = 20_000


def read_docx(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return the text of a Word document, changes tracked in it taken as accepted."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml import etree
    except ImportError as error:
        raise missing(original.path, "documents", "python-docx") from error
    _check_size(source, original, limits)
    try:
        opened: Any = docx.Document(source)
        body = opened.element.body
        lines = list(_lines(body))
        facts = _facts(opened)
    except (OpcError, etree.LxmlError, AttributeError, *BROKEN_ZIP) as error:
        raise unreadable(original.path, f"it is no whole Word document ({error})") from error
    text = paragraphs(lines)
    if not text:
        raise unread("document-empty", f"{original.path} holds no text; pictures in it are not read.")
    named = Named(original.path, original.digest)
    tracked = next(body.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom"), None) is not None
    words = "It has tracked changes; it was read as if all of them were accepted."
    notices = (Notice(original.path, "tracked-changes", words),) if tracked else ()
    return DocumentsRead((document(named, text, facts),), notices)


def _check_size(source: BinaryIO, original: Original, limits: DocumentLimits) -> None:
    """Refuse what unpacks to too much, by what its directory says and by what really comes out of it."""
    try:
        with zipfile.ZipFile(source) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limits.file_bytes:
                raise too_large(original.path, f"it unpacks to more than {limits.file_bytes:,} bytes")
            if any(part.flag_bits & 1 for part in parts):
                raise unread("document-encrypted", f"{original.path} is encrypted.", "Save it without a password.")
            main = sum(part.file_size for part in parts if part.filename.endswith(".xml"))
            if main > 8 * limits.markup_bytes:
                raise too_large(original.path, f"its text parts have {main:,} bytes")
    except BROKEN_ZIP as error:
        raise unreadable(original.path, f"it is no whole Word document ({error})") from error
    source.seek(0)


def _lines(element: Any) -> Iterator[str]:
    """Yield the paragraphs in order; a table's row is one line, its cells divided by a bar."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield from _words(child).split("\n")
            for box in child.iter(f"{_W}txbxContent"):
                if not any(around.tag == _FALLBACK for around in box.iterancestors()):
                    yield from _lines(box)
        elif child.tag == _ROW:
            cells = [" ".join(" ".join(_lines(cell)).split()) for cell in child.iter(_CELL)]
            yield " | ".join(cell for cell in cells if cell)
        elif child.tag not in _GONE and isinstance(child.tag, str):
            yield from _lines(child)


def _words(element: Any) -> str:
    found = ""
    for child in element:
        if child.tag == _TEXT:
            found += child.text or ""
        elif child.tag in _BREAKS:
            found += _BREAKS[child.tag]
        elif child.tag not in _GONE and child.tag != f"{_W}txbxContent" and isinstance(child.tag, str):
            found += _words(child)
    return found


def _facts(opened: Any) -> Facts:
    about = opened.core_properties
    heading = next(
        (p.text for p in opened.paragraphs[:20] if (p.style.name or "").startswith(("Title", "Heading 1"))), ""
    )
    title = Said(one_line(about.title), "docx title") if one_line(about.title) else Said(one_line(heading), "heading")
    author = one_line(about.author)
    return Facts(
        title=title,
        author=UNSAID if author in ("", "python-docx") else Said(author, "docx author"),
        modified=_dated(about.modified, "docx modified"),
        captured=_dated(about.created, "docx created"),
        language=one_line(about.language),
    )


def _dated(value: date | None, source: str) -> Said:
    """Return a date of the file's properties; python-docx's own template has one of 2013, which says nothing."""
    if not isinstance(value, datetime) or value.date() == date(2013, 12, 23):
        return UNSAID
    return Said(value.replace(microsecond=0).isoformat(), source)
