"""What is truly so of a set of recordings, in the form in which synchronization is judged. Reads no files.

Every source of sound has its own offset between two places, because sound takes time. With ``d`` the delay from a
source to a recorder, the *residual* of a pair is ``event_a(T) - event_b(T)`` of what both recorded at event time ``T``;
a method that aligns on a source finds ``d_b - d_a``, one that finds the clock finds zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from everyangle.core.time import ClockMap
from everyangle.testing.collection.known import media

LEAST_OVERLAP_S = 8.0
"""Recordings of one incident that overlap by this much should be found."""


@dataclass(frozen=True, slots=True)
class Common:
    """A source that both recorders of a pair could hear while they overlapped.

    Attributes:
        source: names it within the incident.
        kind: what it is (voice, music, siren …).
        least_s: the least residual that aligning on it gives (see above), over the overlap.
        most_s: the most; greater than the least for what moves.
    """

    source: str
    kind: str
    least_s: float
    most_s: float


@dataclass(frozen=True)
class Known:
    """The truth of one recording: its incident, clock, and duration in seconds."""

    id: str
    event: str
    clock: ClockMap
    duration_s: float

    @cached_property
    def span(self) -> tuple[float, float]:
        """Start and end in event seconds."""
        return self.clock.event_from_media(0.0), self.clock.event_from_media(self.duration_s)

    def event_given(self, clock: ClockMap, t_event: float) -> float:
        """Return the event time that ``clock`` gives to what this recording truly took at ``t_event``."""
        return clock.event_from_media(self.media(t_event))

    def media(self, t_event: float) -> float:
        """Return the media time of an event time; inside a lost stretch, that of the stretch."""
        return media(self.clock, t_event)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two recordings of one incident.

    Attributes:
        a: the first.
        b: the second.
        sources: those audible to both.
        periods_s: periods of what repeats and is audible to both.
    """

    a: Known
    b: Known
    sources: tuple[Common, ...] = ()
    periods_s: tuple[float, ...] = ()

    @property
    def start_s(self) -> float:
        """Event time at which the overlap begins."""
        return max(self.a.span[0], self.b.span[0])

    @property
    def end_s(self) -> float:
        """Event time at which the overlap ends; before its start where there is none."""
        return min(self.a.span[1], self.b.span[1])

    @property
    def overlap_s(self) -> float:
        """Seconds that both recorded."""
        return self.end_s - self.start_s

    @property
    def middle_s(self) -> float:
        """Event time in the middle of the overlap."""
        return (self.start_s + self.end_s) / 2

    @property
    def span(self) -> tuple[float, float]:
        """The range of residuals that the common sources span; the clock alone where there are none."""
        if not self.sources:
            return 0.0, 0.0
        return min(s.least_s for s in self.sources), max(s.most_s for s in self.sources)

    def beyond(self, residual_s: float) -> float:
        """Return how far a residual lies outside the span of sources, 0 inside."""
        low, high = self.span
        return max(0.0, low - residual_s, residual_s - high)

    def from_source(self, residual_s: float) -> float | None:
        """Return the distance of a residual to the nearest common source, or None where there is none."""
        return min((max(0.0, s.least_s - residual_s, residual_s - s.most_s) for s in self.sources), default=None)

    def periodic(self, residual_s: float) -> bool:
        """Whether a wrong residual is off by a multiple of a period, so that what repeats has caused it."""
        return any(
            abs(residual_s) > period / 2 and abs(residual_s - period * round(residual_s / period)) < 0.1 + period / 20
            for period in self.periods_s
        )


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of a set of recordings.

    Attributes:
        recordings: by the id that each has in a solution.
        pairs: every pair of one incident that overlaps at all.
        shared: what recordings of two incidents both heard (song, siren …), where they shared anything.
    """

    recordings: Mapping[str, Known]
    pairs: tuple[Pair, ...]
    shared: Mapping[frozenset[str], str]

    def cause(self, a: str, b: str) -> str:
        """Return what recordings of two incidents have in common."""
        return self.shared.get(frozenset((a, b)), "nothing in common")
