"""The words of the bundled incident: reads ``dialogue.txt`` into lines. Makes no sound."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from everyangle.core.errors import BadInputError

LEVEL_DB = {"quietly": 62.0, "says": 69.0, "loudly": 76.0, "shouts": 86.0, "radio": 68.0}
"""dB SPL at 1 m of each way to speak."""


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance: when it begins on the event clock, who says it, how, and the words."""

    start_s: float
    who: str
    how: str
    words: str


def bundled_lines() -> tuple[Line, ...]:
    """Return the lines of the bundled incident, in order of time."""
    return parse(resources.files(__package__).joinpath("dialogue.txt").read_text("utf-8"))


def parse(text: str) -> tuple[Line, ...]:
    """Return the lines of a dialogue: ``minute:second who how words``, ``#`` begins a comment line.

    Raises:
        BadInputError: ``dialogue-malformed``, naming the line.
    """
    return tuple(_line(number, raw) for number, raw in enumerate(text.splitlines(), 1) if _speaks(raw))


def _speaks(raw: str) -> bool:
    return bool(raw.strip()) and not raw.startswith("#")


def _line(number: int, raw: str) -> Line:
    parts = raw.split(maxsplit=3)
    minute, colon, second = parts[0].partition(":")
    if len(parts) != 4 or not colon or parts[2] not in LEVEL_DB:
        raise BadInputError(
            "dialogue-malformed",
            f"Line {number} of the dialogue is not an utterance: {raw!r}.",
            todo="Write it like: 0:12.4 mira says They are pulling us over.",
        )
    return Line(60 * int(minute) + float(second), parts[1], parts[2], parts[3])
