"""Headlines In Capitals, written as the rest of the text writes their words, so that a parser reads them like prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PIECES = re.compile(r"([^\W\d_][\w’'-]*)")
_LOWER = re.compile(r"(?<![\w’'-])[a-z][\w’'-]*")

LONGEST = 200
"""Characters; a longer line is no headline."""

LONG_WORD = 4
"""Letters from which a headline's words have capitals whatever they are."""

_COMMON = " a about accuses acknowledges admits after against agency agrees all an and announces another are"
_COMMON += " argues as asks at be been before behind blames but by calls can case charges claims could court"
_COMMON += " declines defends demands denies did died dies does doubts during every explains face faces family"
_COMMON += " fears few fight files finds first for from gets had has have he her his hopes how in insists into is"
_COMMON += " it judge just keeps killed kills lawyer lawyers leader leaders left lets made makes man many may men"
_COMMON += " more most must new no not of off officer officers official officials on one or orders our out over"
_COMMON += " plans police praises predicts promises public pushes questions quits raises refuses rejects reveals"
_COMMON += " rules says seeks sees sets she shot should shows slams some still sues supports takes tells than"
_COMMON += " that the their them they thinks this three to told two under until up urges vows wants warned warns"
_COMMON += " was we were what when where whether which while who why will wins with witness witnesses woman women"
_COMMON += " would year years you"
COMMON = frozenset(_COMMON.split())
"""Words that headlines have and that are no names, for texts too short to show it."""


def plain(text: str, lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, of the same lengths, with the capitals of headlines taken away that are no names'.

    A word keeps its capital unless the text has it without one elsewhere.
    """
    small: frozenset[str] | None = None
    out = []
    for line in lines:
        if not is_headline(line):
            out.append(line)
            continue
        if small is None:
            small = frozenset(_LOWER.findall(text)) | COMMON
        out.append("".join(_small(piece, small) for piece in _PIECES.split(line)))
    return out


def is_headline(line: str) -> bool:
    """Whether most of a line's longer words have capitals, as in a title, and not only capitals."""
    if len(line) > LONGEST or line.rstrip().endswith((",", ";")):
        return False
    words = [word for word in _WORD.findall(line) if len(word) >= LONG_WORD]
    titled = sum(word[0].isupper() and not word.isupper() for word in words)
    return len(words) >= 4 and titled >= 0.75 * len(words)


def _small(word: str, small: frozenset[str]) -> str:
    lower = word.lower()
    known = lower in small or any(
        lower.endswith(end) and lower.removesuffix(end) in small for end in ("s", "ed", "ing")
    )
    return lower if known and len(lower) == len(word) and not (word.isupper() and len(word) > 1) else word
