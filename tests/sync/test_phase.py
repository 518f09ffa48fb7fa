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


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, groups=st.integers(1, 4))
def test_the_line_equals_dense_reweighted_least_squares(seed: int, groups: int) -> None:
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(-20, 20, 40))
    g = rng.integers(0, groups, 40)
    y = 3 + g * 0.01 + 20e-6 * t + rng.normal(0, 1e-4, 40)
    y[:3] += 0.2
    slope, half_width, levels = phase._fit(t, y, g, groups)
    design = np.column_stack([*(g == k for k in range(groups)), t]).astype(np.float64)
    prior = np.append(np.zeros(groups), 1 / 60e-6)
    weights, scale = np.ones(40), 1e-3
    for _ in range(8):
        root = np.sqrt(weights) / scale
        left, right = np.vstack([design * root[:, None], prior]), np.append(y * root, 0.0)
        dense = np.linalg.lstsq(left, right, rcond=None)[0]
        residual = np.abs(y - design @ dense)
        scale = max(3e-5, 1.4826 * float(np.median(residual)))
        weights = 1 / (1 + (residual / (2.5 * scale)) ** 2) ** 2
    left = np.vstack([design * np.sqrt(weights)[:, None] / scale, prior])
    assert slope == pytest.approx(dense[-1], abs=1e-9)
    assert half_width == pytest.approx(1.96 * np.sqrt(np.linalg.inv(left.T @ left)[-1, -1]), rel=1e-6)
    present = np.unique(g)
    np.testing.assert_allclose(np.array(levels)[present], dense[present], atol=1e-7)
