"""Media time, event time, wall time, and the map from one to the other.

Media time is integer ticks of a rational time base, zero at the player's presentation zero. Event time is seconds on
the incident's common clock. Wall time is microseconds UTC with how the clock was known. Nothing here reads a clock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Literal

from everyangle.core.errors import BadInputError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ClockSource = Literal["system", "stated", "unknown"]
"""How a wall time was known: read from this machine's clock, stated by a person, or not known."""


@dataclass(frozen=True, slots=True)
class MediaTime:
    """A position in one recording: ``ticks`` of ``base`` seconds each, zero at presentation zero."""

    ticks: int
    base: Fraction

    @property
    def seconds(self) -> float:
        """The position in seconds."""
        return float(self.ticks * self.base)


@dataclass(frozen=True, slots=True)
class Instant:
    """Wall time: microseconds since 1970-01-01T00:00Z (UTC), and how the clock was known."""

    us: int
    clock: ClockSource = "system"

    def isoformat(self) -> str:
        """Return RFC 3339 text in UTC with microseconds where there are any."""
        return (_EPOCH + timedelta(microseconds=self.us)).isoformat().replace("+00:00", "Z")


def parse_instant(text: str, *, clock: ClockSource = "stated") -> Instant:
    """Return the instant that an RFC 3339 text with a UTC offset names.

    Raises:
        BadInputError: ``time-malformed`` if the text is no such time or has no offset.
    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise BadInputError(
            "time-malformed",
            f"{text!r} is not a time with its offset from UTC.",
            todo="Write it like 2025-05-03T10:04:12-05:00 (or with Z for UTC).",
        )
    return Instant((parsed - _EPOCH) // timedelta(microseconds=1), clock)


@dataclass(frozen=True, slots=True, order=True)
class Jump:
    """A lost stretch: at media time ``at_s`` the recording skipped ``lost_s`` seconds of event time."""

    at_s: float
    lost_s: float


@dataclass(frozen=True, slots=True)
class ClockMap:
    """Takes a recording's media time to event time.

    ``t_event = offset_s + rate * t_media + sum of lost_s over jumps with at_s <= t_media``, all in seconds.

    Attributes:
        offset_s: event time of media time zero.
        rate: event seconds per media second, close to 1.
        error_s: half-width of a 95 % interval against the component's anchor; 0 for the anchor itself.
        jumps: lost stretches in order of ``at_s``.
    """

    offset_s: float
    rate: float = 1.0
    error_s: float = 0.0
    jumps: tuple[Jump, ...] = ()

    def __post_init__(self) -> None:
        """Refuse values that are no clock.

        Raises:
            BadInputError: ``clock-malformed``.
        """
        numbers = (
            self.offset_s,
            self.rate,
            self.error_s,
            *(x for j in self.jumps for x in (j.at_s, j.lost_s)),
        )
        sorted_jumps = all(a.at_s <= b.at_s for a, b in zip(self.jumps, self.jumps[1:], strict=False))
        if not all(map(math.isfinite, numbers)) or self.rate <= 0 or self.error_s < 0 or not sorted_jumps:
            raise BadInputError("clock-malformed", f"Not a clock map: {self!r}.")

    def event_from_media(self, t_media: float) -> float:
        """Return the event time in seconds of a media time in seconds."""
        return self.offset_s + self.rate * t_media + sum(j.lost_s for j in self.jumps if j.at_s <= t_media)

    def media_from_event(self, t_event: float) -> float | None:
        """Return the media time of an event time, or None inside a lost stretch.

        Times before the start or after the end of the recording are extrapolated; the caller knows the duration.
        """
        edges = [self.event_from_media(j.at_s) for j in self.jumps]
        piece = bisect_right(edges, t_event)
        t_media = (t_event - self.offset_s - sum(j.lost_s for j in self.jumps[:piece])) / self.rate
        if piece < len(self.jumps) and t_media >= self.jumps[piece].at_s:
            return None
        return t_media

    def shifted(self, by_s: float) -> ClockMap:
        """Return the same clock with ``by_s`` seconds added to event time."""
        return ClockMap(self.offset_s + by_s, self.rate, self.error_s, self.jumps)


@dataclass(frozen=True, slots=True)
class WallTie:
    """Ties event time to wall time: ``t_event`` seconds is ``instant``, give or take ``within_s``."""

    t_event: float
    instant: Instant
    within_s: float | None
