"""Where a recording lost a stretch: a change of lag, and for each moment how well it explains what was heard.

Looks at one pair at a time; :mod:`everyangle.sync.agree` adds up what the pairs of one recording say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from everyangle.sync import RATE_HZ
from everyangle.sync.match import Match, Piece
from everyangle.sync.phase import PROFILE_STEP_S
from everyangle.sync.spectra import Sound
from everyangle.sync.travel import source_lags
from everyangle.sync.windows import correlations

LEAST_S = 0.2
_HOP = 160
_CURVE_WINDOW = 800
_CURVE_REACH_S = 5.0
_MOST_GAIN = 15.0
_NEAR = 16
_SAME_SOURCE_S = 0.0015
CURVE_STEP_S = _HOP / RATE_HZ
"""Seconds between the moments of a curve: see :class:`Lost`."""

_SOURCES_S = 0.12
_BACKWARD_S = 1.0
_FIRM_NATS = 5.0
_FEW_REPEATED = 0.3


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost stretch seen by one pair.

    Attributes:
        first: whether the first recording of the pair (``a``) lost it, else the second.
        at_s: media time of the recording that lost it.
        lost_s: how much it lost, seconds.
        nats: evidence on the weaker side.
        firm: whether both sides stand on two kinds of evidence and little repeats: one pair is then enough.
        first_step: the step (of :data:`CURVE_STEP_S`, media time of the recording that lost it) of the curve's start.
        curve: how well a loss at each step explains the sound around it, nats up to a constant.
    """

    first: bool
    at_s: float
    lost_s: float
    nats: float
    firm: bool
    first_step: int = 0
    curve: tuple[float, ...] = ()


def line_lag(piece: Piece, t_b: float) -> float:
    """Return the finest known lag of a piece at a media time of ``b``."""
    if piece.phase is None:
        return piece.line.at(t_b)
    return piece.phase.lag_s + piece.phase.slope * (t_b - piece.phase.centre_s)


def forward_only(found: Match) -> Match:
    """Return the match without pieces that would need time to run backwards, or that rest on repeated content."""
    if len(found.pieces) < 2:
        return found
    best = max(found.pieces, key=lambda p: (p.nats, -p.first_s))
    kept = [best]
    for piece in sorted(found.pieces, key=lambda p: (-p.nats, p.first_s)):
        if piece is best or piece.repeated > 0.5 or piece.nats < 10:
            continue
        if all(_in_order(piece, other) for other in kept):
            kept.append(piece)
    kept.sort(key=lambda p: p.first_s)
    return replace(found, pieces=tuple(kept), overlap_s=sum(p.last_s - p.first_s for p in kept))


def _in_order(one: Piece, other: Piece) -> bool:
    before, after = (one, other) if one.first_s < other.first_s else (other, one)
    jump = abs(line_lag(after, after.first_s) - line_lag(before, before.last_s))
    end_a = before.last_s + line_lag(before, before.last_s)
    start_a = after.first_s + line_lag(after, after.first_s)
    return start_a >= end_a - _BACKWARD_S - min(jump, 10.0) and jump >= LEAST_S


def lost_stretches(found: Match, sound_a: Sound, sound_b: Sound) -> tuple[Lost, ...]:
    """Return the lost stretches between a match's pieces: a lag that grows means that ``b`` lost something."""
    result = []
    for before, after in zip(found.pieces, found.pieces[1:], strict=False):
        at_b = (before.last_s + after.first_s) / 2
        old, new = line_lag(before, at_b), line_lag(after, at_b)
        change = new - old + _shift(before, after, at_b)
        nats = min(before.nats, after.nats)
        firm = _firm(before) and _firm(after)
        first, near = change < 0, at_b + old if change < 0 else at_b
        whole, lossy = (sound_b, sound_a) if first else (sound_a, sound_b)
        step, curve = _curve(whole, lossy, near, _sides(before, after, at_b, change, -1 if first else 1))
        at = (step + int(np.argmax(curve))) * CURVE_STEP_S
        result.append(Lost(first, at, abs(change), nats, firm, step, curve))
    return tuple(result)


