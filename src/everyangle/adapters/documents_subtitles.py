"""Subtitles: SubRip (SRT) and WebVTT (W3C). Styles, positions and notes are left out; who speaks is kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from everyangle.adapters.documents_errors import unreadable
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_parts import UNSAID, Facts, Named, document, one_line, sound
from everyangle.adapters.documents_parts import Said as Fact
from everyangle.adapters.documents_plain import text_of
from everyangle.adapters.documents_timed import Said, text_with_times
from everyangle.core.accounts import Notice
from everyangle.ports.documents import DocumentsRead, Original

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
_TAG = re.compile(r"<[/a-zA-Z\d][^>\n]{0,300}>|\{\\[^}\n]{0,100}\}")
_LABEL = re.compile(
    r"^(?:>>+\s*|[-–—]\s*)?((?:[A-Z][\w.'’-]*|[A-Z]{2,})(?:[ ][A-Z][\w.'’-]*){0,4}(?:[ ]\([^)\n]{1,40}\))?):\s+(?=\S)"
)
_TURN = re.compile(r"^(?:>>+|[-–—](?=\s*\S))\s*")
_ANOTHER = "another"


def read_subtitles(source: BinaryIO, original: Original, limits: DocumentLimits) -> DocumentsRead:
    """Return what subtitles say, with the times at which they say it.

    Raises:
        BadInputError: ``document-unreadable`` where no line of times is in the file.
    """
    named = Named(original.path, original.digest)
    whole, notices = text_of(source, named, limits)
    lines = sound(whole).split("\n")
    said = list(_said(lines))
    if not said:
        raise unreadable(original.path, "no times as subtitles have them are in it")
    backwards = sum(b.start_s < a.start_s for a, b in pairwise(said))
    if backwards:
        told = f"At {backwards} places its times go backwards; the words are kept in the file's order."
        notices += (Notice(original.path, "times-backwards", told),)
    text, timed = text_with_times(said)
    facts = Facts(title=_title(lines[0]))
    return DocumentsRead((document(named, text, facts, kind="subtitles", timed=timed),), notices)


def _title(first: str) -> Fact:
    """Return the title that may stand behind WEBVTT."""
    match = re.match(r"WEBVTT[ \t]+(?:-+[ \t]*)?(\S.*)$", first)
    return UNSAID if match is None else Fact(one_line(match[1]), "webvtt header")


def _said(lines: list[str]) -> Iterator[Said]:
    speaker = ""
    before: list[str] = []
    for start_s, end_s, block in _cues(lines):
        shown = [words for line in block if (words := _bare(line))]
        again = bool(shown) and (shown == before or shown[:1] == before[-1:])  # live captions roll: the last line again
        for voice, words in _turns(block[1:] if again else block) if shown != before else ():
            if voice:
                speaker = "" if voice == _ANOTHER else voice
            yield Said(start_s, end_s, speaker, words)
        before = shown or before


def _cues(lines: list[str]) -> Iterator[tuple[float, float, list[str]]]:
    """Yield start, end and lines of each cue; lines that belong to none are passed over."""
    timing: re.Match[str] | None = None
    block: list[str] = []
    for number, line in enumerate([*lines, ""]):
        found = _TIMING.match(line)
        if found or not line.strip():
            if timing and block:
                yield _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:]), block
            timing, block = found, []
        elif timing and not _is_number_of_next(lines, number):
            block.append(line)


def _is_number_of_next(lines: list[str], number: int) -> bool:
    """Tell whether a line is the number of a cue that follows without the empty line between."""
    follows = lines[number + 1] if number + 1 < len(lines) else ""
    return lines[number].strip().isdecimal() and bool(_TIMING.match(follows))


def _turns(block: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (who, words) for each turn in a cue; who is "" where it goes on, "another" after a mere dash."""
    held: list[tuple[str, str]] = []
    for line in block:
        voice = _VOICE.search(line)
        bare = _bare(line)
        label = None if voice else _LABEL.match(bare)
        turn = _TURN.match(bare)
        if voice:
            held.append((one_line(voice[1]), bare))
        elif label:
            held.append((label[1], bare[label.end() :]))
        elif turn:
            held.append((_ANOTHER, bare[turn.end() :]))
        elif held:
            held[-1] = (held[-1][0], f"{held[-1][1]} {bare}".strip())
        elif bare:
            held.append(("", bare))
    yield from (one for one in held if one[1])


def _bare(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000
