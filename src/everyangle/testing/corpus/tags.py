"""The tags of an annotated text: taken out, and told as spans in what remains. Knows nothing of what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from everyangle.core.accounts import Passage, Quantity, Span, TimeMention, TimeType
from everyangle.testing.corpus.fault import fault

_TAG = re.compile(r"<(/?)([a-z])(\d*)((?: [^<>\n]*)?)>")
_ROLE = {"s": "speaker", "q": "cue", "c": "content"}
_VALUE = re.compile(
    r"P(?:T?(?:\d+(?:\.\d+)?|X)[YMWDHS])+|(?:PRESENT|PAST|FUTURE)_REF"
    r"|T[\dX]{2}(?::[\dX]{2})?"
    r"|[\dX]{2,4}(?:-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:\d|WE))?|SP|SU|FA|WI|Q\d|H\d))?"
    r"(?:T(?:[\dX]{2}(?::[\dX]{2}(?::\d{2})?)?|MO|MI|AF|EV|NI|DT))?"
)
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(?: (\w[\w-]*))?( ~)?")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and what was marked in it.

    Attributes:
        text: without tags.
        lines: the file's line of each of the text's paragraphs.
        roles: by (number, "speaker" | "cue" | "content"), the spans in order.
        times: all of the document, in order.
        quantities: all of the document, in order.
    """

    text: str
    lines: tuple[int, ...]
    roles: dict[tuple[int, str], tuple[Span, ...]]
    times: tuple[TimeMention, ...]
    quantities: tuple[Quantity, ...]

    def line(self, place: int) -> int:
        """Return the file's line in which the text's code point ``place`` stands."""
        return self.lines[self.text.count("\n", 0, place)]

    def passage(self, number: int, role: str) -> Passage | None:
        """Return what a statement has in a role, or None."""
        spans = self.roles.get((number, role), ())
        return Passage(spans, " ".join(self.text[a:b] for a, b in spans)) if spans else None


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    kind: str
    rest: str
    start: int
    line: int


def unmark(name: str, body: str, first_line: int) -> Marked:
    """Return ``body`` without its tags, and their spans.

    Args:
        name: the file's, for errors.
        body: tagged text, as it stands between the lines of ``---``.
        first_line: the file's line on which it begins.

    Raises:
        BadInputError: ``corpus-malformed`` for a tag that does not close, a stray angle bracket, an unreadable value.
    """
    lines = body.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
        first_line += 1
    while lines and not lines[-1].strip():
        lines.pop()
    reader = _Reader(name)
    for offset, line in enumerate(lines):
        reader.feed(line, first_line + offset)
    return reader.done(first_line, len(lines))


class _Reader:
    """Goes through the lines once, keeping the tags that are open."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.roles: dict[tuple[int, str], list[Span]] = {}
        self.times: list[TimeMention] = []
        self.quantities: list[Quantity] = []

    def feed(self, line: str, number: int) -> None:
        """Take one line without its end."""
        if self.length or self.pieces:
            self._text("\n", number)
        at = 0
        for tag in _TAG.finditer(line):
            self._text(line[at : tag.start()], number)
            at = tag.end()
            closes, kind, digits, rest = tag.groups()
            if closes:
                self._close(kind + digits, number)
            else:
                self.open.append(_Open(kind + digits, kind, rest.strip(), self.length, number))
        self._text(line[at:], number)
        if self.open:
            raise fault(self.name, number, f"<{self.open[-1].name}> is not closed in its paragraph")
        if not self.pieces:
            self.pieces.append("")

    def _text(self, text: str, number: int) -> None:
        if "<" in text or ">" in text:
            raise fault(self.name, number, f"a stray angle bracket or an unknown tag in {text[:60]!r}")
        self.pieces.append(text)
        self.length += len(text)

    def _close(self, name: str, number: int) -> None:
        if not self.open or self.open[-1].name != name:
            expected = f"</{self.open[-1].name}>" if self.open else "no closing tag"
            raise fault(self.name, number, f"</{name}> where {expected} is due")
        tag = self.open.pop()
        span = Span(tag.start, self.length)
        words = "".join(self.pieces)[tag.start :]
        if not words or words != words.strip():
            raise fault(self.name, number, f"<{name}> around {words!r}, which is empty or has a space at its edge")
        if tag.kind in _ROLE and name[1:] and not tag.rest:
            self.roles.setdefault((int(name[1:]), _ROLE[tag.kind]), []).append(span)
        elif name == "t":
            self.times.append(self._time(tag, span))
        elif name == "n":
            self.quantities.append(self._quantity(tag, span))
        else:
            raise fault(self.name, number, f"<{name} {tag.rest}> is no tag of the guide")

    def _time(self, tag: _Open, span: Span) -> TimeMention:
        *flags, value = tag.rest.split() or [""]
        if not _VALUE.fullmatch(value) or not {*flags} <= {"set", "~"}:
            raise fault(self.name, tag.line, f"<t {tag.rest}> has no TIMEX3 value, or a flag other than set and ~")
        return TimeMention(span, value, _type(value, "set" in flags), "~" in flags)

    def _quantity(self, tag: _Open, span: Span) -> Quantity:
        parts = _AMOUNT.fullmatch(tag.rest)
        if not parts:
            raise fault(self.name, tag.line, f"<n {tag.rest}> is not a number, a unit and perhaps ~")
        return Quantity(span, float(parts[1]), parts[2] or "", bool(parts[3]))

    def done(self, first_line: int, lines: int) -> Marked:
        """Return what was read."""
        for (number, role), spans in self.roles.items():
            spans.sort()
            if any(a.end > b.start for a, b in pairwise(spans)):
                raise fault(self.name, first_line, f"the {role} of statement {number} is marked twice in one place")
        return Marked(
            "".join(self.pieces),
            tuple(range(first_line, first_line + lines)),
            {key: tuple(spans) for key, spans in self.roles.items()},
            tuple(sorted(self.times, key=lambda time: time.span)),
            tuple(sorted(self.quantities, key=lambda quantity: quantity.span)),
        )


def _type(value: str, is_set: bool) -> TimeType:
    if is_set:
        return TimeType.SET
    if value.startswith("P") and not value.endswith("_REF"):
        return TimeType.DURATION
    return TimeType.TIME if "T" in value and not value.endswith("_REF") else TimeType.DATE
