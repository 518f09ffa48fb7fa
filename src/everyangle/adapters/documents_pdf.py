"""PDF read by PDFium (pypdfium2): the text that is in it, lines joined to paragraphs. Reads no pictures of text."""

from __future__ import annotations

import re
from contextlib import closing
from typing import Any, BinaryIO

from everyangle.adapters.documents_errors import missing, too_large, unread, unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import Facts, Named, Said, document, one_line, paragraphs
from everyangle.adapters.documents_pdf_lines import Line, joined, without_margins
from everyangle.core.accounts import Notice
from everyangle.ports.documents import DocumentsRead, Original

_PASSWORD = 4  # FPDF_ERR_PASSWORD in fpdfview.h
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-])(\d\d)'?(\d\d)|(Z))?")
_FEW_CHARACTERS = 20


def read_pdf(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return the text of a PDF."""
    try:
        import pypdfium2
    except ImportError as error:
        raise missing(original.path, "documents", "pypdfium2") from error
    data = source.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large(original.path, f"of a PDF at most {limits.file_bytes:,} bytes are read")
    try:
        with closing(pypdfium2.PdfDocument(data)) as opened:
            return _read(opened, original, limits)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise unread(
                "document-encrypted",
                f"{original.path} is encrypted with a password.",
                "Open it with the password, and save or print it to a PDF without one.",
            ) from error
        raise unreadable(original.path, f"it is no whole PDF ({error})") from error


def _read(opened: Any, original: Original, limits: DocumentLimits) -> DocumentsRead:
    count = len(opened)
    if count > limits.pages:
        raise too_large(original.path, f"it has {count:,} pages; at most {limits.pages:,} are read")
    pages = [_lines(opened[number]) for number in range(count)]
    blank = [number for number, lines in enumerate(pages, 1) if sum(len(line.text) for line in lines) < _FEW_CHARACTERS]
    text = paragraphs(joined(without_margins(pages)))
    if not text or len(blank) == count:
        raise unread(
            "document-image-only",
            f"{original.path} holds pictures of {count} pages and no text.",
            "Run text recognition on it (OCRmyPDF, for instance), check the result, and add that as well.",
        )
    if len(text) > limits.text_bytes:
        raise too_large(original.path, f"its text has {len(text):,} characters")
    about = opened.get_metadata_dict()
    facts = Facts(
        title=_title(about, text),
        author=Said(one_line(about.get("Author")), "pdf author") if one_line(about.get("Author")) else Said("", ""),
        captured=Said(_date(about.get("CreationDate", "")), "pdf creation date"),
        modified=Said(_date(about.get("ModDate", "")), "pdf modification date"),
    )
    return DocumentsRead((document(Named(original.path, original.digest), text, facts),), _notices(original, blank))


def _notices(original: Original, blank: list[int]) -> tuple[Notice, ...]:
    if not blank:
        return ()
    which = ", ".join(map(str, blank[:20])) + (" …" if len(blank) > len(blank[:20]) else "")
    words = f"These pages hold no text, perhaps pictures of text, which were not read: {which}."
    return (Notice(original.path, "pages-without-text", words),)


def _title(about: dict[str, str], text: str) -> Said:
    said = one_line(about.get("Title"))
    named_by_a_program = re.search(
        r"^(?:microsoft word|untitled|document\d*$)|\.(?:docx?|pdf|indd|odt|rtf)$", said, re.I
    )
    if said and not named_by_a_program:
        return Said(said, "pdf title")
    line = one_line(text.partition("\n")[0])
    return Said(line, "first line") if len(line) <= 120 and not line.endswith((".", ",", ";")) else Said("", "")


def _date(value: str) -> str:
    """Return a PDF date (ISO 32000-1, 7.9.4) in ISO 8601, or ""."""
    match = _DATE.match(value)
    if match is None or not match[3] or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[3]) <= 31:
        return ""
    day = f"{match[1]}-{match[2]}-{match[3]}"
    zone = "Z" if match[10] else f"{match[7]}{match[8]}:{match[9]}" if match[7] else ""
    return f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{zone}" if match[4] else day


def _lines(page: Any) -> list[Line]:
    """Return the lines of a page with their places, in the order in which PDFium gives them."""
    height = page.get_height()
    text_page = page.get_textpage()
    try:
        whole = text_page.get_text_range()
        lines, at = [], 0
        for words in whole.split("\n"):
            size = len(words) + 1
            bare = words.rstrip("\r")
            if bare.strip():
                lines.append(_line(text_page, bare, at, height))
            at += size
        return lines
    finally:
        text_page.close()
        page.close()


def _line(text_page: Any, words: str, at: int, height: float) -> Line:
    first = at + len(words) - len(words.lstrip())
    last = at + len(words.rstrip()) - 1
    count = text_page.count_chars()
    left, bottom, _, top = text_page.get_charbox(min(first, count - 1), loose=True)
    _, _, right, _ = text_page.get_charbox(min(last, count - 1), loose=True)
    return Line(words.strip(), left, right, height - top, height - bottom)
