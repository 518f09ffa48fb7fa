"""Noise suppression takes the noise and leaves the words where they were."""

from __future__ import annotations

import numpy as np

from everyangle.testing.scene.device import suppressed
from everyangle.testing.scene.voices import speechlike

RATE = 16_000


def test_noise_falls_and_words_stay_in_their_place() -> None:
    rng = np.random.default_rng(3)
    words = np.zeros(8 * RATE)
    words[4 * RATE : 7 * RATE] = speechlike(RATE, 3.0, rng)
    noisy = 0.3 * words + 0.01 * rng.standard_normal(len(words))
    clean = suppressed(noisy, 15.0, RATE)
    assert len(clean) == len(noisy)
    quiet = slice(RATE, 3 * RATE)
    assert np.std(clean[quiet]) < 0.45 * np.std(noisy[quiet])
    spectrum = np.fft.rfft(clean, 2 * len(words)) * np.conj(np.fft.rfft(words, 2 * len(words)))
    assert int(np.argmax(np.fft.irfft(spectrum))) == 0
