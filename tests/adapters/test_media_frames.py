"""Decoded frames gathered into runs: the same samples as one by one, and a new run where anything changes."""

from __future__ import annotations

import numpy as np
import pytest
from av.audio.frame import AudioFrame

from everyangle.adapters.media_frames import MOST_FRAMES, Run, plain

FORMS = [("fltp", "stereo"), ("flt", "mono"), ("s16", "stereo"), ("s16p", "mono"), ("u8", "mono"), ("s32", "stereo")]


def frame(number: int, form: str = "fltp", layout: str = "mono", rate: int = 48_000, count: int = 1024) -> AudioFrame:
    made = AudioFrame(format=form, layout=layout, samples=count)
    rng = np.random.default_rng(number)
    for plane in made.planes:
        noise = rng.normal(0, 0.1, plane.buffer_size // 4).astype(np.float32)
        data = noise if form[0] == "f" else rng.integers(0, 256, plane.buffer_size, dtype=np.uint8)
        plane.update(data.tobytes())
    made.sample_rate = rate
    made.pts = number * count
    return made


@pytest.mark.parametrize(("form", "layout"), FORMS)
def test_a_run_holds_what_its_frames_hold(form: str, layout: str) -> None:
    expected = np.concatenate([plain(frame(n, form, layout)) for n in range(5)], axis=1)
    run = Run(0.0, frame(0, form, layout))
    assert all(run.takes(1024.0 * n, frame(n, form, layout)) for n in range(1, 5))
    np.testing.assert_array_equal(run.samples(), expected)
    assert run.frames == 5


def test_a_frame_by_itself_is_a_run() -> None:
    np.testing.assert_array_equal(Run(7.0, frame(3)).samples(), plain(frame(3)))


def test_a_run_ends_where_time_rate_or_form_change_and_when_it_is_long() -> None:
    run = Run(0.0, frame(0))
    assert not run.takes(1025.0, frame(1))
    assert not run.takes(1024.0, frame(1, rate=44_100))
    assert not run.takes(1024.0, frame(1, form="s16"))
    assert not run.takes(1024.0, frame(1, layout="stereo"))
    assert all(run.takes(1024.0 * n, frame(n)) for n in range(1, MOST_FRAMES))
    assert not run.takes(1024.0 * MOST_FRAMES, frame(MOST_FRAMES))
    assert run.samples().shape == (1, 1024 * MOST_FRAMES)
