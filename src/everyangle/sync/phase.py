"""Phase correlation of two sounds in one-second windows around a lag: fine offsets, one a source, and drift.

Each window's cross-spectrum is whitened (GCC-PHAT), its correlation squared and summed over a millisecond, and the
windows are stacked along straight lines of lag over time. Decides nothing about events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, rfft
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from everyangle.sync import RATE_HZ
from everyangle.sync.spectra import F32, Sound, as_float

F64 = npt.NDArray[np.float64]

WINDOW = 8000
REACH = 1000
"""Samples searched on either side of the expected lag (125 ms)."""

MAX_WINDOWS = 64
_BAND_HZ = (200.0, 3500.0)
_SMOOTH = 8
_STEP = 4
_CAP = 6.0
_AGREES = 2.5
MAX_PPM = 150.0


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


PROFILE_STEP_S = _STEP / RATE_HZ


def window_starts(first_s: float, last_s: float) -> list[int]:
    """Return up to :data:`MAX_WINDOWS` evenly spread window starts, in samples of ``b``, between two times."""
    first, last = round(first_s * RATE_HZ), round(last_s * RATE_HZ) - WINDOW
    if last < first:
        return []
    count = min(MAX_WINDOWS, max(1, (last - first) // WINDOW + 1))
    return [round(x) for x in np.linspace(first, last, count)]


def correlations(
    a: Sound, b: Sound, starts: list[int], lags: list[int], window: int = WINDOW, reach: int = REACH
) -> F32:
    """Return each window's phase correlation in units of its own chance, ``(windows, 2 * reach + 1)``.

    Args:
        a: first sound.
        b: second sound.
        starts: first sample of each window in ``b``.
        lags: for each window, the expected lag in samples; column ``reach`` of the result stands for it.
        window: samples of ``b`` in a window.
        reach: samples searched on either side of the expected lag.
    """
    size = window + 2 * reach
    taper = np.hanning(window).astype(np.float32)
    first = np.zeros((len(starts), size), np.float32)
    second = np.zeros((len(starts), size), np.float32)
    for row, (start, lag) in enumerate(zip(starts, lags, strict=True)):
        _fill(first[row], a, start + lag - reach)
        _fill(second[row, :window], b, start)
    second[:, :window] *= taper
    cross = rfft(first, axis=1) * np.conj(rfft(second, axis=1))
    hz = np.arange(size // 2 + 1) * RATE_HZ / size
    band = (hz >= _BAND_HZ[0]) & (hz <= _BAND_HZ[1])
    magnitude = np.abs(cross)
    cross = np.where(band & (magnitude > 1e-9), cross / np.maximum(magnitude, 1e-12), 0)
    scale = size / np.sqrt(2.0 * band.sum())
    return np.asarray(irfft(cross, size, axis=1)[:, : 2 * reach + 1] * scale, dtype=np.float32)


def _fill(row: F32, sound: Sound, start: int) -> None:
    low, high = max(0, start), min(len(sound), start + len(row))
    if high > low:
        row[low - start : high - start] = as_float(sound[low:high])


def stack(z: F32, times: F64, slopes: F64) -> tuple[F32, F32]:
    """Return the windows' energy on a half-millisecond grid, and their sum along each line.

    Args:
        z: from :func:`correlations`.
        times: seconds of each window from the centre.
        slopes: lag per second, each a line to try.

    Returns:
        ``(windows, lags)`` energies, capped so that no window outweighs others, and ``(slopes, lags)`` sums divided by
        the root of the number of windows.
    """
    energy = (uniform_filter1d(z * z, _SMOOTH, axis=1) * _SMOOTH - _SMOOTH) / np.sqrt(2.0 * _SMOOTH)
    grid = np.minimum(energy[:, ::_STEP], _CAP).astype(np.float32)
    sums = np.zeros((len(slopes), grid.shape[1]), np.float32)
    for row, slope in enumerate(slopes):
        shifts = np.rint(slope * times * RATE_HZ / _STEP).astype(np.int64)
        for shift in np.unique(shifts):
            part = grid[shifts == shift].sum(axis=0)
            if shift >= 0:
                sums[row, : len(part) - shift] += part[shift:]
            else:
                sums[row, -shift:] += part[:shift]
    return grid, (sums / np.sqrt(len(z))).astype(np.float32)


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
    return _refine(z, grid, times, base, lag_s, centre, float(slopes[row]), int(column), sums[row])


def _refine(
    z: F32, grid: F32, times: F64, base: F64, lag_s: float, centre: float, slope: float, column: int, sums: F32
) -> Phase | None:
    """Return fine offsets around the best line and the other sources parallel to it."""
    chance = float(np.clip((maximum_filter1d(grid, 5, axis=1) > _AGREES).mean(), 0.01, 0.5))
    peaks = _source_columns(sums, column)
    rows: list[int] = []
    offsets: list[float] = []
    groups: list[int] = []
    for row in range(len(z)):
        expected = [REACH + (peak * _STEP - REACH) + slope * times[row] * RATE_HZ for peak in peaks]
        best = [_local_peak(z[row], round(at)) for at in expected]
        heights = [_grid_height(grid[row], at / _STEP) for at in expected]
        chosen = int(np.argmax(heights))
        if heights[chosen] > _AGREES:
            rows.append(row)
            offsets.append(base[row] + (best[chosen] - REACH) / RATE_HZ)
            groups.append(chosen)
    if not rows:
        return None
    t, y, g = times[rows], np.array(offsets), np.array(groups)
    line_slope, slope_error, at = _fit(t, y, g, len(peaks))
    heard = [at[k] for k in range(len(peaks)) if (g == k).sum() >= max(2, 0.12 * len(g))] or [at[g[0]]]
    middle = (min(heard) + max(heard)) / 2
    begin = [float(x) for x in times + centre - WINDOW / 2 / RATE_HZ]
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
        offsets=tuple(float(x) for x in y),
        looked_s=tuple(begin),
        profile=tuple(round(float(x), 2) for x in sums),
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


def _local_peak(z: F32, at: int) -> float:
    """Return the place of the largest magnitude within a millisecond of ``at``, to a fraction of a sample."""
    low, high = max(1, at - 10), min(len(z) - 1, at + 11)
    if high <= low:
        return float(np.clip(at, 0, len(z) - 1))
    k = low + int(np.argmax(np.abs(z[low:high])))
    left, middle, right = (float(abs(z[k + d])) for d in (-1, 0, 1))
    bend = left - 2 * middle + right
    return k + (0.5 * (left - right) / bend if bend < 0 else 0.0)


def _grid_height(row: F32, at: float) -> float:
    low, high = max(0, round(at) - 2), min(len(row), round(at) + 3)
    return float(row[low:high].max()) if high > low else 0.0


def _fit(t: F64, y: F64, g: npt.NDArray[np.int64], count: int) -> tuple[float, float, list[float]]:
    """Return slope, its 95 % half-width, and each group's lag at the centre, by reweighted least squares."""
    present = [k for k in range(count) if (g == k).any()]
    design = np.stack([*((g == k).astype(float) for k in present), t], axis=1)
    prior = np.zeros((1, design.shape[1]))
    prior[0, -1] = 1.0
    weights = np.ones(len(y))
    scale = 1e-3
    solution = np.zeros(design.shape[1])
    for _ in range(8):
        root = np.sqrt(weights) / scale
        left = np.vstack([design * root[:, None], prior / 60e-6])
        right = np.append(y * root, 0.0)
        solution = np.linalg.lstsq(left, right, rcond=None)[0]
        residual = np.abs(y - design @ solution)
        scale = max(3e-5, 1.4826 * float(np.median(residual)))
        weights = 1 / (1 + (residual / (2.5 * scale)) ** 2) ** 2
    root = np.sqrt(weights) / scale
    left = np.vstack([design * root[:, None], prior / 60e-6])
    covariance = np.linalg.pinv(left.T @ left)
    values = {k: float(v) for k, v in zip(present, solution, strict=False)}
    return float(solution[-1]), 1.96 * float(np.sqrt(covariance[-1, -1])), [values.get(k, 0.0) for k in range(count)]
