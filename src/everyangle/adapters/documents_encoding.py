"""From bytes to text: by mark, by what is declared, as UTF-8, or by a guess that is told."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_SAMPLE = 200_000
_MOSTLY_ASCII = 0.97
_WINDOWS = {"iso-8859-1", "latin-1", "latin1", "iso8859-1", "us-ascii", "ascii", "iso-8859-15"}


def decoded(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text of some bytes, and what to tell of how it was found, or "".

    A byte order mark is dropped; nothing else is changed.

    Args:
        data: the bytes.
        declared: encoding that a header or the document names; "" where none does.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, f"Its mark says {encoding}")
    name = _python_name(declared)
    utf8 = _or_none(data, "utf-8")
    if utf8 is not None:
        wrong = name not in ("", "utf-8") and not data.isascii()
        return utf8, f"It says that it is {declared}, but it is UTF-8, and was read so." if wrong else ""
    if name and name != "utf-8":
        text = _or_none(data, name)
        if text is not None:
            return text, ""
    return _guessed(data)


def declared_in(page: bytes) -> str:
    """Return the encoding that a page's head names, or ""."""
    found = _DECLARED.search(page[:4096])
    return found[1].decode("ascii") if found else ""


def _guessed(data: bytes) -> tuple[str, str]:
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    if not damaged.isascii() and len(damaged) - len(damaged.encode("ascii", "ignore")) > 4 * bad:
        return damaged, f"It is UTF-8 with {bad} damaged places, shown as \ufffd."
    ascii_share = sum(byte < 128 for byte in data[:_SAMPLE]) / min(len(data), _SAMPLE)
    best = None if ascii_share >= _MOSTLY_ASCII else from_bytes(data[:_SAMPLE]).best()
    encoding = "cp1252" if best is None else best.encoding
    return data.decode(encoding, "replace"), f"It is not UTF-8; it was read as {encoding}, which is a guess."


def _strictly(data: bytes, encoding: str, what: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    bad = _or_none(data, encoding) is None
    return text, f"{what}, but some places are damaged, shown as \ufffd." if bad else ""


def _or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _python_name(declared: str) -> str:
    """Return Python's name of an encoding of text, Latin-1 taken for Windows-1252 as browsers do; "" where unknown."""
    if declared.lower() in _WINDOWS:
        return "cp1252"
    try:
        found = codecs.lookup(declared)
        "".encode(found.name)
    except (LookupError, ValueError):
        return ""
    return found.name
