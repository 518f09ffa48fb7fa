from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from everyangle.sync.slopes import PRIOR_PPM, shared_slope

F64 = NDArray[np.float64]


def windows(seed: int, ppm: float, span_s: float = 60.0, stray: float = 0.15) -> tuple[F64, F64]:
    """Lags of windows that hear three sources in turn, the later ones longer; some windows hear nothing."""
    rng = np.random.default_rng(seed)
    t = np.linspace(-span_s / 2, span_s / 2, 64)
    turn = np.clip(((t + span_s / 2) / span_s * 3 + rng.normal(0, 0.4, 64)).astype(int), 0, 2)
    y = 5.0 + np.array([-0.0031, 0.0, 0.0019])[turn] + ppm * 1e-6 * t + rng.normal(0, 5e-5, 64)
    lost = rng.random(64) < stray
    y[lost] += rng.uniform(-0.001, 0.001, int(lost.sum()))
    return t, y


@pytest.mark.parametrize("seed", range(6))
def test_the_slope_is_the_clocks_although_other_sources_are_heard_later(seed: int) -> None:
    t, y = windows(seed, ppm=27.0)
    assert abs(np.polyfit(t, y, 1)[0] * 1e6 - 27.0) > 25  # a line through all windows leans from source to source
    slope, half_width = shared_slope(t, y)
    assert slope * 1e6 == pytest.approx(27.0, abs=2.0)
    assert half_width * 1e6 < 10.0


def test_intervals_of_slopes_cover_the_truth() -> None:
    inside = 0
    for seed in range(200):
        ppm = float(np.random.default_rng(1000 + seed).normal(0, PRIOR_PPM))
        slope, half_width = shared_slope(*windows(seed, ppm, span_s=25.0, stray=0.5))
        inside += abs(slope * 1e6 - ppm) <= half_width * 1e6
    assert inside >= 184  # 92 % of 200


def test_windows_that_agree_on_nothing_leave_what_was_known_before() -> None:
    rng = np.random.default_rng(5)
    slope, half_width = shared_slope(np.linspace(-10, 10, 20), rng.uniform(-0.1, 0.1, 20))
    assert abs(slope) * 1e6 < 2 * PRIOR_PPM
    assert half_width * 1e6 > PRIOR_PPM


def test_one_window_has_no_slope_of_its_own() -> None:
    slope, half_width = shared_slope(np.zeros(1), np.array([3.0]))
    assert slope == pytest.approx(0.0, abs=1e-12)
    assert half_width * 1e6 == pytest.approx(1.96 * PRIOR_PPM, rel=0.5)
