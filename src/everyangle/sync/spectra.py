"""Short-time spectra of a sound: log power, its whitened form, and log energy in bands. Finds no landmarks.

All arrays are ``(frames, bins)``, a frame every :data:`HOP` samples, centred on ``frame * HOP + WINDOW / 2`` samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.fft import rfft
from scipy.ndimage import uniform_filter1d

from everyangle.sync import RATE_HZ

F32 = npt.NDArray[np.float32]
Sound = npt.NDArray[np.float32] | npt.NDArray[np.int16]
"""Mono sound at :data:`RATE_HZ`: float32 in ±1, or int16 (full scale 32768), possibly memory-mapped."""

WINDOW = 512
HOP = 128
FRAMES_PER_S = RATE_HZ / HOP
BINS = 240
"""Bins used, from bin 4 (62 Hz) up to 3.8 kHz."""

LOW_BIN = 4
BANDS = 24
_FLOOR = 1e-8  # about the power of 16-bit rounding in one bin: digital silence carries no pattern
_BLOCK = 8192
_CONTEXT = 128
_MEAN_FRAMES = 125


def as_float(sound: Sound) -> F32:
    """Return the sound as float32 in ±1."""
    if sound.dtype == np.int16:
        return np.asarray(sound, dtype=np.float32) * np.float32(1 / 32768)
    return np.asarray(sound, dtype=np.float32)


def _mel_matrix() -> F32:
    """Return triangular bands, ``(WINDOW // 2 + 1, BANDS)``, evenly spaced on the mel scale from 120 to 3700 Hz."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (120.0, 3700.0))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    hz = np.arange(WINDOW // 2 + 1) * RATE_HZ / WINDOW
    up = (hz[:, None] - edges[None, :-2]) / (edges[1:-1] - edges[:-2])
    down = (edges[None, 2:] - hz[:, None]) / (edges[2:] - edges[1:-1])
    return np.maximum(np.minimum(up, down), 0).astype(np.float32)


_HANN = np.hanning(WINDOW + 1)[:WINDOW].astype(np.float32)
MEL = _mel_matrix()
"""Weights of the bands, ``(WINDOW // 2 + 1, BANDS)``."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of spectra with context on both sides.

    Attributes:
        start: number of the first frame that counts.
        lead: how many context frames stand before it in the arrays.
        count: how many frames count.
        log_power: ``(lead + count + rest, BINS)``, natural logarithm.
        white: the same less its running mean over two seconds.
        bands: ``(lead + count + rest, BANDS)``, natural logarithm of band energy.
    """

    start: int
    lead: int
    count: int
    log_power: F32
    white: F32
    bands: F32


def frame_count(samples: int) -> int:
    """Return how many whole frames a sound of so many samples has."""
    return max(0, (samples - WINDOW) // HOP + 1)


def blocks(sound: Sound) -> Iterator[Block]:
    """Yield the spectra of a sound block by block, so that memory does not grow with its length."""
    total = frame_count(len(sound))
    for start in range(0, total, _BLOCK):
        stop = min(total, start + _BLOCK)
        first, last = max(0, start - _CONTEXT), min(total, stop + _CONTEXT)
        piece = as_float(sound[first * HOP : (last - 1) * HOP + WINDOW])
        frames = np.lib.stride_tricks.sliding_window_view(piece, WINDOW)[::HOP] * _HANN
        spectrum = rfft(frames, axis=1)
        power = spectrum.real**2 + spectrum.imag**2
        log_power = np.log(power[:, LOW_BIN : LOW_BIN + BINS] + np.float32(_FLOOR))
        white = log_power - uniform_filter1d(log_power, _MEAN_FRAMES, axis=0, mode="nearest")
        bands = np.log(power @ MEL + np.float32(10 * _FLOOR))
        yield Block(start, start - first, stop - start, log_power, white, bands)
