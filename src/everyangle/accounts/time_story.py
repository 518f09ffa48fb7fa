"""Which day a time of day is of that names none ("at 19:53"): the day of what is told, not of its telling.

A day on which something was said, filed or published is never taken for the day of what was said. Where the text names
no other, the day stays unknown: a wrong one would set two accounts of one moment a day apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

ENTRIES = 3
"""So many lines that begin with a time of day make a log, a diary or a thread."""

_LATE_HOUR, _EARLY_HOUR, _NEXT_DAY = 17, 6, 8
"""In hours: from when on it is late, until when it is early, and by how much a log's clock goes back over midnight."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands.

    Attributes:
        first: its first word's place.
        line: number of its line.
        sentence: number of its sentence.
        opens: whether it opens its line.
    """

    first: int = 0
    line: int = 0
    sentence: int = 0
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names.

    Attributes:
        at: where.
        day: the day.
        clock: the time of day that stands with it, or "": "T19:53", "TNI".
    """

    at: Place
    day: date
    clock: str = ""


class Days:
    """Days in the order of the text, to be asked many times."""

    def __init__(self, named: Sequence[Named], published: date | None, *, same_day: bool) -> None:
        self._named = named
        self._clocked = [each for each in named if each.clock[1:2].isdigit()]
        earlier = [each for each in named if each.day != published]
        self._often = _most_often(earlier or (named if same_day else ()))

    def told_at(self, at: Place) -> Named | None:
        """Return the day that is told of at a place, or None where none is.

        It is the one named last in the same line, or else next in the same sentence; or else the last before that
        stands with a time of day; or else the one that is named most often, the document's own only where there is no
        other, and where what it tells may be of its own day.
        """
        next_ = _index(self._named, at)
        before = self._named[next_ - 1] if next_ else None
        if before is not None and before.at.line == at.line:
            return before
        after = self._named[next_] if next_ < len(self._named) else None
        if after is not None and after.at.sentence == at.sentence:
            return after
        with_time = _index(self._clocked, at)
        return self._clocked[with_time - 1] if with_time else self._often


class Story:
    """The days of which a text tells."""

    def __init__(
        self,
        named: Sequence[Named] = (),
        entries: Sequence[tuple[Place, str]] = (),
        *,
        published: date | None = None,
        same_day: bool = True,
        said: bool = False,
    ) -> None:
        """Take in the days.

        Args:
            named: in order, without those on which something was only said.
            entries: the lines that begin with a time of day, in order, with it.
            published: day of the document, or None where it is not known.
            same_day: whether what is told may be of the document's day; a day in its heading is then one of the story.
            said: whether the text names a day on which something was only said.
        """
        past = [each for each in named if published is None or each.day <= published]
        self._all = Days(named, published, same_day=same_day)
        self._past = Days(past, published, same_day=same_day)
        self._fallback = published if same_day and not said else None
        self._entries = _entries(named, entries, published) if len(entries) >= ENTRIES else {}

    def day_of(self, clock: str, at: Place, *, ahead: bool) -> date | None:
        """Return the day of a time of day that names none, or None where the text does not tell.

        Args:
            clock: the time of day, "T19:53" or "TMO".
            at: where it stands.
            ahead: whether its sentence speaks of what is to come.
        """
        entry = self._entries.get(at.line)
        if entry is not None and at.opens:
            return entry.day
        told = entry or (self._all if ahead else self._past).told_at(at)
        if told is None:
            return self._fallback
        return told.day + timedelta(days=1) if _is_late(told.clock) and _is_early(clock) else told.day


def _entries(named: Sequence[Named], entries: Sequence[tuple[Place, str]], published: date | None) -> dict[int, Named]:
    """Return the entries of a log by line, with their days.

    They are of the day that an entry before them names, or else of the last that is named above them all, or else of
    the document's, on which the last is; and of the next where the time goes back by hours, in a log that runs on; in
    one whose newest entry is its first, of the day before where it goes ahead by hours.
    """
    clocks = [clock for _, clock in entries]
    forward = sum(a <= b for a, b in pairwise(clocks)) * 2 >= len(clocks) - 1
    opening = {each.at.line: each.day for each in named if each.at.opens}
    above = [each.day for each in named if each.at.first < entries[0][0].first]
    day = above[-1] if above else published
    if day is None and not opening:
        return {}
    ends = day is not None and not above and not opening and forward
    day = day or min(opening.values())
    found: dict[int, Named] = {}
    before = clocks[0]
    for at, clock in entries:
        gone = _hour(clock) - _hour(before)
        day += timedelta(days=int(forward and gone <= -_NEXT_DAY) - int(not forward and gone >= _NEXT_DAY))
        day = opening.get(at.line, day)
        found[at.line] = Named(at, day, clock)
        before = clock
    too_late = day - published if ends and published else timedelta()
    return {line: replace(each, day=each.day - too_late) for line, each in found.items()}


def _hour(clock: str) -> int:
    return int(clock[1:3]) if clock[1:3].isdigit() else {"TMO": 8, "TAF": 14, "TEV": 19, "TNI": 22}.get(clock, 12)


def _index(named: Sequence[Named], at: Place) -> int:
    """Return how many days are named before a place."""
    return bisect_left(named, at.first, key=lambda each: each.at.first)


def _most_often(named: Sequence[Named]) -> Named | None:
    """Return the day that is named most often, of equals the first; late in the day where one of its places says so."""
    if not named:
        return None
    day = Counter(each.day for each in named).most_common(1)[0][0]
    places = [each for each in named if each.day == day]
    return next((each for each in places if _is_late(each.clock)), places[0])


def _is_late(clock: str) -> bool:
    return bool(clock) and _hour(clock) >= _LATE_HOUR


def _is_early(clock: str) -> bool:
    return clock[1:3].isdigit() and int(clock[1:3]) <= _EARLY_HOUR
