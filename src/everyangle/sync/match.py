"""Two recordings compared at their candidate lags: which seconds agree, on which pieces, at which offsets.

A piece is a stretch of constant lag (but for drift). Two pieces mean that one recording lost a stretch between them.
Measures only: :mod:`everyangle.sync.check` judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, poisson

from everyangle.sync.features import Features
from everyangle.sync.landmarks import I64, REPEATS, TONAL, coincidences
from everyangle.sync.phase import F64, MAX_PPM, Phase, measure
from everyangle.sync.spectra import F32, FRAMES_PER_S, Sound
from everyangle.sync.stretches import other_lags

_SWITCH_NATS = 8.0
_MIN_PIECE_SECONDS = 4
_SAME_LAG_S = 0.1
_MAX_JUMP_S = 300.0
_NATS_A_SECOND = 2.0
CONTROL_LAGS = 48


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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of ``b`` on one line of lag, and what supports it.

    Attributes:
        first_s: start, media time of ``b``.
        last_s: end.
        line: the lag over the piece.
        landmarks: seconds in which unflagged landmarks agree.
        all_landmarks: seconds in which landmarks of any kind agree.
        envelope: seconds in which band envelopes agree.
        phase: phase correlation, or None where it found nothing.
        phase_nats: its evidence.
        tonal: share of agreeing landmarks that lie on sustained tones.
        repeated: share of agreeing landmarks that repeat within their recording.
        seconds: the seconds of ``b`` in which landmarks of any kind agree.
    """

    first_s: float
    last_s: float
    line: Line
    landmarks: Seconds
    all_landmarks: Seconds
    envelope: Seconds
    phase: Phase | None
    phase_nats: float
    tonal: float
    repeated: float
    seconds: tuple[int, ...]

    @property
    def nats(self) -> float:
        """All evidence of the piece that counts for one event."""
        return self.landmarks.nats + self.envelope.nats + self.phase_nats


@dataclass(frozen=True, slots=True)
class Rival:
    """Another lag, and its evidence by unflagged landmarks, by all landmarks and by envelopes, in nats."""

    lag_s: float
    landmarks: float
    all_landmarks: float
    envelope: float


@dataclass(frozen=True, slots=True)
class Match:
    """A pair compared: its pieces in order of time (none if nothing agrees) and the lags that rival them."""

    pieces: tuple[Piece, ...]
    rivals: tuple[Rival, ...]
    overlap_s: float


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
    while poisson.sf(least - 1, chance_rate) > 0.03:
        least += 1
    chance = max(float(poisson.sf(least - 1, chance_rate)), 1e-3)
    return binomial_seconds(int((counts >= least).sum()), len(counts), chance, tested)


def binomial_seconds(agreeing: int, looked: int, chance: float, tested: float) -> Seconds:
    """Return the evidence that ``agreeing`` of ``looked`` seconds agree where each does with probability ``chance``."""
    if not looked or not agreeing:
        return Seconds(agreeing, looked, chance, 0.0)
    tail = -float(binom.logsf(agreeing - 1, looked, min(chance, 0.999)))
    nats = min(tail, _NATS_A_SECOND * agreeing) - float(np.log(max(tested, 1.0)))
    return Seconds(agreeing, looked, chance, max(0.0, nats))


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


@dataclass(frozen=True, slots=True, eq=False)
class Controls:
    """A pair's envelopes, and how each second of ``b`` agrees with windows spread over all of ``a``.

    Attributes:
        bands: ``(frames, BANDS)`` of ``a``.
        seconds: ``(seconds, frames * BANDS)``, each whole second of ``b``.
        places: first frames of the control windows in ``a``.
        values: ``(seconds, places)``, the agreement of each second with each control window.
    """

    bands: F32
    seconds: F32
    places: I64
    values: F32


_SECOND_FRAMES = int(FRAMES_PER_S)


def controls(a: Features, b: Features) -> Controls:
    """Return what lets a second's agreement at one lag be compared with chance."""
    bands, other = a.bands.astype(np.float32), b.bands.astype(np.float32)
    starts = np.rint(np.arange(int(b.duration_s)) * FRAMES_PER_S).astype(np.int64)
    starts = starts[starts + _SECOND_FRAMES <= len(other)]
    places = np.linspace(0.03, 0.97, CONTROL_LAGS) * max(0, len(bands) - _SECOND_FRAMES)
    firsts = np.unique(places.astype(np.int64)) if len(bands) >= _SECOND_FRAMES else np.zeros(0, np.int64)
    seconds = _windows(other, starts)
    values = np.asarray(np.matmul(seconds, _windows(bands, firsts).T), dtype=np.float32)
    return Controls(bands, seconds, firsts, values)


