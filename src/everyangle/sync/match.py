"""Two recordings compared at their candidate lags: which seconds agree, on which pieces, at which offsets.

A piece is a stretch of constant lag (but for drift). Two pieces mean that one recording lost a stretch between them.
Measures only: :mod:`everyangle.sync.check` judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from everyangle.sync.controls import Controls, controls, envelope_seconds
from everyangle.sync.evidence import (
    Hits,
    Line,
    Seconds,
    ahead,
    coarse_line,
    common,
    count_seconds,
    hits_between,
    second_counts,
    speed,
    summed_seconds,
)
from everyangle.sync.features import Features
from everyangle.sync.landmarks import REPEATS, TONAL
from everyangle.sync.phase import Phase, measure
from everyangle.sync.spectra import FRAMES_PER_S, Sound
from everyangle.sync.stretches import other_lags
from everyangle.sync.windows import F64

PRESENT_NATS = 5.0
"""Phase correlation is computed where landmarks or envelopes alone reach this: no more than a kind needs to count."""

REPEATED_NATS = 12.0
"""It is also computed where landmarks of any kind reach this: no more than content in common needs."""

_SWITCH_NATS = 8.0
_FIRST_LOOK_NATS = 5.5
_FAR_BEHIND = 99.0
_CHANCE_HEIGHT = 5.5
_NATS_A_UNIT = 2.5
_NATS_A_WINDOW = 2.0
_MIN_PIECE_SECONDS = 4
_SAME_LAG_S = 0.1
_MAX_JUMP_S = 300.0


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
        speed: by how much faster what is shared runs in ``a``, where no two clocks differ so much; else 0.
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
    speed: float = 0.0

    @property
    def nats(self) -> float:
        """All evidence of the piece that counts for one event."""
        return self.landmarks.nats + self.envelope.nats + self.phase_nats


@dataclass(frozen=True, slots=True)
class Rival:
    """Another lag, and its evidence.

    Attributes:
        lag_s: seconds.
        landmarks: by landmarks that neither repeat nor are tonal, nats.
        all_landmarks: by landmarks of any kind, nats.
        envelope: by envelopes of what does not repeat, nats.
        behind: by how much the envelopes agree better at the match's own lag, second by second, in standard errors.
    """

    lag_s: float
    landmarks: float
    all_landmarks: float
    envelope: float
    behind: float


@dataclass(frozen=True, slots=True)
class Match:
    """A pair compared: its pieces in order of time (none if nothing agrees) and the lags that rival them."""

    pieces: tuple[Piece, ...]
    rivals: tuple[Rival, ...]
    overlap_s: float


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
    known = controls(a, b)
    hits = hits_between(a, b)
    if not _promising(a, b, hits, known, lags):
        return Match((), (), 0.0)
    seconds = max(1, int(np.ceil(b.duration_s)))
    candidates = distinct_lags([*lags, *other_lags(a.bands.astype(np.float32), b.bands.astype(np.float32), lags[0])])
    lines = [coarse_line(hits, lag, *common(a, b, lag)) for lag in candidates]
    agreement = [envelope_seconds(known, line) for line in lines]
    gains = np.stack([_gain(a, b, hits, *both, seconds) for both in zip(lines, agreement, strict=True)])
    path = _path(gains, candidates)
    pieces = []
    for number, first, last in _stretches(path, gains):
        low, high = common(a, b, lines[number].lag_s)
        low, high = max(low, first), min(high, last)
        if high - low >= 2.0:
            pieces.append(_piece(a, b, hits, known, candidates[number], low, high))
    if _worth_hearing(pieces):
        pieces = [_heard(piece, sound_a, sound_b) for piece in pieces]
    used = {number for number, _, _ in _stretches(path, gains)}
    best = np.full(len(agreement[0]), -np.inf)
    for number in used:
        best = np.fmax(best, agreement[number])
    best[np.isinf(best)] = np.nan
    rivals = tuple(
        _rival(a, b, hits, agreement[number], line, ahead(best, agreement[number]))
        for number, line in enumerate(lines)
        if number not in used
    )
    return Match(tuple(pieces), rivals, sum(p.last_s - p.first_s for p in pieces))


def _promising(a: Features, b: Features, hits: Hits, known: Controls, lags: Sequence[float]) -> bool:
    """Return whether any candidate shows more than chance at a first look; most do not, and a whole look costs more."""
    for lag in lags:
        values = envelope_seconds(known, Line(lag, 0.0, 0.0))
        if summed_seconds(values[~np.isnan(values)], 1.0).nats >= _FIRST_LOOK_NATS:
            return True
        counts, rate = second_counts(hits, Line(lag, 0.0, 0.0), int(np.ceil(b.duration_s)) + 1, plain=False)
        low, high = common(a, b, lag)
        if count_seconds(counts[int(max(0, low)) : int(np.ceil(high)) + 1], rate, 1.0).nats >= _FIRST_LOOK_NATS:
            return True
    return False


def _gain(a: Features, b: Features, hits: Hits, line: Line, values: F64, seconds: int) -> F64:
    """Return each second's agreement on a line in nats, capped."""
    plain, rate = second_counts(hits, line, seconds, plain=True)
    every, all_rate = second_counts(hits, line, seconds, plain=False)
    envelope = np.zeros(seconds)
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


