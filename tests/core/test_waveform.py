"""The waveform that a page draws."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.waveform import peak_levels


def test_a_click_stands_in_its_step_and_nowhere_else() -> None:
    samples = np.zeros(8000 * 3, np.float32)
    samples[8000 * 2 + 161] = -0.5
    levels = peak_levels(samples, 8000, 50)
    assert len(levels) == 150
    assert {k: level for k, level in enumerate(levels) if level} == {101: 128}


def test_the_least_sound_is_seen_and_too_much_is_full_scale() -> None:
    assert list(peak_levels(np.array([1e-6, 0, 3.0, -0.25], np.float32), 4, 4)) == [1, 0, 255, 64]


@given(st.integers(0, 3000), st.integers(1, 50), st.integers(50, 400))
def test_every_step_has_a_level_and_the_loudest_is_kept(count: int, steps_hz: int, rate_hz: int) -> None:
    samples = np.linspace(-1, 1, count, dtype=np.float32)
    levels = peak_levels(samples, rate_hz, steps_hz)
    assert len(levels) == -(-count * steps_hz // rate_hz)
    assert max(levels, default=255) == 255
