"""Where a recording lost a stretch: a change of lag, and for each moment how well it explains what was heard.

Looks at one pair at a time; :mod:`everyangle.sync.agree` adds up what the pairs of one recording say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from everyangle.sync import RATE_HZ
from everyangle.sync.match import Match, Piece
from everyangle.sync.phase import PROFILE_STEP_S
from everyangle.sync.spectra import Sound, as_float
from everyangle.sync.travel import source_lags
from everyangle.sync.windows import F64, correlations

LEAST_S = 0.2
_HOP = 160
_WINDOW = 800
_LEARN_S = 12.0
_LEAST_LEARNT = 30
_LEVELS = 25
_LEVEL_DB = 2.5
_CHANCE = 4.0
_NATS_A_SECOND_OFF = 4.0
_SPREAD = 3.0
_EXCESS = 4.0
_CURVE_REACH_S = 5.0
_MOST_REACH_S = 15.0
_MOST_GAIN = 15.0
_NEAR = 16
_SAME_SOURCE_S = 0.0015
CURVE_STEP_S = _HOP / RATE_HZ
"""Seconds between the moments of a curve: see :class:`Lost`."""

_SOURCES_S = 0.12
_BACKWARD_S = 1.0
_FIRM_NATS = 5.0
_FEW_REPEATED = 0.3
_DISTINCT_NATS = 15.0


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost stretch seen by one pair.

    Attributes:
        first: whether the first recording of the pair (``a``) lost it, else the second.
        at_s: media time of the recording that lost it.
        lost_s: how much it lost, seconds.
        nats: evidence on the weaker side.
        firm: whether both sides stand on two kinds of evidence and much does not repeat: one pair is then enough.
        other_s: media time of the other recording at that moment.
        first_step: the step (of :data:`CURVE_STEP_S`, media time of the recording that lost it) of the curve's start.
        curve: how well a loss at each step explains the sound around it, nats up to a constant.
    """

    first: bool
    at_s: float
    lost_s: float
    nats: float
    firm: bool
    other_s: float
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
        sides = _sides(before, after, at_b, change, -1 if first else 1)
        begin, end = (t + (near - at_b) for t in _unsure(before, after, at_b))
        sure = (before.first_s + (near - at_b), after.last_s + (near - at_b))
        step, curve = _curve(whole, lossy, near, (begin, end), sure, sides)
        at = (step + int(np.argmax(curve))) * CURVE_STEP_S
        other = at - old if first else at + old
        result.append(Lost(first, at, abs(change), nats, firm, other, step, curve))
    return tuple(result)


def _firm(piece: Piece) -> bool:
    kinds = (piece.all_landmarks.nats, piece.envelope.nats, piece.phase_nats)
    distinct = piece.repeated < _FEW_REPEATED or piece.landmarks.nats >= _DISTINCT_NATS
    return sum(nats >= _FIRM_NATS for nats in kinds) >= 2 and distinct


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


def _unsure(before: Piece, after: Piece, t_b: float) -> tuple[float, float]:
    """Return the media times of ``b`` between which a change may lie: five seconds around, or more by landmarks."""
    last = min(before.seconds[-1] if before.seconds else t_b, t_b - _CURVE_REACH_S)
    first = max(after.seconds[0] + 1.0 if after.seconds else t_b, t_b + _CURVE_REACH_S)
    return max(last, t_b - _MOST_REACH_S, before.first_s), min(first, t_b + _MOST_REACH_S, after.last_s)


