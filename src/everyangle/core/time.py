"""Media time, event time, wall time, and the map from one to the other.

Media time is integer ticks of a rational time base, zero at the player's presentation zero. Event time is seconds on
the incident's common clock. Wall time is microseconds UTC with how the clock was known. Nothing here reads a clock.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Literal

from everyangle.core.errors import BadInputError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ClockSource = Literal["system", "stated", "file", "unknown"]
"""How a wall time was known: from this machine's clock, stated by a person, from a file's metadata, or not known."""


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
        jumps: lost stretches, in order of ``at_s``.
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
        in_order = all(a.at_s <= b.at_s for a, b in zip(self.jumps, self.jumps[1:], strict=False))
        if not all(map(math.isfinite, numbers)) or self.rate <= 0 or self.error_s < 0 or not in_order:
            raise BadInputError("clock-malformed", f"Not a clock map: {self!r}.")

    def event_from_media(self, t_media: float) -> float:
        """Return the event time in seconds of a media time in seconds."""
        return self.offset_s + self.rate * t_media + sum(j.lost_s for j in self.jumps if j.at_s <= t_media)

    def media_from_event(self, t_event: float) -> float | None:
        """Return the media time of an event time, or None inside a lost stretch.

        Times before the start or after the end of the recording are extrapolated; the caller knows the duration.
        """
        piece = self._piece(t_event)
        t_media = (t_event - self.offset_s - sum(j.lost_s for j in self.jumps[:piece])) / self.rate
        if piece < len(self.jumps) and t_media >= self.jumps[piece].at_s:
            return None
        return t_media

    def then(self, outer: ClockMap) -> ClockMap:
        """Return the map that applies this one and then ``outer``, as when a recording is placed against another.

        Jumps of ``outer`` that fall inside a lost stretch of this map, or before its media time zero, are taken
        into account where they fall. Errors add in quadrature, as independent ones do.
        """
        lost: dict[float, float] = {j.at_s: j.lost_s * outer.rate for j in self.jumps}
        for jump in outer.jumps:
            if jump.at_s > self.offset_s:
                inner = self.media_from_event(jump.at_s)
                at_s = self.jumps[self._piece(jump.at_s)].at_s if inner is None else inner
                lost[at_s] = lost.get(at_s, 0.0) + jump.lost_s
        jumps = tuple(Jump(at_s, lost[at_s]) for at_s in sorted(lost))
        error_s = math.hypot(self.error_s, outer.error_s)
        return ClockMap(outer.event_from_media(self.offset_s), self.rate * outer.rate, error_s, jumps)

    def _piece(self, t_event: float) -> int:
        """Return how many lost stretches end at or before an event time."""
        return bisect_right([self.event_from_media(j.at_s) for j in self.jumps], t_event)

    def shifted(self, by_s: float) -> ClockMap:
        """Return the same clock with ``by_s`` seconds added to event time."""
        return ClockMap(self.offset_s + by_s, self.rate, self.error_s, self.jumps)


@dataclass(frozen=True, slots=True)
class WallTie:
    """Ties event time to wall time: ``t_event`` seconds is ``instant``, give or take ``within_s``."""

    t_event: float
    instant: Instant
    within_s: float | None


_POSITION = re.compile(r"(?P<sign>[-+]?)(?:(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):)?(?P<s>\d{1,9}(?:\.\d{1,6})?)", re.ASCII)


def parse_position(text: str) -> float:
    """Return the seconds that a position on a clock means: ``83.2``, ``1:23.2`` or ``0:01:23.2``, also negative.

    Raises:
        BadInputError: ``position-malformed``.
    """
    match = _POSITION.fullmatch(text.strip())
    if match is None:
        raise BadInputError(
            "position-malformed",
            f"{text!r} is not a position on the clock.",
            todo="Write seconds (83.2), minutes (1:23.2) or hours (0:01:23.2).",
        )
    seconds = int(match["h"] or 0) * 3600 + int(match["m"] or 0) * 60 + float(match["s"])
    return -seconds if match["sign"] == "-" else seconds


def format_position(t: float, *, decimals: int = 1) -> str:
    """Return a position in seconds as people read it: ``1:23.2``, ``1:00:00.0``, ``-0:04.5``."""
    scale = 10**decimals
    units = round(abs(t) * scale)
    whole, fraction = divmod(units, scale)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    tail = f".{fraction:0{decimals}d}" if decimals else ""
    return f"{'-' if t < 0 and units else ''}{head}:{seconds:02d}{tail}"
