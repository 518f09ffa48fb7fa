"""What is mass-produced is the same everywhere, and repeats when it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import spectrogram

from everyangle.testing.scene import signals
from everyangle.testing.scene.songs import song, style_of

RATE = 16_000


def _repeats(samples: np.ndarray[tuple[int, ...], np.dtype[np.float64]], period_s: float) -> float:
    """Return how alike a sound is to itself one period later, 1 for the same."""
    step = round(period_s * RATE)
    a, b = samples[RATE : RATE + 2 * step], samples[RATE + step : RATE + 3 * step]
    return float(np.corrcoef(a, b)[0, 1])


@pytest.mark.parametrize("model", signals.SIRENS)
def test_a_siren_repeats_after_its_period(model: str) -> None:
    hz, t_s, power = spectrogram(signals.siren_model(RATE, 30, model), RATE, nperseg=512, noverlap=384)
    melody = hz[np.argmax(power, axis=0)]
    period = signals.SIREN_PERIODS_S[model]
    inside = t_s[(t_s > 1) & (t_s < 15)]
    now, later, between = (np.interp(inside + x * period, t_s, melody) for x in (0, 1, 0.45))
    assert np.median(np.abs(later - now)) < 40
    assert np.median(np.abs(between - now)) > 100


@pytest.mark.parametrize("model", [0, 1, 2])
def test_a_telephone_rings_the_same_tune_again(model: int) -> None:
    samples = signals.ring_tone(RATE, 12, model)
    assert _repeats(samples, signals.ring_period_s(model)) > 0.99
    assert np.array_equal(samples, signals.ring_tone(RATE, 12, model))


def test_a_song_is_its_seed_and_some_are_loops() -> None:
    looped = next(n for n in range(50) if style_of(n).looped)
    free = next(n for n in range(50) if not style_of(n).looped)
    assert np.array_equal(song(RATE, 8, looped), song(RATE, 8, looped))
    alike = {n: _repeats(song(RATE, 40, n), 4 * style_of(n).bar_s) for n in (looped, free)}
    assert alike[looped] > 0.95
    assert alike[free] < 0.9