def _curve(
    whole: Sound,
    lossy: Sound,
    near_s: float,
    span: tuple[float, float],
    sure: tuple[float, float],
    sides: tuple[tuple[float, ...], ...],
) -> tuple[int, tuple[float, ...]]:
    """Return for each step of a time span how well a loss there explains the sounds, and the first step.

    In windows of a tenth of a second, phase correlation at one side's lags is set against that at the other's; a loss
    at a step explains the windows before it by the one and those after it by the other. How much correlation is to be
    expected where the whole recording is so loud is learnt before and after the span: where it is silent nothing is
    learnt from a window, and where it is loud and does not correlate, that speaks against a side as well.

    Args:
        whole: the sound that lost nothing there.
        lossy: the sound that lost something.
        near_s: media time of ``lossy`` at which landmarks and envelopes change sides: evidence of its own.
        span: media times of ``lossy`` between which it did.
        sure: media times of ``lossy`` where the first side's lags begin to hold, and the other's cease to.
        sides: the lags ``t_whole - t_lossy`` of all sources before and after.
    """
    first = max(0, round(span[0] * RATE_HZ) // _HOP)
    last = max(first, min(len(lossy) - _WINDOW, round(span[1] * RATE_HZ)) // _HOP)
    starts = [step * _HOP for step in range(first, last + 1)]
    early = _learning(max(sure[0], span[0] - _LEARN_S), span[0], len(lossy))
    late = _learning(span[1], min(sure[1], span[1] + _LEARN_S), len(lossy))
    right = [_heights(whole, lossy, x, lags) for x, lags in zip((early, late), sides, strict=True)]
    wrong = [_heights(whole, lossy, x, lags) for x, lags in zip((early, late), sides[::-1], strict=True)]
    expected = _Expected.of(
        *(np.concatenate(x) for x in ([r[0] for r in right], [r[1] for r in right], [w[0] for w in wrong]))
    )
    gain = np.zeros(len(starts))
    for lags, sign in zip(sides, (1.0, -1.0), strict=True):
        gain += sign * expected.nats(*_heights(whole, lossy, starts, lags))
    # The k-th value stands between the k-th window's centre and the next one's.
    step = first + (_WINDOW + _HOP) // 2 // _HOP
    away = np.abs((step + np.arange(len(gain))) * CURVE_STEP_S - near_s)
    gains = np.cumsum(gain * (_HOP / _WINDOW)) - _NATS_A_SECOND_OFF * away
    return step, tuple(np.round(gains, 3).tolist())


def _learning(from_s: float, to_s: float, length: int) -> list[int]:
    """Return starts of windows side by side within some media times."""
    return list(range(max(0, round(from_s * RATE_HZ)), min(length, round(to_s * RATE_HZ)) - _WINDOW + 1, _WINDOW))


def _heights(whole: Sound, lossy: Sound, starts: list[int], lags: tuple[float, ...]) -> tuple[F64, F64]:
    """Return each window's highest correlation at any of the lags, in nats, and how loud ``whole`` is there, in dB."""
    if not starts:
        return np.zeros(0), np.zeros(0)
    heights, levels = np.zeros(len(starts)), np.full(len(starts), -np.inf)
    for lag in (round(x * RATE_HZ) for x in lags):
        z = correlations(whole, lossy, starts, [lag] * len(starts), _WINDOW, _NEAR)
        heights = np.maximum(heights, (z**2).max(axis=1) / 2)
        levels = np.maximum(levels, _levels(whole, [s + lag for s in starts]))
    return np.minimum(heights, _MOST_GAIN), levels


def _levels(sound: Sound, starts: list[int]) -> F64:
    """Return the loudness of windows of a sound, low rumble left out, in dB."""
    first, last = max(0, min(starts)), max(0, min(len(sound), max(starts) + _WINDOW))
    energy = np.concatenate(
        [[0.0], np.cumsum(np.diff(as_float(sound[first:last]).astype(np.float64), prepend=0.0) ** 2)]
    )
    low, high = (np.clip(np.array(starts) + x - first, 0, max(0, last - first)) for x in (0, _WINDOW))
    return np.asarray(10 * np.log10((energy[high] - energy[low]) / _WINDOW + 1e-12), np.float64)


@dataclass(frozen=True, slots=True)
class _Expected:
    """How high windows correlate by chance and at the right lag, by level."""

    chance: float
    variance: float
    levels: F64
    excess: F64

    @classmethod
    def of(cls, heights: F64, levels: F64, wrong: F64) -> _Expected:
        """Learn from windows at their right lags and at wrong ones; without any, every level counts alike."""
        if len(heights) < _LEAST_LEARNT:
            return cls(_CHANCE, _SPREAD**2, np.zeros(1), np.array([_EXCESS]))
        chance = float(wrong.mean())
        grid = np.linspace(float(levels.min()), float(levels.max()), _LEVELS)
        weights = np.exp(-0.5 * ((grid[:, None] - levels) / _LEVEL_DB) ** 2)
        # One window at chance height is added everywhere: what is rare is not believed at once.
        excess = (weights @ (heights - chance)) / (weights.sum(axis=1) + 1.0)
        residual = heights - chance - np.interp(levels, grid, excess)
        return cls(chance, max(1.0, float((residual**2).mean() + wrong.var()) / 2), grid, np.maximum(excess, 0.0))

    def nats(self, heights: F64, levels: F64) -> F64:
        """Return for each window how much better a lag explains it than chance does."""
        excess = np.interp(levels, self.levels, self.excess)
        return np.asarray(excess * (heights - self.chance - excess / 2) / self.variance, np.float64)
