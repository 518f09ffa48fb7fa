"""Offsets read off stacked windows equal a plain reading of their definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import maximum_filter1d

from everyangle.sync import phase

SEEDS = st.integers(0, 10_000)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_marks_spread_as_a_maximum_does(seed: int) -> None:
    marked = np.random.default_rng(seed).random((3, 40)) > 0.8
    spread = maximum_filter1d(marked.astype(np.uint8), 5, axis=1) > 0
    np.testing.assert_array_equal(phase._any_near(marked, 2), spread)


@pytest.mark.parametrize("at", [-30.0, 0.2, 1.0, 55.0, 99.4, 100.0, 140.0])
def test_a_peak_is_found_near_its_place_and_never_outside(at: float) -> None:
    z = np.zeros((1, 101), np.float32)
    z[0, 54:57] = 1, -3, 2
    (place,) = phase._local_peaks(z, np.array([at]))
    assert 0 <= place <= 100
    if at == 55.0:
        assert place == pytest.approx(55 + 0.5 * (1 - 2) / (1 - 6 + 2))


def test_a_groups_level_is_what_most_of_its_windows_have() -> None:
    rng = np.random.default_rng(3)
    g = np.repeat([0, 2], 20)
    rest = 3 + g * 0.01 + rng.normal(0, 1e-4, 40)
    rest[:4] += 0.2
    levels = phase._levels(rest, g, 3)
    assert levels[0] == pytest.approx(3.0, abs=1e-4)
    assert levels[1] == 0.0
    assert levels[2] == pytest.approx(3.02, abs=1e-4)