def _firm(piece: Piece) -> bool:
    kinds = (piece.all_landmarks.nats, piece.envelope.nats, piece.phase_nats)
    return sum(nats >= _FIRM_NATS for nats in kinds) >= 2 and piece.repeated < _FEW_REPEATED


def _shift(before: Piece, after: Piece, t_b: float) -> float:
    """Return how much further apart two pieces are than their lags say, by the sources that both hear.

    A lag is the middle of the sources that happened to be heard; the profiles over lags show them all.
    """
    if before.phase is None or after.phase is None:
        return 0.0
    one, other = (np.maximum(np.array(p.profile) - 3.0, 0.0) for p in (before.phase, after.phase))
    if not one.any() or not other.any():
        return 0.0
    start, end = (
        p.phase.profile_from_s + p.phase.slope * (t_b - p.phase.centre_s) - line_lag(p, t_b)
        for p in (before, after)
        if p.phase is not None
    )
    product = np.correlate(other, one, "full")
    lags = (np.arange(len(product)) - (len(one) - 1)) * PROFILE_STEP_S + end - start
    product = np.where(np.abs(lags) <= _SOURCES_S, product, 0.0)
    best = int(np.argmax(product))
    return float(lags[best]) if product[best] > 0 else 0.0


def _sides(before: Piece, after: Piece, t_b: float, change: float, sign: int) -> tuple[tuple[float, ...], ...]:
    """Return the lags of all sources before and after a change, negated for the way from ``a`` to ``b``."""
    lags: list[float] = []
    for lag in sorted([*_sources(before, t_b), *(lag - change for lag in _sources(after, t_b))]):
        if not lags or lag - lags[-1] > _SAME_SOURCE_S:
            lags.append(lag)
    return tuple(sign * lag for lag in lags), tuple(sign * (lag + change) for lag in lags)


def _sources(piece: Piece, t_b: float) -> tuple[float, ...]:
    """Return the sources' lags at a media time of ``b``."""
    if piece.phase is None:
        return (line_lag(piece, t_b),)
    return tuple(lag + piece.phase.slope * (t_b - piece.phase.centre_s) for lag in source_lags(piece.phase))


def _curve(
    whole: Sound, lossy: Sound, near_s: float, sides: tuple[tuple[float, ...], ...]
) -> tuple[int, tuple[float, ...]]:
    """Return for each step around a moment how well a change there explains the sounds, and the first step.

    In windows of a tenth of a second, phase correlation at one side's lags is set against that at the other's; a loss
    at a step explains the windows before it by the one and those after it by the other. The sum over pairs is what
    counts: where one pair hears nothing its curve is level.
    """
    centre = _CURVE_WINDOW // 2
    first = max(0, round((near_s - _CURVE_REACH_S) * RATE_HZ) // _HOP)
    last = max(first, (min(len(lossy) - _CURVE_WINDOW, round((near_s + _CURVE_REACH_S) * RATE_HZ))) // _HOP)
    starts = [step * _HOP for step in range(first, last + 1)]
    heights = []
    for lags in sides:
        each = [
            (correlations(whole, lossy, starts, [round(lag * RATE_HZ)] * len(starts), _CURVE_WINDOW, _NEAR) ** 2).max(
                axis=1
            )
            for lag in lags
        ]
        heights.append(np.minimum(np.max(each, axis=0) / 2, _MOST_GAIN) * (_HOP / _CURVE_WINDOW))
    gains = np.cumsum(heights[0] - heights[1]).astype(np.float64)
    # The k-th value stands between the k-th window's centre and the next one's.
    return first + (centre + _HOP // 2) // _HOP, tuple(np.round(gains, 3).tolist())
