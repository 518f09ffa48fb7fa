"""Speech-like sound without words or recordings: syllables of a buzzing source through formants, with hisses.

For tests and benchmarks that need many different voices and no files. Spectra, rhythm and pauses are like speech;
nothing is said.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import loudness_one

Rng = np.random.Generator

VOWELS_HZ = (
    (730, 1090, 2440),
    (270, 2290, 3010),
    (300, 870, 2240),
    (530, 1840, 2480),
    (570, 840, 2410),
    (490, 1350, 1690),
)
"""First three formants of six vowels, in Hz; typical textbook values, rounded."""


def speechlike(rate_hz: int, duration_s: float, rng: Rng, *, pitch_hz: float | None = None) -> Floats:
    """Return speech-like sound of shape (n,) in phrases with pauses; ``pitch_hz`` by chance where None."""
    pitch = pitch_hz if pitch_hz is not None else float(rng.uniform(95, 230))
    count = int(duration_s * rate_hz)
    pieces: list[Floats] = []
    made = 0
    while made < count:
        piece = _syllable(rate_hz, pitch, rng)
        if rng.random() < 0.12:
            piece = np.concatenate([piece, np.zeros(int(rng.uniform(0.15, 0.6) * rate_hz))])
        pieces.append(piece)
        made += len(piece)
    return loudness_one(np.concatenate(pieces)[:count], rate_hz)


def _syllable(rate_hz: int, pitch_hz: float, rng: Rng) -> Floats:
    """Return a consonant (a hiss, or a short gap) and a vowel that glides to another."""
    onset = rng.standard_normal(int(rng.uniform(0.03, 0.09) * rate_hz)) * rng.uniform(0, 0.12)
    onset = lfilter([1, -0.9], [1], onset)
    count = int(rng.uniform(0.09, 0.22) * rate_hz)
    glide = np.linspace(rng.uniform(0.9, 1.15), rng.uniform(0.85, 1.1), count)
    phase = np.cumsum(pitch_hz * glide) / rate_hz
    pulses = np.diff(np.floor(phase), prepend=0.0) + 0.01 * rng.standard_normal(count)
    half = count // 2
    vowel = np.concatenate([_shaped(pulses[:half], rate_hz, rng), _shaped(pulses[half:], rate_hz, rng)])
    return np.concatenate([onset, vowel * np.hanning(count) ** 0.5])


def _shaped(pulses: Floats, rate_hz: int, rng: Rng) -> Floats:
    """Return pulses through the three formants of a vowel taken by chance."""
    out = pulses
    for formant_hz in VOWELS_HZ[int(rng.integers(len(VOWELS_HZ)))]:
        hz = formant_hz * rng.uniform(0.93, 1.07)
        radius = np.exp(-np.pi * 90 / rate_hz)
        poles = [1, -2 * radius * np.cos(2 * np.pi * hz / rate_hz), radius**2]
        out = np.asarray(lfilter([1 - radius], poles, out), dtype=np.float64)
    return out
