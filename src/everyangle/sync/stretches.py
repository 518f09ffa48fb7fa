"""Other lags that single stretches of an overlap prefer: where a recording lost something, a part of it fits elsewhere.

Proposes lags only; :mod:`everyangle.sync.match` weighs them.
"""

from __future__ import annotations

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from everyangle.sync.spectra import F32, FRAMES_PER_S

STRETCH_S = 10.0
REACH_S = 12.0
_LEAST_Z = 4.5
_APART_FRAMES = 8
_MOST = 12


def other_lags(bands_a: F32, bands_b: F32, lag_s: float) -> list[float]:
    """Return lags within twelve seconds of a main lag at which ten-second stretches of ``b`` fit better than at it.

    Args:
        bands_a: ``(frames, BANDS)``, envelopes of the first recording.
        bands_b: the same of the second.
        lag_s: the main lag.

    Returns:
        Lags in seconds, the best fit first; at most three.
    """
    main = round(lag_s * FRAMES_PER_S)
    size, reach = round(STRETCH_S * FRAMES_PER_S), round(REACH_S * FRAMES_PER_S)
    first, last = max(0, -main - reach // 2), min(len(bands_b), len(bands_a) - main + reach // 2)
    if last - first < size:
        return []
    starts = np.unique(np.linspace(first, last - size, min(_MOST, (last - first) // size + 1)).astype(np.int64))
    found: list[tuple[float, int]] = []
    for start in starts:
        z = _fit(bands_a, bands_b[start : start + size], int(start) + main - reach, size + 2 * reach)
        best = int(np.argmax(z))
        near = float(z[reach - _APART_FRAMES : reach + _APART_FRAMES + 1].max())
        if abs(best - reach) > _APART_FRAMES and z[best] > max(_LEAST_Z, near + 1.0):
            found.append((float(z[best]), main + best - reach))
    kept: list[int] = []
    for _, lag in sorted(found, key=lambda x: (-x[0], x[1])):
        if all(abs(lag - other) > _APART_FRAMES for other in kept):
            kept.append(lag)
    return [lag / FRAMES_PER_S for lag in kept[:3]]


def _fit(bands: F32, stretch: F32, start: int, width: int) -> F32:
    """Return how well a stretch fits at each place of a window of ``bands``, in units of the window's own spread."""
    window = np.zeros((width, bands.shape[1]), np.float32)
    low, high = max(0, start), min(len(bands), start + width)
    if high > low:
        window[low - start : high - start] = bands[low:high]
    size = next_fast_len(width, real=True)
    one, other = (rfft(np.ascontiguousarray(x.T), size, axis=1) for x in (window, stretch))
    product = np.einsum("kf,kf->f", one, np.conj(other))
    values = irfft(product, size)[: width - len(stretch) + 1]
    values = values - np.median(values)
    spread = 1.4826 * float(np.median(np.abs(values)))
    return np.asarray(values / max(spread, 1e-6), dtype=np.float32)