def _worth_hearing(pieces: Sequence[Piece]) -> bool:
    """Return whether phase could still decide anything: alone it never does, and it costs more than all the rest."""
    kinds = (sum(p.landmarks.nats for p in pieces), sum(p.envelope.nats for p in pieces))
    return max(kinds) >= PRESENT_NATS or sum(p.all_landmarks.nats for p in pieces) >= REPEATED_NATS


def _heard(piece: Piece, sound_a: Sound, sound_b: Sound) -> Piece:
    """Return a piece with what phase correlation of the sounds adds to it."""
    phase = measure(sound_a, sound_b, piece.first_s, piece.last_s, piece.line.lag_s, piece.line.slope)
    if phase is None:
        return piece
    return replace(piece, phase=phase, phase_nats=phase_nats(phase))


def phase_nats(phase: Phase) -> float:
    """Return the evidence of phase: by the height of its summed energy, in windows that agree beyond chance."""
    by_height = _NATS_A_UNIT * max(0.0, max(phase.profile) - _CHANCE_HEIGHT)
    beyond = max(0.0, phase.agreeing - phase.chance * phase.windows)
    return min(by_height, _NATS_A_WINDOW * beyond)


def _piece(
    a: Features,
    b: Features,
    hits: Hits,
    known: Controls,
    lag_s: float,
    first: float,
    last: float,
) -> Piece:
    line = coarse_line(hits, lag_s, first, last)
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
        envelope=summed_seconds(inside, tested),
        phase=None,
        phase_nats=0.0,
        tonal=float((flags & TONAL > 0).mean()) if len(flags) else 0.0,
        repeated=float((flags & REPEATS > 0).mean()) if len(flags) else 0.0,
        seconds=tuple(int(s) for s in seconds[every[seconds] >= 2]),
        speed=speed(hits, lag_s, first, last),
    )


def _rival(a: Features, b: Features, hits: Hits, agreement: F64, line: Line, behind: float) -> Rival:
    low, high = common(a, b, line.lag_s)
    seconds = np.arange(int(np.floor(low)), max(int(np.floor(low)) + 1, int(np.ceil(high))))
    total = int(np.ceil(b.duration_s)) + 1
    plain, rate = second_counts(hits, line, total, plain=True)
    every, all_rate = second_counts(hits, line, total, plain=False)
    seconds = seconds[seconds < total]
    return Rival(
        line.lag_s,
        count_seconds(plain[seconds], rate, 1.0).nats,
        count_seconds(every[seconds], all_rate, 1.0).nats,
        summed_seconds(agreement[~np.isnan(agreement)], 1.0).nats,
        min(behind, _FAR_BEHIND),
    )
