"""Coverage: which cameras were recording at any moment of the event, and when nobody was.

Pure arithmetic on clock maps; says nothing about what the cameras saw. All times are seconds of event time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from everyangle.core.ids import Digest
from everyangle.core.time import ClockMap

_DIGITS = 6

NOTABLE_S = 1.0
"""A start or stop counts as late or early from this many seconds on."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """An interval of event time, ``start_s <= t < end_s``, and the recordings that it is about."""

    start_s: float
    end_s: float
    recordings: tuple[Digest, ...] = ()

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Timed:
    """A recording as far as coverage is concerned: its clock and its duration in media seconds."""

    digest: Digest
    clock: ClockMap
    duration_s: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who recorded when.

    Attributes:
        span: from the first moment that anyone recorded to the last, or None without recordings.
        segments: the span cut where the set of recordings changes, with the set of each piece (empty: nobody).
        gaps: the segments in which nobody recorded.
        late: for each recording that began late: from the span's start to its own.
        early: for each recording that stopped early: from its own end to the span's.
        lost: each lost stretch inside a recording.
    """

    span: Stretch | None
    segments: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]
    late: tuple[Stretch, ...]
    early: tuple[Stretch, ...]
    lost: tuple[Stretch, ...]


def pieces(clock: ClockMap, duration_s: float) -> tuple[Stretch, ...]:
    """Return the intervals of event time that a recording of ``duration_s`` media seconds holds, in order.

    Ends are rounded to a microsecond, so that two recordings that meet do not overlap by an error of arithmetic.
    A jump that goes back in time (``lost_s < 0``) makes no hole, so its pieces are joined.
    """
    cuts = [j for j in clock.jumps if 0 < j.at_s < duration_s]
    before_s = sum(j.lost_s for j in clock.jumps if j.at_s <= 0)
    found: list[Stretch] = []
    start_s = clock.offset_s + before_s
    for jump in cuts:
        end_s = clock.event_from_media(jump.at_s) - sum(j.lost_s for j in cuts if j.at_s == jump.at_s)
        resumed_s = clock.event_from_media(jump.at_s)
        if resumed_s > end_s > start_s:
            found.append(Stretch(start_s, end_s))
            start_s = resumed_s
    end_s = clock.event_from_media(duration_s) - sum(j.lost_s for j in clock.jumps if j.at_s == duration_s)
    found.append(Stretch(start_s, max(start_s, end_s)))
    return tuple(Stretch(round(one.start_s, _DIGITS), round(one.end_s, _DIGITS)) for one in found)


def coverage(recordings: Sequence[Timed]) -> Coverage:
    """Return who recorded when among recordings of one component.

    Recordings that share an identical interval order keep the order in which they are given.
    """
    held = [(r.digest, pieces(r.clock, r.duration_s)) for r in recordings]
    everything = [p for _, parts in held for p in parts if p.length_s > 0]
    if not everything:
        return Coverage(None, (), (), (), (), ())
    span = Stretch(min(p.start_s for p in everything), max(p.end_s for p in everything))
    segments = _segments(held)
    return Coverage(
        span=span,
        segments=segments,
        gaps=tuple(s for s in segments if not s.recordings),
        late=tuple(
            Stretch(span.start_s, parts[0].start_s, (digest,))
            for digest, parts in held
            if parts[0].start_s - span.start_s >= NOTABLE_S
        ),
        early=tuple(
            Stretch(parts[-1].end_s, span.end_s, (digest,))
            for digest, parts in held
            if span.end_s - parts[-1].end_s >= NOTABLE_S
        ),
        lost=tuple(Stretch(a.end_s, b.start_s, (digest,)) for digest, parts in held for a, b in pairwise(parts)),
    )


def _segments(held: Sequence[tuple[Digest, tuple[Stretch, ...]]]) -> tuple[Stretch, ...]:
    """Cut the span at every start and end, and join neighbours with the same set of recordings."""
    edges = sorted({t for _, parts in held for p in parts for t in (p.start_s, p.end_s)})
    segments: list[Stretch] = []
    for start_s, end_s in pairwise(edges):
        present = tuple(
            digest for digest, parts in held if any(p.start_s <= start_s and end_s <= p.end_s for p in parts)
        )
        if segments and segments[-1].recordings == present:
            segments[-1] = Stretch(segments[-1].start_s, end_s, present)
        else:
            segments.append(Stretch(start_s, end_s, present))
    return tuple(segments)
