"""Phase correlation of two sounds in one-second windows around a lag: fine offsets, one a source, and drift.

The windows are correlated and stacked by :mod:`everyangle.sync.windows`. Decides nothing about events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyangle.sync import RATE_HZ
from everyangle.sync.slopes import MAX_PPM, shared_slope
from everyangle.sync.spectra import F32, Sound
from everyangle.sync.windows import F64, I64, REACH, STEP, WINDOW, correlations, stack

MAX_WINDOWS = 64
_AGREES = 2.5
_PEAK_REACH = 10


@dataclass(frozen=True, slots=True)
class Phase:
    """What phase correlation found on one piece.

    Attributes:
        lag_s: lag at ``centre_s``: the middle of the sources' spread.
        centre_s: media time of ``b`` that the lag refers to.
        slope: change of lag per second of ``b``'s media time.
        slope_error: half-width of a 95 % interval of the slope.
        sources_s: lags of the distinct sources at the centre, ascending.
        agreeing: windows that agree with the line.
        windows: windows looked at.
        chance: share of windows that agree with any line by chance.
        seconds: media times of ``b`` where the agreeing windows begin.
        offsets: the agreeing windows' own lags, seconds.
        looked_s: media times of ``b`` where all windows begin.
        profile: the windows' summed energy over lags along the line, in units of chance, a value each half millisecond.
        profile_from_s: lag at the centre that the profile's first value stands for.
    """

    lag_s: float
    centre_s: float
    slope: float
    slope_error: float
    sources_s: tuple[float, ...]
    agreeing: int
    windows: int
    chance: float
    seconds: tuple[float, ...]
    offsets: tuple[float, ...]
    looked_s: tuple[float, ...]
    profile: tuple[float, ...]
    profile_from_s: float


PROFILE_STEP_S = STEP / RATE_HZ


def window_starts(first_s: float, last_s: float) -> list[int]:
    """Return up to :data:`MAX_WINDOWS` evenly spread window starts, in samples of ``b``, between two times."""
    first, last = round(first_s * RATE_HZ), round(last_s * RATE_HZ) - WINDOW
    if last < first:
        return []
    count = min(MAX_WINDOWS, max(1, (last - first) // WINDOW + 1))
    return [round(x) for x in np.linspace(first, last, count)]


def measure(a: Sound, b: Sound, first_s: float, last_s: float, lag_s: float, slope: float) -> Phase | None:
    """Return what phase correlation finds between two media times of ``b`` around a line, or None if nothing is there.

    Args:
        a: first sound.
        b: second sound.
        first_s: start of the piece, media time of ``b``.
        last_s: its end.
        lag_s: expected lag at the middle of the piece.
        slope: expected change of lag per second.
    """
    starts = window_starts(first_s, last_s)
    if not starts:
        return None
    centre = (first_s + last_s) / 2
    times = np.array([(s + WINDOW / 2) / RATE_HZ - centre for s in starts])
    lags = [round((lag_s + slope * t) * RATE_HZ) for t in times]
    z = correlations(a, b, starts, lags)
    sounding = np.abs(z).max(axis=1) > 0
    if not sounding.any():
        return None
    z, times = z[sounding], times[sounding]
    base = np.array(lags, dtype=np.float64)[sounding] / RATE_HZ
    half = max(0.5, float(np.abs(times).max()))
    limit = MAX_PPM * 1e-6 if slope == 0 else min(MAX_PPM * 1e-6, 0.05 / half)
    count = 2 * max(1, int(np.ceil(limit * half * 1000))) + 1
    slopes = np.linspace(-limit, limit, count)
    grid, sums = stack(z, times, slopes)
    row, column = np.unravel_index(int(np.argmax(sums)), sums.shape)
    speed = slope if abs(slope) > MAX_PPM * 1e-6 else 0.0
    return _refine(z, grid, times, base, lag_s, centre, float(slopes[row]), int(column), sums[row], speed)


def _refine(
    z: F32,
    grid: F32,
    times: F64,
    base: F64,
    lag_s: float,
    centre: float,
    slope: float,
    column: int,
    sums: F32,
    speed: float,
) -> Phase | None:
    """Return fine offsets around the best line and the other sources parallel to it.

    ``speed`` is a slope beyond any clock's, as what is played has, about which the slope is sought; else 0.
    """
    chance = float(np.clip(_any_near(grid > _AGREES, 2).mean(), 0.01, 0.5))
    peaks = np.array(_source_columns(sums, column))
    expected = (peaks * STEP)[None, :] + (slope * times * RATE_HZ)[:, None]
    heights = _near_heights(grid, np.rint(expected / STEP).astype(np.int64))
    chosen = heights.argmax(axis=1)
    rows = np.nonzero(heights.max(axis=1) > _AGREES)[0]
    if not len(rows):
        return None
    g = chosen[rows]
    t, y = times[rows], base[rows] + (_local_peaks(z[rows], expected[rows, g]) - REACH) / RATE_HZ
    line_slope, slope_error = shared_slope(t, y - speed * t)
    line_slope += speed
    at = _levels(y - line_slope * t, g, len(peaks))
    agreeing = np.bincount(g, minlength=len(peaks))
    heard = [at[k] for k in range(len(peaks)) if agreeing[k] >= max(2, 0.12 * len(g))] or [at[int(g[0])]]
    middle = (min(heard) + max(heard)) / 2
    begin = (times + centre - WINDOW / 2 / RATE_HZ).tolist()
    return Phase(
        lag_s=middle,
        centre_s=centre,
        slope=line_slope,
        slope_error=slope_error,
        sources_s=tuple(sorted(heard)),
        agreeing=len(rows),
        windows=len(z),
        chance=chance,
        seconds=tuple(begin[row] for row in rows),
        offsets=tuple(y.tolist()),
        looked_s=tuple(begin),
        profile=tuple(np.round(sums.astype(np.float64), 2).tolist()),
        profile_from_s=lag_s - REACH / RATE_HZ,
    )


def _source_columns(sums: F32, best: int) -> list[int]:
    """Return up to five peaks of the best line's sums, two milliseconds apart, each at least a third of the highest."""
    left = sums.copy()
    found = []
    for _ in range(5):
        at = int(np.argmax(left))
        if left[at] < max(5.0, sums[best] / 3):
            break
        found.append(at)
        left[max(0, at - 4) : at + 5] = -np.inf
    return found or [best]


