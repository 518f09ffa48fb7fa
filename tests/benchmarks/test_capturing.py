"""What the benchmark of capture reads from pictures, and how it tells losses."""

from __future__ import annotations

import io

import av
import numpy as np
import numpy.typing as npt
from benchmarks.capturing.figures import seconds
from benchmarks.capturing.picture import last_time_s

START_MS = 1_764_000_000_123


def picture(now_ms: int, *, spoiled: bool = False) -> npt.NDArray[np.uint8]:
    """Return a picture with the time in it, as the camera draws it."""
    told = now_ms % 2**32
    check = 90
    for by in (0, 8, 16, 24):
        check ^= told >> by & 255
    bits = told | check << 32
    drawn = np.full((360, 640, 3), 90, np.uint8)
    for bit in range(40):
        x, y = bit % 20 * 32, bit // 20 * 32
        drawn[y : y + 32, x : x + 32] = 255 * (bits >> bit & 1)
    if spoiled:
        drawn[:32, :32] = 255 - drawn[:32, :32]
    return drawn


def film(pictures: list[npt.NDArray[np.uint8]]) -> bytes:
    into = io.BytesIO()
    with av.open(into, "w", format="matroska") as container:
        stream = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "g": "5"})
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for drawn in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(drawn, format="rgb24")))
        container.mux(stream.encode())
    return into.getvalue()


def test_the_last_time_is_read_out_of_an_encoded_picture_whole_or_cut() -> None:
    times = [START_MS + n * 33 for n in range(20)]
    whole = film([picture(time) for time in times])
    assert last_time_s(whole, START_MS / 1000 + 900) == times[-1] / 1000
    cut = last_time_s(whole[: len(whole) * 2 // 3], START_MS / 1000)
    assert cut is not None
    assert times[5] / 1000 < cut < times[-1] / 1000
    assert last_time_s(b"no film at all", START_MS / 1000) is None


def test_a_picture_whose_check_does_not_fit_is_not_believed() -> None:
    spoiled = film([picture(START_MS), picture(START_MS + 33, spoiled=True)])
    assert last_time_s(spoiled, START_MS / 1000) == START_MS / 1000


def test_a_run_that_lost_everything_is_worse_than_any_other() -> None:
    assert "p95 **0.20 s** (median 0.10, most 0.20, 20 runs)" in seconds([0.1] * 18 + [0.2] * 2)
    told = seconds([0.1] * 18 + [None] * 2)
    assert "p95 **everything**" in told
    assert "everything in 2" in told
    assert seconds([None] * 3) == "everything in all 3 runs"
