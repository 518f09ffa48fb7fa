"""Text with times put together: turns as lines, what each stretch was spoken at. For subtitles and transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from everyangle.core.accounts import Span, TimedText

_ENDS = re.compile(r"[.!?…][\"”’)\]]*$")

_PAUSE_S = 2.0
"""Seconds of silence after a finished sentence that begin a new line."""

_LONGEST_LINE = 1500
"""Code points after which the next finished sentence ends a line: one voice can speak for an hour."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of speech: seconds from the start, who speaks ("" where unknown), one line of words."""

    start_s: float
    end_s: float
    speaker: str
    words: str


def text_with_times(said: Iterable[Said]) -> tuple[str, tuple[TimedText, ...]]:
    """Return the canonical text and its times.

    Each turn is a line that begins with its speaker and a colon, where a speaker is known; a change of speaker, or a
    pause after a finished sentence, begins a new line. The times cover the words, not the speaker's name before them.
    """
    text, timed = "", []
    last: Said | None = None
    line_start = 0
    for one in said:
        if not one.words:
            continue
        if last is None or _new_line(last, one, len(text) - line_start):
            text += "\n" if text else ""
            line_start = len(text)
            named = one.speaker and (last is None or one.speaker != last.speaker)
            text += f"{one.speaker}: " if named else ""
        else:
            text += " "
        start = len(text)
        text += one.words
        timed.append(TimedText(Span(start, len(text)), one.start_s, max(one.start_s, one.end_s), one.speaker))
        last = one
    return text, tuple(timed)


def _new_line(last: Said, one: Said, length: int) -> bool:
    if one.speaker != last.speaker:
        return True
    finished = bool(_ENDS.search(last.words))
    return finished and (one.start_s - last.end_s >= _PAUSE_S or length > _LONGEST_LINE)
