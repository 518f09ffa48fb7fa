"""Evidence counted in independent seconds: which seconds of a pair agree on a line of lag, and what chance would give.

Landmarks and band envelopes are counted here, phase in :mod:`everyangle.sync.phase`. One second counts once, however
many landmarks it has: a reused stretch of speech gives hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc, log_ndtr, pdtrc

from everyangle.sync.features import Features
from everyangle.sync.landmarks import I64, REPEATS, TONAL, coincidences
from everyangle.sync.slopes import MAX_PPM
from everyangle.sync.spectra import FRAMES_PER_S

_NATS_A_SECOND = 2.0
AGREES = 1.3
"""From so many units of chance on, a second's envelopes agree."""

_AGREES_BY_CHANCE = 0.12
_WORST_SECOND, _BEST_SECOND = 2.0, 3.0
_CALIBRATED = 0.9
_LEAST_SECONDS = 3
MAX_SPEED = 0.008
"""Greatest difference of speed looked for in what is played twice."""

_SPEED_REACH_S = 0.1
_SPEED_HALF_S = 4.0
_SPEED_MORE = 5
_SPEED_TIMES = 1.5
F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hits:
    """Coincident landmarks of a pair: lag in frames, frame in ``b``, and the union of both sides' flags."""

    lag: I64
    frame: I64
    flags: npt.NDArray[np.uint8]
    density: float
    """Chance coincidences per second of ``b`` and frame of lag."""


@dataclass(frozen=True, slots=True)
class Line:
    """A lag over time: ``lag_s`` at ``centre_s`` of ``b``'s media time, changing by ``slope`` a second."""

    lag_s: float
    centre_s: float
    slope: float

    def at(self, t_b: float) -> float:
        """Return the lag at a media time of ``b``."""
        return self.lag_s + self.slope * (t_b - self.centre_s)


@dataclass(frozen=True, slots=True)
class Seconds:
    """How many of the seconds looked at agree, what share would by chance, and the evidence in nats."""

    agreeing: int
    looked: int
    chance: float
    nats: float


def hits_between(a: Features, b: Features) -> Hits:
    """Return the coincident landmarks of two recordings."""
    i, j = coincidences(a.codes, b.codes)
    lag = a.frames[i].astype(np.int64) - b.frames[j].astype(np.int64)
    frame = b.frames[j].astype(np.int64)
    density = len(lag) / max(1.0, b.duration_s) / max(1.0, (a.duration_s + b.duration_s) * FRAMES_PER_S * 0.5)
    return Hits(lag, frame, a.flags[i] | b.flags[j], density)


def common(a: Features, b: Features, lag_s: float) -> tuple[float, float]:
    """Return start and end of the overlap at a lag, in media time of ``b``."""
    return max(0.0, -lag_s), min(b.duration_s, a.duration_s - lag_s)


def second_counts(hits: Hits, line: Line, seconds: int, *, plain: bool) -> tuple[I64, float]:
    """Return landmarks near a line in each second of ``b``, and how many chance would give.

    Args:
        hits: the pair's coincidences.
        line: the lag over time.
        seconds: how many seconds of ``b`` there are.
        plain: count only those that neither repeat nor are tonal.
    """
    t = hits.frame / FRAMES_PER_S
    expected = (line.lag_s + line.slope * (t - line.centre_s)) * FRAMES_PER_S
    near = np.abs(hits.lag - expected) <= 2.5
    kept = hits.flags & (REPEATS | TONAL) == 0 if plain else np.ones(len(t), dtype=np.bool_)
    counts = np.bincount((t[near & kept]).astype(np.int64), minlength=seconds)[:seconds]
    share = float(kept.mean()) if len(kept) else 0.0
    return counts, 5 * hits.density * share


def count_seconds(counts: I64, chance_rate: float, tested: float) -> Seconds:
    """Return the evidence in seconds whose counts exceed chance, after looking at ``tested`` places."""
    least = 2
    while pdtrc(least - 1, chance_rate) > 0.03:
        least += 1
    chance = max(float(pdtrc(least - 1, chance_rate)), 1e-3)
    return binomial_seconds(int((counts >= least).sum()), len(counts), chance, tested)


def binomial_seconds(agreeing: int, looked: int, chance: float, tested: float) -> Seconds:
    """Return the evidence that ``agreeing`` of ``looked`` seconds agree where each does with probability ``chance``."""
    if not looked or not agreeing:
        return Seconds(agreeing, looked, chance, 0.0)
    beyond = float(bdtrc(agreeing - 1, looked, min(chance, 0.999)))
    tail = -log(beyond) if beyond > 0 else inf
    nats = min(tail, _NATS_A_SECOND * agreeing) - log(max(tested, 1.0))
    return Seconds(agreeing, looked, chance, max(0.0, nats))