def _any_near(marked: npt.NDArray[np.bool_], reach: int) -> npt.NDArray[np.bool_]:
    """Return where a mark stands within ``reach`` columns."""
    found = marked.copy()
    for k in range(1, reach + 1):
        found[:, k:] |= marked[:, :-k]
        found[:, :-k] |= marked[:, k:]
    return found


def _near_heights(grid: F32, at: I64) -> F32:
    """Return the greatest value of each row of ``grid`` within two columns of each place, ``(rows, places)``."""
    columns = at[:, :, None] + np.arange(-2, 3)
    values = np.take_along_axis(grid[:, None, :], np.clip(columns, 0, grid.shape[1] - 1), axis=2)
    values[(columns < 0) | (columns >= grid.shape[1])] = -np.inf
    highest = values.max(axis=2)
    return np.where(np.isneginf(highest), 0, highest)


def _local_peaks(z: F32, expected: F64) -> F64:
    """Return each row's place of largest magnitude within a millisecond of the expected, to a fraction of a sample."""
    last = z.shape[1] - 1
    at = np.clip(np.rint(expected).astype(np.int64), -_PEAK_REACH, last + _PEAK_REACH)
    columns = at[:, None] + np.arange(-_PEAK_REACH, _PEAK_REACH + 1)
    values = np.abs(np.take_along_axis(z, np.clip(columns, 0, last), axis=1))
    values[(columns < 1) | (columns >= last)] = -1.0
    best = columns[np.arange(len(z)), values.argmax(axis=1)]
    outside = values.max(axis=1) < 0
    best[outside] = np.clip(at, 1, last - 1)[outside]
    left, middle, right = (np.abs(z[np.arange(len(z)), best + d]).astype(np.float64) for d in (-1, 0, 1))
    bend = left - 2 * middle + right
    places = best + np.where(bend < 0, 0.5 * (left - right) / np.where(bend < 0, bend, 1.0), 0.0)
    return np.where(outside, np.clip(at, 0, last), places)


def _levels(rest: F64, g: I64, count: int) -> list[float]:
    """Return each group's robust mean of what a slope leaves; 0 for a group without members."""
    weights = np.ones(len(rest))
    levels = np.zeros(count)
    for _ in range(8):
        levels = np.bincount(g, weights * rest, count) / np.maximum(np.bincount(g, weights, count), 1e-300)
        away = np.abs(rest - levels[g])
        scale = max(3e-5, 1.4826 * float(np.median(away)))
        weights = 1 / (1 + (away / (2.5 * scale)) ** 2) ** 2
    return [float(x) for x in levels]
