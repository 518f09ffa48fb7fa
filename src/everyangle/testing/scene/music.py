"""Tunes from a seed: the same seed plays the same tune anywhere, as a radio jingle does. Notes are drawn by chance."""

from __future__ import annotations

import numpy as np

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import loudness_one

SCALE = (0, 2, 4, 7, 9, 12, 14)
"""Semitones of the tune's notes above its root: a pentatonic scale and its octave."""


def tune(rate_hz: int, duration_s: float, seed: int, *, beat_s: float = 0.21) -> Floats:
    """Return a plucked melody over a bass, shape (n,); ``seed`` decides the notes, and nothing else does."""
    rng = np.random.default_rng(seed)
    root_hz = float(rng.choice([196.0, 220.0, 246.9, 261.6]))
    count = int(duration_s * rate_hz)
    out = np.zeros(count + rate_hz)
    for beat in range(int(duration_s / beat_s)):
        first = int(beat * beat_s * rate_hz)
        if rng.random() < 0.85:
            note = _pluck(rate_hz, 2 * root_hz * 2 ** (int(rng.choice(SCALE)) / 12), 0.35)
            out[first : first + len(note)] += note * rng.uniform(0.6, 1)
        if beat % 4 == 0:
            note = _pluck(rate_hz, root_hz / 2 * 2 ** (int(rng.choice(SCALE[:4])) / 12), 0.8)
            out[first : first + len(note)] += 0.8 * note
    return loudness_one(out[:count], rate_hz)


def _pluck(rate_hz: int, hz: float, length_s: float) -> Floats:
    t = np.arange(int(length_s * rate_hz)) / rate_hz
    partials = sum(np.sin(2 * np.pi * n * hz * t) * np.exp(-t * (3 + 2 * n)) / n for n in range(1, 6))
    return np.asarray(partials, dtype=np.float64)
