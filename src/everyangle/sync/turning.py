"""When a recording goes over from one lag to another: for each moment, how well that moment explains the sounds.

What correlates at the lags before and what at those after is told in short windows, in those parts of the spectrum that
stand above the noise of both recordings. Knows nothing of pieces and pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, rfft
from scipy.ndimage import uniform_filter1d

from everyangle.sync import RATE_HZ
from everyangle.sync.spectra import F32, Sound, as_float
from everyangle.sync.windows import F64, I64, rows, taper

C64 = npt.NDArray[np.complex64]

_HOP = 160
CURVE_STEP_S = _HOP / RATE_HZ
"""Seconds between the moments of a curve."""

_WINDOW = 800
_LEARN_S = 12.0
_LEAST_LEARNT = 30
_LEVELS = 25
_LEVEL_DB = 2.5
_CHANCE = 4.0
_NATS_A_SECOND_OFF = 4.0
_SPREAD = 3.0
_EXCESS = 4.0
_MOST_GAIN = 30.0
_NEAR = 16
_BLOCK = 256
_BAND_HZ = (200.0, 3500.0)
_SMOOTH_BINS = 7
_NOISE_PERCENTILE = 30
_ABOVE_NOISE = 2.0
_LEAST_WEIGHT = 0.05
_NOTHING = np.float32(1e-12)


def turning_curve(
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
    heard = _Heard(whole, lossy, (early + late)[::2] or starts)
    right = [heard.heights(x, lags) for x, lags in zip((early, late), sides, strict=True)]
    wrong = [heard.heights(x, lags) for x, lags in zip((early, late), sides[::-1], strict=True)]
    expected = _Expected.of(
        *(np.concatenate(x) for x in ([r[0] for r in right], [r[1] for r in right], [w[0] for w in wrong]))
    )
    gain = np.zeros(len(starts))
    for lags, sign in zip(sides, (1.0, -1.0), strict=True):
        gain += sign * expected.nats(*heard.heights(starts, lags))
    # The k-th value stands between the k-th window's centre and the next one's.
    step = first + (_WINDOW + _HOP) // 2 // _HOP
    away = np.abs((step + np.arange(len(gain))) * CURVE_STEP_S - near_s)
    gains = np.cumsum(gain * (_HOP / _WINDOW)) - _NATS_A_SECOND_OFF * away
    return step, tuple(np.round(gains, 3).tolist())


def _learning(from_s: float, to_s: float, length: int) -> list[int]:
    """Return starts of windows side by side within some media times."""
    return list(range(max(0, round(from_s * RATE_HZ)), min(length, round(to_s * RATE_HZ)) - _WINDOW + 1, _WINDOW))


@dataclass(frozen=True, slots=True)
class _Heard:
    """Two sounds, window by window.

    Attributes:
        whole: the one.
        lossy: the other.
        quiet: starts of windows of ``lossy`` from which the noise of both is learnt.
    """

    whole: Sound
    lossy: Sound
    quiet: list[int]
    _noise: dict[tuple[int, int], tuple[F32, F32]] = field(default_factory=dict)

    def heights(self, starts: list[int], lags: tuple[float, ...]) -> tuple[F64, F64]:
        """Return each window's highest correlation at any of the lags, in nats, and how loud ``whole`` is, in dB."""
        if not starts:
            return np.zeros(0), np.zeros(0)
        at = np.array([round(lag * RATE_HZ) for lag in lags])
        middle = int(at.min() + at.max()) // 2
        reach = int(np.abs(at - middle).max()) + _NEAR
        columns = np.unique(at[:, None] - middle + reach + np.arange(-_NEAR, _NEAR + 1))
        blocks = [starts[k : k + _BLOCK] for k in range(0, len(starts), _BLOCK)]
        heights = np.concatenate([self._correlated(block, middle, reach, columns) for block in blocks])
        levels = np.max([_levels(self.whole, [s + int(lag) for s in starts]) for lag in at], axis=0)
        return np.minimum(heights, _MOST_GAIN), levels

    def _correlated(self, starts: list[int], middle: int, reach: int, columns: I64) -> F64:
        """Return the highest correlation in some columns, the parts of the spectrum above noise weighed more.

        Where nothing stands out, because all that sounds is steady, all parts weigh alike.
        """
        one, other = self._spectra(starts, middle, reach)
        if (middle, reach) not in self._noise:
            quiet = self._spectra(self.quiet, middle, reach)
            first, second = (np.percentile(_power(x), _NOISE_PERCENTILE, axis=0).astype(np.float32) for x in quiet)
            self._noise[middle, reach] = first, second
        cross = one * other.conj()
        weight = np.ones(cross.shape, np.float32)
        for spectrum, noise in zip((one, other), self._noise[middle, reach], strict=True):
            weight *= np.maximum(_LEAST_WEIGHT, 1 - np.float32(_ABOVE_NOISE) * noise / (_power(spectrum) + _NOTHING))
        size = _WINDOW + 2 * reach
        low = _bins(size)[0]
        white = np.zeros((len(starts), size // 2 + 1), np.complex64)
        white[:, low : low + cross.shape[1]] = cross / (np.abs(cross) + _NOTHING) * weight
        chance = np.sqrt(2 * (weight**2).sum(axis=1)) / size
        z = irfft(white, size, axis=1)[:, columns] / chance[:, None]
        return np.asarray((z**2).max(axis=1) / 2, np.float64)

    def _spectra(self, starts: list[int], middle: int, reach: int) -> tuple[C64, C64]:
        size = _WINDOW + 2 * reach
        low, high = _bins(size)
        at = np.array(starts, dtype=np.int64)
        one, other = rows(self.whole, at + middle - reach, size, size), rows(self.lossy, at, _WINDOW, size)
        other[:, :_WINDOW] *= taper(_WINDOW)
        return rfft(one, axis=1)[:, low:high], rfft(other, axis=1)[:, low:high]


def _bins(size: int) -> tuple[int, int]:
    return int(np.ceil(_BAND_HZ[0] * size / RATE_HZ)), int(_BAND_HZ[1] * size / RATE_HZ) + 1


def _power(spectrum: C64) -> F32:
    """Return the power of spectra, smoothed over neighbouring bins."""
    return uniform_filter1d(spectrum.real**2 + spectrum.imag**2, _SMOOTH_BINS, axis=1, mode="nearest")


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
