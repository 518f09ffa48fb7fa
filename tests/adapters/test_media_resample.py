"""Resampling by matrices: no delay, no drift, no aliases, however the input is cut into blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from everyangle.adapters.media_resample import Resampler

Floats = NDArray[np.float32]
RATIOS = [
    (48_000, 8000),
    (44_100, 8000),
    (22_050, 8000),
    (8000, 8000),
    (8000, 48_000),
    (11_025, 48_000),
    (47_999, 8000),
]


def resampled(samples: Floats, rate_in: int, rate_out: int, block: int = 4096) -> Floats:
    resampler = Resampler(rate_in, rate_out)
    parts = [resampler.feed(samples[None, k : k + block]) for k in range(0, len(samples), block)]
    return np.asarray(np.concatenate([*parts, resampler.finish()], axis=1)[0], np.float32)


def tone(hz: float, rate: int, seconds: float) -> Floats:
    return np.asarray(np.sin(2 * np.pi * hz * np.arange(round(rate * seconds)) / rate), np.float32)


@pytest.mark.parametrize(("rate_in", "rate_out"), RATIOS)
def test_a_tone_comes_out_at_the_same_time(rate_in: int, rate_out: int) -> None:
    out = resampled(tone(997, rate_in, 2), rate_in, rate_out)
    wanted = tone(997, rate_out, 2)
    assert len(out) == len(wanted)
    inner = slice(rate_out // 10, -rate_out // 10)
    np.testing.assert_allclose(out[inner], wanted[inner], atol=2e-3)


@pytest.mark.parametrize(("rate_in", "hz"), [(48_000, 4400), (48_000, 12_000), (44_100, 7000), (22_050, 5000)])
def test_what_the_new_rate_cannot_hold_is_gone(rate_in: int, hz: float) -> None:
    out = resampled(tone(hz, rate_in, 1), rate_in, 8000)
    assert np.abs(out[400:-400]).max() < 2e-3


@settings(max_examples=40, deadline=None)
@given(
    ratio=st.sampled_from(RATIOS),
    count=st.integers(0, 20_000),
    block=st.integers(1, 9000),
    seed=st.integers(0, 1000),
)
def test_blocks_do_not_matter(ratio: tuple[int, int], count: int, block: int, seed: int) -> None:
    samples = np.random.default_rng(seed).standard_normal(count).astype(np.float32)
    block = max(block, count // 40 + 1)
    whole, cut = resampled(samples, *ratio, block=max(1, count)), resampled(samples, *ratio, block=block)
    assert len(whole) == -(-count * ratio[1] // ratio[0])
    np.testing.assert_allclose(cut, whole, atol=1e-5)


def test_there_is_no_drift_over_ten_minutes() -> None:
    samples = np.zeros(44_100 * 600, np.float32)
    samples[44_100 * 599] = 1
    out = resampled(samples, 44_100, 8000, 88_200)
    assert int(np.argmax(out)) == 8000 * 599
