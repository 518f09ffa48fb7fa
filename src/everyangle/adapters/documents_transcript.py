"""Transcripts as JSON: Whisper's output, and the plain form of docs/formats/transcript.md."""

from __future__ import annotations

import json
import math
from typing import Any, BinaryIO

from everyangle.accounts.dates_seen import iso_date
from everyangle.adapters.documents_errors import unread, unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import Facts, Named, Said, document, one_line
from everyangle.adapters.documents_plain import text_of
from everyangle.adapters.documents_timed import Said as Speech
from everyangle.adapters.documents_timed import text_with_times
from everyangle.ports.documents import DocumentsRead, Original

FORMAT = "everyangle.transcript/1"


def read_transcript(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return what a transcript says, with its times.

    Raises:
        BadInputError: ``document-type-unread`` where it is no transcript, ``document-unreadable`` where it is broken.
    """
    named = Named(original.path, original.digest)
    whole, notices = text_of(source, named, limits)
    try:
        fields = json.loads(whole)
    except (ValueError, RecursionError) as error:
        raise unreadable(original.path, f"it is no whole JSON ({error})") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("segments"), list):
        raise unread(
            "document-type-unread",
            f"{original.path} is JSON, but no transcript: it has no list of segments.",
            "See docs/formats/transcript.md for the forms that are read.",
        )
    own = fields.get("format") == FORMAT
    try:
        segments = [_segment(one, own=own) for one in fields["segments"]]
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable(
            original.path, f"a segment is not as it should be ({type(error).__name__}: {error})"
        ) from error
    text, timed = text_with_times(segments)
    if not text.strip():
        raise unread("document-empty", f"{original.path} holds no words.")
    language = one_line(fields.get("language"))
    facts = _facts(fields) if own else Facts(language="en" if language.lower() == "english" else language)
    return DocumentsRead((document(named, text, facts, kind="transcript", timed=timed),), notices)


def _facts(fields: dict[str, Any]) -> Facts:
    title, publisher, author, published, modified, language = (
        one_line(fields.get(name)) for name in ("title", "publisher", "author", "published", "modified", "language")
    )
    return Facts(
        title=Said(title, "transcript"),
        publisher=Said(publisher, "transcript"),
        author=Said(author, "transcript"),
        published=Said(iso_date(published), "transcript"),
        modified=Said(iso_date(modified), "transcript"),
        language=language,
    )


def _segment(fields: dict[str, Any], *, own: bool) -> Speech:
    names = ("start_s", "end_s") if own else ("start", "end")
    start_s, end_s = (_seconds(fields[name]) for name in names)
    words = fields["text"]
    if not isinstance(words, str):
        raise TypeError("its text is no text")
    return Speech(start_s, end_s, one_line(fields.get("speaker"), 200), one_line(words, len(words)))


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{value!r} is no time in seconds")
    return float(value)
