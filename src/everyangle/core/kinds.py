"""What kind of item some bytes are, as far as their beginning and the received name tell. Decodes no media."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"WARC/", "application/warc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)

_ZIPPED: dict[str, str] = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".wacz": "application/wacz",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_TEXTS: dict[str, str] = {
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".json": "application/json",
    ".csv": "text/csv",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
}

_MEDIA_SUFFIXES = (
    *(".3gp", ".aac", ".amr", ".avi", ".flac", ".m4a", ".m4v", ".mkv", ".mov", ".mp3", ".mp4", ".mts"),
    *(".oga", ".ogg", ".opus", ".ts", ".wav", ".webm"),
    *(".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"),
)

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)

HEAD_BYTES = 8192
"""How many first bytes of an item :func:`document_type` wants to see."""


def document_type(head: bytes, name: str) -> str | None:
    """Return the media type (RFC 6838) of a document, or None where the bytes are not those of a document.

    The bytes decide; the name only tells one kind of text from another.

    Args:
        head: the first :data:`HEAD_BYTES` bytes, or all of them where there are fewer.
        name: the received name.
    """
    suffix = suffix_of(name)
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"\x1f\x8b") and name.lower().endswith(".warc.gz"):
        return "application/warc"
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(suffix)
    if not _is_text(head):
        return None
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "text/html"
    return _TEXTS.get(suffix, "text/plain")


def named_like_media(name: str) -> bool:
    """Tell whether the received name promises a recording or a photo."""
    return suffix_of(name) in _MEDIA_SUFFIXES


def suffix_of(name: str) -> str:
    """Return the last dot and what follows, in lower case, or nothing."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _is_text(head: bytes) -> bool:
    if not head:
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head or sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) > len(head) // 100:
        return False
    try:
        head[: len(head) - 3 if len(head) >= HEAD_BYTES else len(head)].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 4 or _mostly_ascii(head)
    return True


def _mostly_ascii(head: bytes) -> bool:
    return sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in head) >= 0.85 * len(head)
