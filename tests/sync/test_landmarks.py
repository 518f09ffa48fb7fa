"""Whole-array readings of landmarks equal the filters that define them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import maximum_filter, uniform_filter1d

from everyangle.sync import landmarks

SEEDS = st.integers(0, 10_000)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, frames=st.integers(1, 60), reach=st.integers(1, 9), turned=st.booleans())
def test_the_highest_value_near_is_a_maximum_filter(seed: int, frames: int, reach: int, turned: bool) -> None:
    values = np.random.default_rng(seed).normal(0, 1, (frames, 20)).astype(np.float32)
    values = values.T if turned else values
    expected = maximum_filter(values, size=(2 * reach + 1, 1), mode="nearest")
    np.testing.assert_array_equal(landmarks._highest_near(values, reach), expected)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, frames=st.integers(1, 120))
def test_a_sustained_line_is_four_fifths_of_a_quarter_second(seed: int, frames: int) -> None:
    rng = np.random.default_rng(seed)
    log_power = rng.normal(0, 0.6, (frames, 30)).astype(np.float32)
    log_power[:, 11] += 4 * (rng.random(frames) < 0.85)
    padded = np.pad(log_power, ((0, 0), (4, 4)), mode="edge")
    centre = padded[:, 4:-4]
    ridge = (centre >= padded[:, 3:-5]) & (centre >= padded[:, 5:-3])
    ridge &= centre - 0.5 * (padded[:, :-8] + padded[:, 8:]) > 1.5
    share = uniform_filter1d(ridge.astype(np.float64), 17, axis=0, mode="nearest")
    expected = maximum_filter(share, size=(9, 1), mode="nearest") > 0.8
    at, bins = (x.reshape(-1) for x in np.indices(log_power.shape))
    np.testing.assert_array_equal(landmarks._sustained(log_power, at, bins), expected.reshape(-1))


@given(seed=SEEDS, ones=st.integers(0, 60), others=st.integers(0, 60), limit=st.integers(1, 6))
def test_coincidences_are_all_equal_pairs_but_those_of_common_hashes(
    seed: int, ones: int, others: int, limit: int
) -> None:
    rng = np.random.default_rng(seed)
    one, other = (np.sort(rng.integers(0, 25, n)).astype(np.uint32) for n in (ones, others))
    i, j = landmarks.coincidences(one, other, limit)
    expected = [
        (x, y) for x in range(ones) for y in range(others) if one[x] == other[y] and (other == one[x]).sum() <= limit
    ]
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == expected
