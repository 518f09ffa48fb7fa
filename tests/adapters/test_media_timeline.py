"""Sound laid on the time axis: joins, gaps, overlaps, trembling and drifting timestamps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from everyangle.adapters.media_timeline import Placed, SoundTimeline

RATE = 48_000
FRAME = 1024
Floats = NDArray[np.float32]


def joined(frames: list[Placed]) -> tuple[Floats, SoundTimeline]:
    timeline = SoundTimeline(RATE, 1)
    blocks = [block for frame in frames for block in timeline.feed(frame)] + list(timeline.finish())
    return np.concatenate(blocks, axis=1)[0], timeline


def ramp(begin: int, count: int = FRAME) -> Floats:
    """Samples that are their own scene position, so that a test can read where they ended."""
    return np.arange(begin, begin + count, dtype=np.float32)[None, :]


def test_frames_that_follow_each_other_are_joined_without_a_seam() -> None:
    sound, timeline = joined([Placed(k * FRAME, ramp(k * FRAME)) for k in range(50)])
    np.testing.assert_array_equal(sound, np.arange(50 * FRAME))
    assert timeline.spans == [(0, 50 * FRAME)]


def test_a_late_start_is_silence_before() -> None:
    sound, timeline = joined([Placed(5000 + k * FRAME, np.ones((1, FRAME), np.float32)) for k in range(9)])
    assert not sound[:5000].any()
    assert sound[5000:].all()
    assert timeline.spans == [(5000, 5000 + 9 * FRAME)]
    assert timeline.gaps == 0


@pytest.mark.parametrize("lost", [1, 2, 100])
def test_lost_frames_are_silence_of_their_length(lost: int) -> None:
    kept = [k for k in range(200) if not 20 <= k < 20 + lost]
    sound, timeline = joined([Placed(k * FRAME, ramp(k * FRAME)) for k in kept])
    silent = slice(20 * FRAME, (20 + lost) * FRAME)
    assert not sound[silent].any()
    sound[silent] = np.arange(silent.start, silent.stop)
    np.testing.assert_array_equal(sound, np.arange(200 * FRAME))
    assert timeline.gaps == 1
    assert len(timeline.spans) == 2


def test_sound_before_presentation_zero_is_cut() -> None:
    sound, _ = joined([Placed(-1500 + k * FRAME, ramp(-1500 + k * FRAME)) for k in range(9)])
    np.testing.assert_array_equal(sound, np.arange(9 * FRAME - 1500))


def test_repeated_sound_is_cut() -> None:
    frames = [Placed(k * FRAME, ramp(k * FRAME)) for k in (*range(20), *range(15, 40))]
    sound, _ = joined(frames)
    np.testing.assert_array_equal(sound, np.arange(40 * FRAME))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0005, 0.001, 0.004]))
def test_trembling_timestamps_leave_no_seam(seed: int, tremble_s: float) -> None:
    off = np.random.default_rng(seed).uniform(-tremble_s / 2, tremble_s / 2, 300) * RATE
    off[0] = 0
    sound, timeline = joined([Placed(k * FRAME + off[k], ramp(k * FRAME)) for k in range(300)])
    assert timeline.gaps == 0
    assert np.abs(np.diff(sound) - 1).max() < 0.5
    assert np.abs(sound - np.arange(len(sound))).max() <= (0.0008 + tremble_s / 4) * RATE


@pytest.mark.parametrize("ppm", [-300, -50, 50, 300])
def test_a_drifting_sample_count_follows_the_timestamps(ppm: int) -> None:
    """Minutes whose sound clock runs off by so many parts in a million, with timestamps in milliseconds."""
    frames = RATE * 300 // FRAME
    stretch = 1 + ppm / 1e6
    placed = [Placed(round(k * FRAME * stretch / 48) * 48, ramp(k * FRAME)) for k in range(frames)]
    sound, timeline = joined(placed)
    off_s = (sound.astype(float) * stretch - np.arange(len(sound))) / RATE
    assert timeline.gaps == 0
    assert np.abs(off_s).max() < 0.001
    assert len(sound) == pytest.approx(frames * FRAME * stretch, abs=0.001 * RATE)


@pytest.mark.parametrize("off", [0.0, 0.4, 30.0, 100.0, -300.0, 5000.0])
def test_frames_gathered_before_stand_where_they_would_one_by_one(off: float) -> None:
    places = [k * FRAME + (off if k >= 40 else 0.0) for k in range(200)]
    single, expected = joined([Placed(at, ramp(k * FRAME)) for k, at in enumerate(places)])
    runs = [
        Placed(places[k], ramp(k * FRAME, 8 * FRAME), frames=8)
        for k in range(0, 200, 8)  # 40 begins a run
    ]
    gathered, timeline = joined(runs)
    np.testing.assert_array_equal(gathered, single)
    assert timeline.gaps == expected.gaps
