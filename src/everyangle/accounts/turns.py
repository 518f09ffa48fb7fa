"""Turns and colons: "SGT. WHITLOCK: We waited." and headlines such as "Agency: officers waited".

In a transcript each label opens a turn, which lasts to the next label, over paragraphs too. Elsewhere a line that
begins with a short noun phrase and a colon is a statement of the one named. "Q." and "A." are labels where a text has
both, and a time of day may stand before a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from everyangle.accounts.found import Found
from everyangle.accounts.marks import Marks
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Act

_CLOCK = r"(?:(?:\[[^\]\n]{1,20}\]|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|\d{4})[ \t]*[-–]?[ \t]+)?"
LABEL = re.compile(r"[ \t]*" + _CLOCK + r"((?:[^\W\d_]|[“‘])[^:\n]{0,60}?)[ \t]*(?:\([^)\n]{1,40}\))?:(?=\s|[“\"‘'])")
_EXAMINED = re.compile(r"[ \t]*(?:\d{1,2}[ \t]+)?([QA]\.)(?=\s)")
_ASKS = re.compile(r"^[ \t]*(?:\d{1,2}[ \t]+)?Q\.\s", re.MULTILINE)
_ANSWERS = re.compile(r"^[ \t]*(?:\d{1,2}[ \t]+)?A\.\s", re.MULTILINE)
NO_SPEAKERS = frozenset(
    {
        *("abstract", "full text", "photo", "photos", "related", "updated", "update", "note", "editor's note", "more"),
        *(
            "caption",
            "source",
            "sources",
            "contact",
            "date",
            "time",
            "subject",
            "to",
            "from",
            "cc",
            "re",
            "location",
            "read",
        ),
        *(
            "editor’s note",
            "exclusive",
            "video",
            "watch",
            "image",
            "picture",
            "breaking",
            "the latest",
            "correction",
            "report",
        ),
        *(
            "case",
            "case no",
            "address",
            "narrative",
            "summary",
            "finding",
            "findings",
            "conclusion",
            "background",
            "present",
        ),
        *("apologies", "venue", "place", "status", "page", "item", "name", "age", "charge", "charges", "date of birth"),
    }
)
DATELINED = 14
"""Words after capitals and a colon from which they are a dateline ("PORT ELLERY: Two men …"), not who speaks."""

FEWEST = 3
"""Turns that make a text a transcript, whatever it calls itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a label: words of the label, of the rest, and its number."""

    number: int
    label: tuple[int, int]
    rest: tuple[int, int]
    upper: bool


def turns(tree: Tree, marks: Marks, kind: str) -> list[Found]:
    """Return the statements that labels make, in order."""
    lines = _lines(tree)
    examined = _ASKS.search(tree.text) is not None and _ANSWERS.search(tree.text) is not None
    labelled = [
        line
        for number, span in enumerate(lines)
        if span and (line := _labelled(tree, marks, number, span, examined=examined))
    ]
    spoken = [line for line in labelled if line.upper or kind == "transcript"]
    if kind == "transcript" or len(spoken) >= FEWEST:
        return _transcript(spoken, lines)
    found = []
    for line in labelled:
        dateline = line.upper and line.rest[1] - line.rest[0] > DATELINED
        if not dateline and _named(tree, line) and _says(tree, marks, line):
            start, end = line.rest
            while end > start + 1 and tree.words[end - 1].text in {".", ","}:
                end -= 1
            found.append(Found(start, (), (line.label,), ((start, end),), Act.ASSERTS, "colon"))
    return found


def _transcript(spoken: list[Line], lines: list[tuple[int, int] | None]) -> list[Found]:
    found = []
    for here, after in zip(spoken, [*spoken[1:], None], strict=False):  # none at all where nobody is named
        stop = after.number if after else len(lines)
        pieces = [here.rest] if here.rest[0] < here.rest[1] else []
        for number in range(here.number + 1, stop):
            span = lines[number]
            if span is not None:
                pieces.append(span)
        if pieces:
            found.append(Found(pieces[0][0], (), (here.label,), tuple(pieces), Act.ASSERTS, "turn"))
    return found


def _lines(tree: Tree) -> list[tuple[int, int] | None]:
    """Return each line's words as a range, None for a line without words."""
    out: list[tuple[int, int] | None] = [None] * (tree.text.count("\n") + 1)
    for i, number in enumerate(tree.line):
        span = out[number]
        out[number] = (span[0] if span else i, i + 1)
    return out


def _labelled(tree: Tree, marks: Marks, number: int, span: tuple[int, int], *, examined: bool) -> Line | None:
    first, after = span
    start, end = tree.words[first].start, tree.words[after - 1].end
    match = (_EXAMINED.match(tree.text, start, end) if examined else None) or LABEL.match(tree.text, start, end)
    if match is None:
        return None
    name = match[1].strip()
    if name.lower().strip(".") in NO_SPEAKERS or len(name.split()) > 7:
        return None
    label = [
        i for i in range(first, after) if tree.words[i].start >= match.start(1) and tree.words[i].end <= match.end(1)
    ]
    rest = next((i for i in range(first, after) if tree.words[i].start >= match.end()), after)
    if not label or (marks.of[label[0]] >= 0 and marks.ranges[marks.of[label[0]]][1] > rest):
        return None
    letters = [c for c in name if c.isalpha()]
    return Line(
        number, (label[0], label[-1] + 1), (rest, after), sum(c.isupper() for c in letters) >= 0.6 * len(letters)
    )


def _says(tree: Tree, marks: Marks, line: Line) -> bool:
    """Whether what follows the colon is a sentence or a quotation."""
    start, end = line.rest
    return end - start > 2 and any(tree.words[i].pos in {"VERB", "AUX"} or marks.of[i] >= 0 for i in range(start, end))


def _named(tree: Tree, line: Line) -> bool:
    """Whether a label is a noun phrase that can speak: no verb in it, a noun at its end."""
    words = tree.words[line.label[0] : line.label[1]]
    if any(word.tag in {"VBD", "VBZ", "VBP", "MD", "VB", "VBG"} and word.text.islower() for word in words):
        return False
    return words[-1].pos in {"PROPN", "NOUN"} and words[0].pos not in {"ADP", "NUM", "CCONJ", "ADV"}