def _windows(bands: F32, starts: I64) -> F32:
    """Return the second of frames from each start, flattened."""
    rows = starts[:, None] + np.arange(_SECOND_FRAMES)[None, :]
    return np.asarray(bands[rows].reshape(len(starts), _SECOND_FRAMES * bands.shape[1]), dtype=np.float32)


def envelope_seconds(known: Controls, line: Line) -> F64:
    """Return how much more each second's envelopes agree on the line than with control windows.

    One value a second of ``b`` (nan where not overlapping): the agreement, less the mean over the controls, divided by
    their spread.
    """
    count = len(known.seconds)
    t = np.arange(count)
    at = np.rint((t + line.lag_s + line.slope * (t + 0.5 - line.centre_s)) * FRAMES_PER_S).astype(np.int64)
    inside = (at >= 0) & (at + _SECOND_FRAMES <= len(known.bands))
    result = np.full(count, np.nan)
    if not inside.any() or len(known.places) < 8:
        return result
    rows = np.nonzero(inside)[0]
    values = np.einsum("sd,sd->s", _windows(known.bands, at[rows]), known.seconds[rows])
    apart = np.abs(known.places[None, :] - at[rows][:, None]) > 20
    count_apart = np.maximum(apart.sum(axis=1), 1)
    others = np.where(apart, known.values[rows], 0.0)
    mean = others.sum(axis=1) / count_apart
    spread = np.sqrt(np.maximum((others**2).sum(axis=1) / count_apart - mean**2, 0.0)) + 1e-3 * _SECOND_FRAMES
    result[rows] = (values - mean) / spread
    return result


def _path(gains: F64, lags: Sequence[float]) -> list[int]:
    """Return for each second the candidate on the best path: the most agreement, with a price on each change of lag."""
    count, seconds = gains.shape
    price = np.full((count, count), _SWITCH_NATS)
    np.fill_diagonal(price, 0.0)
    far = np.abs(np.subtract.outer(np.array(lags), np.array(lags))) > _MAX_JUMP_S
    price[far] = np.inf
    total = gains[:, 0].copy()
    back = np.zeros((seconds, count), dtype=np.int64)
    for second in range(1, seconds):
        options = total[:, None] - price
        back[second] = options.argmax(axis=0)
        total = options.max(axis=0) + gains[:, second]
    path = [int(total.argmax())]
    for second in range(seconds - 1, 0, -1):
        path.append(int(back[second, path[-1]]))
    return path[::-1]


def distinct_lags(lags: Sequence[float]) -> list[float]:
    """Return lags in the given order of preference, those within a tenth of a second of an earlier one left out."""
    kept: list[float] = []
    for lag in lags:
        if all(abs(lag - other) > _SAME_LAG_S for other in kept):
            kept.append(lag)
    return kept


def match(a: Features, b: Features, sound_a: Sound, sound_b: Sound, lags: Sequence[float]) -> Match:
    """Return what two recordings share at their candidate lags.

    Args:
        a: first recording's features.
        b: second recording's features.
        sound_a: first sound.
        sound_b: second sound.
        lags: candidate lags in seconds, the most promising first.
    """
    hits, known = hits_between(a, b), controls(a, b)
    seconds = max(1, int(np.ceil(b.duration_s)))
    candidates = distinct_lags([*lags, *other_lags(known.bands, b.bands.astype(np.float32), lags[0])])
    lines = [coarse_line(hits, lag, *common(a, b, lag)) for lag in candidates]
    gains = np.stack([_gain(a, b, hits, known, line, seconds) for line in lines])
    path = _path(gains, candidates)
    pieces = []
    for number, first, last in _stretches(path, gains):
        low, high = common(a, b, lines[number].lag_s)
        low, high = max(low, first), min(high, last)
        if high - low >= 2.0:
            pieces.append(_piece(a, b, sound_a, sound_b, hits, known, candidates[number], low, high))
    used = {number for number, _, _ in _stretches(path, gains)}
    rivals = tuple(_rival(a, b, hits, known, line) for number, line in enumerate(lines) if number not in used)
    return Match(tuple(pieces), rivals, sum(p.last_s - p.first_s for p in pieces))