def summed_seconds(values: F64, tested: float) -> Seconds:
    """Return the evidence of seconds by the sum of how well they agree, each in units of its own chance.

    A sum weighs many seconds that agree a little, where counting the ones that agree well would see nothing.

    Args:
        values: one a second, about standard normal by chance; clipped, so that no second outweighs others.
        tested: at how many places was looked.
    """
    looked = len(values)
    if not looked:
        return Seconds(0, 0, _AGREES_BY_CHANCE, 0.0)
    clipped = np.clip(values, -_WORST_SECOND, _BEST_SECOND)
    height = _CALIBRATED * float(clipped.sum()) / sqrt(looked)
    agreeing = int((values > AGREES).sum())
    nats = min(-float(log_ndtr(-height)), _NATS_A_SECOND * looked) - log(max(tested, 1.0))
    return Seconds(agreeing, looked, _AGREES_BY_CHANCE, max(0.0, nats))


def ahead(values: F64, others: F64) -> float:
    """Return by how much seconds agree better at one lag than at another, in standard errors of their mean difference.

    Args:
        values: one a second of ``b``, nan where not overlapping; see :func:`summed_seconds`.
        others: the same at the other lag.

    Returns:
        Infinity where fewer than three seconds overlap at both.
    """
    gain = np.clip(values, -_WORST_SECOND, _BEST_SECOND) - np.clip(others, -_WORST_SECOND, _BEST_SECOND)
    gain = gain[~np.isnan(gain)]
    return float(gain.sum()) / sqrt(2 * len(gain)) if len(gain) >= _LEAST_SECONDS else inf


def coarse_line(hits: Hits, lag_s: float, first_s: float, last_s: float) -> Line:
    """Return the line through the landmarks near a lag; its slope is zero where the piece is too short to tell."""
    centre, span = (first_s + last_s) / 2, last_s - first_s
    t = hits.frame / FRAMES_PER_S
    lag = hits.lag / FRAMES_PER_S
    reach = 0.05 + MAX_PPM * 1e-6 * span
    near = (np.abs(lag - lag_s) < reach) & (t >= first_s) & (t < last_s)
    if span < 120 or near.sum() < 20:
        return Line(lag_s, centre, 0.0)
    steps = int(np.ceil(MAX_PPM * 1e-6 * span / 2 / 0.016))
    slopes = np.linspace(-MAX_PPM, MAX_PPM, 2 * steps + 1) * 1e-6
    best = (-1, 0.0, lag_s)
    for slope in slopes:
        level = lag[near] - slope * (t[near] - centre)
        bins = np.rint((level - lag_s) * FRAMES_PER_S).astype(np.int64)
        counts = np.bincount(bins - bins.min())
        at = int(np.argmax(counts))
        if counts[at] > best[0]:
            best = (int(counts[at]), float(slope), lag_s + float(at + bins.min()) / FRAMES_PER_S)
    return Line(best[2], centre, best[1])


def speed(hits: Hits, lag_s: float, first_s: float, last_s: float) -> float:
    """Return the slope at which clearly more seconds have landmarks on one line than at any that clocks can have.

    Clocks differ by less than :data:`MAX_PPM`; what is played twice may differ by parts in a thousand. Zero where no
    such slope is clearly better, and where the piece is too short to tell.

    Args:
        hits: the pair's coincidences.
        lag_s: lag around which to look.
        first_s: start of the piece, media time of ``b``.
        last_s: its end.
    """
    centre, half = (first_s + last_s) / 2, (last_s - first_s) / 2
    t, lag = hits.frame / FRAMES_PER_S - centre, hits.lag / FRAMES_PER_S - lag_s
    near = (np.abs(lag) < _SPEED_REACH_S + MAX_SPEED * half) & (np.abs(t) < half)
    t, lag = t[near], lag[near]
    if half < _SPEED_HALF_S or len(t) < 3 * _SPEED_MORE:
        return 0.0
    step = 1.5 / FRAMES_PER_S / half
    count = int(np.ceil(MAX_SPEED / step))
    slopes = np.arange(-count, count + 1) * step
    seconds = [_seconds_on_a_line(t, lag - slope * t) for slope in slopes]
    clock = max(n for n, slope in zip(seconds, slopes, strict=True) if abs(slope) <= max(step, MAX_PPM * 1e-6))
    best = int(np.argmax(seconds))
    if seconds[best] < clock + _SPEED_MORE or seconds[best] < _SPEED_TIMES * clock:
        return 0.0
    return float(slopes[best])


def _seconds_on_a_line(t: F64, level: F64) -> int:
    """Return in how many seconds the most landmarks stand within three frames of one level."""
    bins = np.rint((level - level.min()) * FRAMES_PER_S).astype(np.int64)
    key = np.unique(bins * (1 << 20) + np.floor(t - t.min()).astype(np.int64)) >> 20
    counts = np.bincount(key, minlength=3)
    return int(np.max(np.maximum(np.maximum(counts[:-2], counts[1:-1]), counts[2:]))) if len(counts) > 2 else 0
