"""Phase correlation of windows equals a plain, window-by-window reading of its definition."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import uniform_filter1d

from everyangle.sync import RATE_HZ, windows
from everyangle.sync.spectra import F32, Sound, as_float
from everyangle.sync.windows import F64

SEEDS = st.integers(0, 10_000)


def plain_correlation(a: F32, b: F32, start: int, lag: int, window: int, reach: int) -> F64:
    """One window's phase correlation in double precision, straight from the definition."""
    size = window + 2 * reach
    padded = np.concatenate([np.zeros(size), a.astype(np.float64), np.zeros(size)])
    first = padded[start + lag - reach + size :][:size]
    second = np.zeros(size)
    second[:window] = b[start : start + window] * np.hanning(window)
    cross = np.fft.rfft(first) * np.conj(np.fft.rfft(second))
    hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    band = (hz >= 200) & (hz <= 3500)
    white = np.where(band, cross / np.maximum(np.abs(cross), 1e-12), 0)
    found: F64 = np.fft.irfft(white, size)[: 2 * reach + 1] * size / np.sqrt(2.0 * band.sum())
    return found


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, window=st.sampled_from([1600, 2000]), integers=st.booleans())
def test_windows_are_correlated_as_defined_also_beyond_the_ends(seed: int, window: int, integers: bool) -> None:
    rng = np.random.default_rng(seed)
    a, b = (rng.normal(0, 0.1, n).astype(np.float32) for n in (5000, 6000))
    starts = [0, 1500, 6000 - window]
    lags = [-200, 40, int(rng.integers(-800, 800))]
    given_a: Sound = np.rint(a * 32768).astype(np.int16) if integers else a
    used_a = as_float(given_a)
    found = windows.correlations(given_a, b, starts, lags, window, 250)
    for row, (start, lag) in enumerate(zip(starts, lags, strict=True)):
        np.testing.assert_allclose(found[row], plain_correlation(used_a, b, start, lag, window, 250), atol=2e-3)


def test_silence_correlates_with_nothing() -> None:
    rng = np.random.default_rng(1)
    b = rng.normal(0, 0.1, 9000).astype(np.float32)
    assert not windows.correlations(np.zeros(9000, np.float32), b, [0], [0]).any()


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, reach=st.integers(20, 60))
def test_the_grid_holds_the_energy_around_every_fourth_lag(seed: int, reach: int) -> None:
    z = np.random.default_rng(seed).normal(0, 1.5, (5, 2 * reach + 1)).astype(np.float32)
    grid, sums = windows.stack(z, np.zeros(5), np.zeros(1))
    energy = (uniform_filter1d(z.astype(np.float64) ** 2, 8, axis=1) * 8 - 8) / 4
    np.testing.assert_allclose(grid, np.minimum(energy[:, ::4], 6), atol=1e-4)
    np.testing.assert_allclose(sums[0], grid.sum(axis=0) / np.sqrt(5), rtol=1e-5, atol=1e-5)
