"""Windows of two sounds: each phase-correlated around an expected lag, stacked along straight lines of lag over time.

Each window's cross-spectrum is whitened (GCC-PHAT), its correlation squared and summed over a millisecond. Finds no
offsets: :mod:`everyangle.sync.phase` does.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, rfft

from everyangle.sync import RATE_HZ
from everyangle.sync.spectra import F32, Sound, as_float

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

WINDOW = 8000
REACH = 1000
"""Samples searched on either side of the expected lag (125 ms)."""

STEP = 4
"""Samples between the lags of a stack: half a millisecond."""

_BAND_HZ = (200.0, 3500.0)
_SMOOTH = 8
_CAP = 6.0
_NOTHING = np.float32(1e-9)


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
    at = np.array(starts, dtype=np.int64)
    first = rows(a, at + np.array(lags, dtype=np.int64) - reach, size, size)
    second = rows(b, at, window, size)
    second[:, :window] *= taper(window)
    low, high = (int(np.ceil(_BAND_HZ[0] * size / RATE_HZ)), int(_BAND_HZ[1] * size / RATE_HZ) + 1)
    cross = rfft(first, axis=1)[:, low:high] * rfft(second, axis=1)[:, low:high].conj()
    magnitude = np.sqrt(cross.real**2 + cross.imag**2)
    white = np.zeros((len(at), size // 2 + 1), np.complex64)
    np.multiply(cross, (magnitude > _NOTHING) / np.maximum(magnitude, _NOTHING), out=white[:, low:high])
    scale = np.float32(size / np.sqrt(2.0 * (high - low)))
    return np.asarray(irfft(white, size, axis=1)[:, : 2 * reach + 1] * scale, dtype=np.float32)


@cache
def taper(window: int) -> F32:
    """Return the weights of a window's samples, ``(window,)``."""
    return np.hanning(window).astype(np.float32)


def rows(sound: Sound, starts: I64, length: int, width: int) -> F32:
    """Return ``length`` samples from each start in rows of ``width``, zero where there is no sound."""
    rows = np.zeros((len(starts), width), np.float32)
    inside = (starts >= 0) & (starts + length <= len(sound))
    if inside.any():
        windows = np.lib.stride_tricks.sliding_window_view(sound, length)
        rows[inside, :length] = as_float(cast("Sound", windows[starts[inside]]))
    for row in np.nonzero(~inside)[0]:
        start = int(starts[row])
        low, high = max(0, start), min(len(sound), start + length)
        if high > low:
            rows[row, low - start : high - start] = as_float(sound[low:high])
    return rows


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
    grid = energy(z)
    sums = np.zeros((len(slopes), grid.shape[1]), np.float32)
    for row, slope in enumerate(slopes):
        shifts = np.rint(slope * times * RATE_HZ / STEP).astype(np.int64)
        for shift in np.unique(shifts):
            part = grid[shifts == shift].sum(axis=0)
            if shift >= 0:
                sums[row, : len(part) - shift] += part[shift:]
            else:
                sums[row, -shift:] += part[:shift]
    return grid, (sums / np.sqrt(len(z))).astype(np.float32)


def energy(z: F32) -> F32:
    """Return the windows' energy on a half-millisecond grid in units of chance, capped, ``(windows, lags)``.

    Args:
        z: from :func:`correlations`.
    """
    scaled = (_energy(z) - _SMOOTH) / np.float32(np.sqrt(2.0 * _SMOOTH))
    return np.asarray(np.minimum(scaled, np.float32(_CAP)), dtype=np.float32)


def _energy(z: F32) -> F32:
    """Return the sum of ``z`` squared over the ``_SMOOTH`` samples around every ``STEP``-th, mirrored at the ends."""
    columns = -(-z.shape[1] // STEP)
    mirrored = np.empty((len(z), (columns + 1) * STEP), np.float32)
    mirrored[:, STEP : STEP + z.shape[1]] = z
    mirrored[:, :STEP] = z[:, STEP - 1 :: -1]
    rest = mirrored.shape[1] - STEP - z.shape[1]
    mirrored[:, STEP + z.shape[1] :] = z[:, : -rest - 1 : -1]
    np.square(mirrored, out=mirrored)
    steps = mirrored[:, ::STEP].copy()
    for k in range(1, STEP):
        steps += mirrored[:, k::STEP]
    return np.asarray(steps[:, :-1] + steps[:, 1:])
