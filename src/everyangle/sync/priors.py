"""What files say of when recordings began, as a prior: weighed, never trusted. Knows nothing of sound.

A file's time is wrong in known ways: seconds off, written when the recording ended, in another zone, off by minutes
where nobody set the clock, or simply another time (a copy, a default). So what a time says is a mixture with a heavy
tail: a wrong time costs little and can never outweigh sound, and a right one adds no more than about ten nats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, pi, sqrt

SIGMA_S = 2.0
"""Standard deviation of a time that is right."""

_SPAN_S = 172_800.0
"""Times that are simply wrong lie anywhere within so many seconds."""

_RIGHT, _AT_END, _ZONE, _UNSET = 0.66, 0.08, 0.08, 0.06
_UNSET_SIGMA_S = 60.0
_SHIFT_S = 1800.0
_SHIFTS = 56
_AGREED = 0.95
_FLOOR_S = 0.7
_NEAR_S = 3.0 * SIGMA_S


class TimeSource(StrEnum):
    """Where a file says when it began."""

    CONTAINER = "container"
    NAME = "name"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Claim:
    """When a recording began, as its file says.

    Attributes:
        at_s: seconds since 1970-01-01T00:00 (UTC where ``zone_known``).
        source: what says so.
        zone_known: whether it is a time in UTC; otherwise it may be off by any whole or half hours.
        duration_s: of the recording: a file may say when it ended instead.
    """

    at_s: float
    source: TimeSource
    zone_known: bool
    duration_s: float


def claim(
    duration_s: float, created_s: float | None, named_s: float | None, *, named_in_utc: bool = False
) -> Claim | None:
    """Return what a file says, or None where it says nothing or contradicts itself.

    A container's time stands where the name's agrees with it but for the zone, or is missing.
    """
    if created_s is None:
        return None if named_s is None else Claim(named_s, TimeSource.NAME, named_in_utc, duration_s)
    if named_s is not None:
        off = created_s - named_s
        ways = (off, off - duration_s)
        if min(abs(way - _SHIFT_S * round(way / _SHIFT_S)) for way in ways) > _NEAR_S:
            return None
    return Claim(created_s, TimeSource.CONTAINER, zone_known=True, duration_s=duration_s)


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall time of a clock's zero, as the files on that clock say: weighted alternatives.

    Attributes:
        ways: weight, wall time in seconds and standard deviation of each; the weights' rest is that all are wrong.
        source: what says so.
        zone_known: whether it is in UTC.
        files: how many files agree on it.
    """

    ways: tuple[tuple[float, float, float], ...]
    source: TimeSource
    zone_known: bool
    files: int


def wall_of(claims: Sequence[tuple[Claim, float]]) -> Wall | None:
    """Return the wall time of a clock's zero, or None where nothing is said or most contradict each other.

    Args:
        claims: each recording's claim, and where it starts on the clock, in seconds.
    """
    zoned = [one for one in claims if one[0].zone_known]
    said = zoned if 2 * len(zoned) >= len(claims) else [one for one in claims if not one[0].zone_known]
    if not said:
        return None
    first = said[0][0]
    if len(said) == 1:
        at = first.at_s - said[0][1]
        ways: tuple[tuple[float, float, float], ...] = ((_RIGHT + _AT_END, at, SIGMA_S),)
        if first.source is TimeSource.CONTAINER:
            ways = ((_RIGHT, at, SIGMA_S), (_AT_END, at - first.duration_s, SIGMA_S))
        return Wall(ways, first.source, first.zone_known, 1)
    zeros = sorted(one.at_s - start for one, start in said)
    best = max(zeros, key=lambda z: (sum(abs(z - other) <= _NEAR_S for other in zeros), -z))
    near = [z for z in zeros if abs(z - best) <= _NEAR_S]
    if len(near) < 2 or 2 * len(near) <= len(zeros):
        return None
    middle = sorted(near)[len(near) // 2] if len(near) % 2 else (near[len(near) // 2 - 1] + near[len(near) // 2]) / 2
    kinds = {one.source for one, _ in said}
    source = kinds.pop() if len(kinds) == 1 else TimeSource.SEVERAL
    sigma = max(_FLOOR_S, 1.25 * SIGMA_S / sqrt(len(near)))
    return Wall(((_AGREED, middle, sigma),), source, first.zone_known, len(near))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What times say of one offset between two clocks.

    Attributes:
        log_odds: how much likelier the times are if the offset is right than if they have nothing to do with it, nats.
        gap_s: what the times say less the offset, a whole or half number of hours taken off.
        shift_s: those hours in seconds.
        near: whether times that are right explain the gap.
    """

    log_odds: float
    gap_s: float
    shift_s: float
    near: bool


def weigh(a: Wall, b: Wall, offset_s: float) -> Weighed:
    """Return what times say of ``offset_s``: where the zero of b's clock stands on a's, in seconds."""
    aligned = a.zone_known == b.zone_known
    right = unset = 0.0
    best = (-1.0, 0.0, 0.0, 1.0)
    for weight_a, wall_a, sigma_a in a.ways:
        for weight_b, wall_b, sigma_b in b.ways:
            gap, sigma = wall_b - wall_a - offset_s, sqrt(sigma_a**2 + sigma_b**2)
            shift = _SHIFT_S * round(gap / _SHIFT_S) if abs(gap) <= _SHIFT_S * _SHIFTS / 2 else 0.0
            weight = weight_a * weight_b
            kept = 1.0 if aligned and shift == 0 else (_ZONE if aligned else 1.0) / _SHIFTS
            density = weight * kept * _normal(gap - shift, sigma)
            right += density
            unset += weight_a * weight_b * _UNSET * _normal(gap, _UNSET_SIGMA_S)
            best = max(best, (density, gap - shift, shift, sigma))
    wild = (1.0 - sum(w for w, _, _ in a.ways) * sum(w for w, _, _ in b.ways)) / _SPAN_S
    _, gap, shift, sigma = best
    return Weighed(log((right + unset + wild) * _SPAN_S), gap, shift, abs(gap) <= 3.0 * sigma)


def _normal(x: float, sigma: float) -> float:
    return exp(-0.5 * (x / sigma) ** 2) / (sigma * sqrt(2.0 * pi))


def shares(log_odds: Sequence[float]) -> list[float]:
    """Return the probability of each of several candidates that sound does not tell apart; they sum to one."""
    most = max(log_odds)
    odds = [exp(one - most) for one in log_odds]
    return [one / sum(odds) for one in odds]
