"""Where a recording lost a stretch: the place of a change of lag, to a fraction of a second."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from everyangle.sync import RATE_HZ
from everyangle.sync.match import Match, Piece
from everyangle.sync.phase import PROFILE_STEP_S
from everyangle.sync.spectra import Sound
from everyangle.sync.windows import correlations

LEAST_S = 0.2
_HOP = 400
_NEAR = 16
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
    """

    first: bool
    at_s: float
    lost_s: float
    nats: float
    firm: bool


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
        if change > 0:
            at = _change(sound_a, sound_b, at_b, _sides(before, after, at_b, change, 1))
            result.append(Lost(first=False, at_s=at, lost_s=change, nats=nats, firm=firm))
        else:
            at = _change(sound_b, sound_a, at_b + old, _sides(before, after, at_b, change, -1))
            result.append(Lost(first=True, at_s=at, lost_s=-change, nats=nats, firm=firm))
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
    old, new = line_lag(before, t_b), line_lag(after, t_b)
    lags = sorted({*(old + s for s in _sources(before)), *(new + s - change for s in _sources(after))})
    return tuple(sign * lag for lag in lags), tuple(sign * (lag + change) for lag in lags)


def _sources(piece: Piece) -> tuple[float, ...]:
    """Return the sources' lags against the piece's own lag."""
    return (0.0,) if piece.phase is None else tuple(s - piece.phase.lag_s for s in piece.phase.sources_s)


def _change(
    whole: Sound, lossy: Sound, near_s: float, sides: tuple[tuple[float, ...], ...], reach_s: float = 4.0
) -> float:
    """Return the media time of ``lossy`` at which its lag to ``whole`` changes from one side's lags to the other's."""
    window = 1600
    first = max(0, round((near_s - reach_s) * RATE_HZ))
    last = min(len(lossy) - window, round((near_s + reach_s) * RATE_HZ))
    starts = list(range(first, max(first + 1, last), _HOP))
    heights = []
    for lags in sides:
        each = [
            (correlations(whole, lossy, starts, [round(lag * RATE_HZ)] * len(starts), window, _NEAR) ** 2).max(axis=1)
            for lag in lags
        ]
        heights.append(np.minimum(np.max(each, axis=0), 40.0))
    gain = np.cumsum(heights[0] - heights[1])
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return (starts[0] + window / 2 - _HOP / 2) / RATE_HZ
    return (starts[best] + window / 2 + _HOP / 2) / RATE_HZ
