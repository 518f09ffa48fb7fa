"""Time expressions against TimeBank and AQUAINT as TempEval-3 cleaned them ("TBAQ").

Scored as TempEval-3 did (UzZaman and others, SemEval-2013 task 1): an expression is found where its words overlap
those of one in the gold standard, each counted once; *value F1* is the F1 of those found with exactly the gold's
TIMEX3 value. The documents' creation times are given, not scored.

The documents are split in two by the parity of the last byte of the SHA-256 of their file names. Rules are developed on
the even half; figures are of the odd one.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from everyangle.accounts.times import mentions

Found = tuple[int, int, str]
"""Start, end and TIMEX3 value of an expression."""

_PIECE = re.compile(r"<(?P<close>/?)(?P<name>\w+)(?P<attributes>[^>]*)>|(?P<text>[^<]+)")
_VALUE = re.compile(r'value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class TimedDocument:
    """A document with its gold standard.

    Attributes:
        name: of its file.
        text: without its marks.
        created: its date, ISO 8601.
        gold: expressions, in order.
    """

    name: str
    text: str
    created: str
    gold: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over documents: expressions of the gold standard, of the reader, and those of both.

    Attributes:
        gold: how many the gold standard has.
        found: how many the reader gave.
        overlapping: of the reader's, those that overlap one of the gold standard.
        exact: of those, the ones with its value.
    """

    gold: int = 0
    found: int = 0
    overlapping: int = 0
    exact: int = 0

    @property
    def relaxed_f1(self) -> float:
        """F1 of overlapping words, percent."""
        return 200 * self.overlapping / max(1, self.gold + self.found)

    @property
    def value_f1(self) -> float:
        """F1 of overlapping words with the exact value, percent."""
        return 200 * self.exact / max(1, self.gold + self.found)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.gold + other.gold,
            self.found + other.found,
            self.overlapping + other.overlapping,
            self.exact + other.exact,
        )


def is_reporting(name: str) -> bool:
    """Whether a document belongs to the half that figures are of."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def documents(folder: Path, *, reporting: bool = True) -> list[TimedDocument]:
    """Return the documents of one half.

    Args:
        folder: holds the folders ``AQUAINT`` and ``TimeBank`` with ``.tml`` files.
        reporting: which half.
    """
    paths = sorted(path for path in folder.glob("*/*.tml") if not path.name.startswith("."))
    return [
        parsed(path.name, path.read_text(encoding="utf-8", errors="replace"))
        for path in paths
        if is_reporting(path.name) == reporting
    ]


def parsed(name: str, source: str) -> TimedDocument:
    """Return a document from TimeML.

    Raises:
        ValueError: if it has no text or no creation time.
    """
    created = re.search(r"<DCT>.*?value=\"([^\"]*)\"", source, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    if created is None or body is None:
        raise ValueError(f"{name} has no creation time or no text")
    pieces: list[str] = []
    gold: list[Found] = []
    opened: list[tuple[int, str]] = []
    end = 0
    for piece in _PIECE.finditer(body[1]):
        if piece["text"] is not None:
            pieces.append(html.unescape(piece["text"]))
            end += len(pieces[-1])
        elif piece["name"] == "TIMEX3" and piece["close"]:
            start, value = opened.pop()
            gold.append((start, end, value))
        elif piece["name"] == "TIMEX3" and not piece["attributes"].endswith("/"):
            value_of = _VALUE.search(piece["attributes"])
            opened.append((end, value_of[1] if value_of else ""))
    return TimedDocument(name, "".join(pieces), created[1], tuple(sorted(gold)))


def score(gold: Sequence[Found], found: Iterable[Found]) -> Score:
    """Return the counts of one document; each expression is paired once, the first that overlaps."""
    free = sorted(found)
    total, overlapping, exact = len(free), 0, 0
    for start, end, value in sorted(gold):
        paired = next((each for each in free if each[0] < end and start < each[1]), None)
        if paired is not None:
            free.remove(paired)
            overlapping += 1
            exact += paired[2] == value
    return Score(len(gold), total, overlapping, exact)


def own(document: TimedDocument) -> list[Found]:
    """Return what this software reads."""
    return [(each.span.start, each.span.end, each.value) for each in mentions(document.text, document.created)]


def measured(over: Iterable[TimedDocument], reader: Callable[[TimedDocument], Iterable[Found]] = own) -> Score:
    """Return a reader's score over documents."""
    return sum((score(document.gold, reader(document)) for document in over), Score())