def _gain(a: Features, b: Features, hits: Hits, known: Controls, line: Line, seconds: int) -> F64:
    """Return each second's agreement on a line in nats, capped."""
    plain, rate = second_counts(hits, line, seconds, plain=True)
    every, all_rate = second_counts(hits, line, seconds, plain=False)
    envelope = np.zeros(seconds)
    values = envelope_seconds(known, line)
    envelope[: len(values)] = np.nan_to_num(values, nan=0.0)
    gain = np.clip(plain - 4 * rate - 1, 0, 3) * 0.5 + np.clip(every - 4 * all_rate - 1, 0, 3) * 0.2
    gain += np.clip(envelope - 1.0, -0.5, 2) * 0.4
    low, high = common(a, b, line.lag_s)
    t = np.arange(seconds) + 0.5
    gain[(t < low) | (t > high)] = 0
    return np.asarray(gain, dtype=np.float64)


def _stretches(path: list[int], gains: F64) -> list[tuple[int, float, float]]:
    """Return ``(candidate, first second, last second)`` of each stretch of the path with enough agreeing seconds."""
    edges = [0, *(k for k in range(1, len(path)) if path[k] != path[k - 1]), len(path)]
    runs = [(path[first], float(first), float(last)) for first, last in pairwise(edges)]
    good = [r for r in runs if (gains[r[0], int(r[1]) : int(r[2])] > 0.4).sum() >= _MIN_PIECE_SECONDS]
    if not good and runs:
        good = [max(runs, key=lambda r: gains[r[0], int(r[1]) : int(r[2])].sum())]
    merged: list[tuple[int, float, float]] = []
    for run in good:
        if merged and merged[-1][0] == run[0]:
            merged[-1] = (run[0], merged[-1][1], run[2])
        else:
            merged.append(run)
    return [
        (n, 0.0 if k == 0 else first, float(len(path)) if k == len(merged) - 1 else last)
        for k, (n, first, last) in enumerate(merged)
    ]


def _piece(
    a: Features,
    b: Features,
    sound_a: Sound,
    sound_b: Sound,
    hits: Hits,
    known: Controls,
    lag_s: float,
    first: float,
    last: float,
) -> Piece:
    line = coarse_line(hits, lag_s, first, last)
    phase = measure(sound_a, sound_b, first, last, line.lag_s, line.slope)
    phase_nats = 0.0
    if phase is not None:
        phase_nats = binomial_seconds(phase.agreeing, phase.windows, phase.chance, 500.0).nats
    tested = (a.duration_s + b.duration_s) * FRAMES_PER_S / 3
    seconds = np.arange(int(np.floor(first)), int(np.ceil(last)))
    plain, rate = second_counts(hits, line, int(np.ceil(b.duration_s)) + 1, plain=True)
    every, all_rate = second_counts(hits, line, int(np.ceil(b.duration_s)) + 1, plain=False)
    agreement = envelope_seconds(known, line)
    inside = agreement[int(np.ceil(first)) : int(np.floor(last))]
    inside = inside[~np.isnan(inside)]
    t = hits.frame / FRAMES_PER_S
    near = (np.abs(hits.lag / FRAMES_PER_S - line.lag_s - line.slope * (t - line.centre_s)) < 0.04) & (t >= first)
    flags = hits.flags[near & (t <= last)]
    return Piece(
        first_s=first,
        last_s=last,
        line=line,
        landmarks=count_seconds(plain[seconds], rate, tested),
        all_landmarks=count_seconds(every[seconds], all_rate, tested),
        envelope=binomial_seconds(int((inside > 1.3).sum()), len(inside), 0.12, tested / 4),
        phase=phase,
        phase_nats=phase_nats,
        tonal=float((flags & TONAL > 0).mean()) if len(flags) else 0.0,
        repeated=float((flags & REPEATS > 0).mean()) if len(flags) else 0.0,
        seconds=tuple(int(s) for s in seconds[every[seconds] >= 2]),
    )


def _rival(a: Features, b: Features, hits: Hits, known: Controls, line: Line) -> Rival:
    low, high = common(a, b, line.lag_s)
    seconds = np.arange(int(np.floor(low)), max(int(np.floor(low)) + 1, int(np.ceil(high))))
    total = int(np.ceil(b.duration_s)) + 1
    plain, rate = second_counts(hits, line, total, plain=True)
    every, all_rate = second_counts(hits, line, total, plain=False)
    agreement = envelope_seconds(known, line)
    inside = agreement[~np.isnan(agreement)]
    seconds = seconds[seconds < total]
    return Rival(
        line.lag_s,
        count_seconds(plain[seconds], rate, 1.0).nats,
        count_seconds(every[seconds], all_rate, 1.0).nats,
        binomial_seconds(int((inside > 1.3).sum()), len(inside), 0.12, 1.0).nats,
    )
