"""Reads the time out of the pictures that the benchmark's camera makes (``clock.js``)."""

from __future__ import annotations

import io
from collections import deque
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

_COLUMNS, _ROWS_OF_PICTURE = 20, 11.25
_CHECK = 90
_WRAPS_MS = 1 << 32
_LAST = 60
"""So many of the last pictures are read: of ten minutes, reading all takes longer than decoding them."""


def camera(width: int) -> str:
    """Return the camera as a script to be run before a page's own; its picture is 16:9."""
    script = (Path(__file__).parent / "clock.js").read_text(encoding="utf-8")
    return script.replace("const WIDTH = 1280;", f"const WIDTH = {width};").replace(
        "const HEIGHT = 720;", f"const HEIGHT = {width * 9 // 16};"
    )


def last_time_s(film: bytes | Path, near_s: float) -> float | None:
    """Return the time in the last picture that can be decoded and read, in seconds since 1970, or None.

    Args:
        film: a file, or its bytes; may be cut off anywhere.
        near_s: some time within three weeks of it, since the picture holds the last 32 bits of the milliseconds only.
    """
    last: deque[av.VideoFrame] = deque(maxlen=_LAST)
    try:
        with av.open(io.BytesIO(film) if isinstance(film, bytes) else str(film), "r") as container:
            if not container.streams.video:
                return None
            last.extend(container.decode(video=0))
    except av.FFmpegError:
        pass  # what came before the cut was read
    told = [_read(frame.to_ndarray(format="gray").astype(np.uint8)) for frame in last]
    return max((_whole(ms, near_s) for ms in told if ms is not None), default=None)


def _read(picture: npt.NDArray[np.uint8]) -> int | None:
    """Return the milliseconds in a picture, or None where its check does not fit."""
    side_x, side_y = picture.shape[1] / _COLUMNS, picture.shape[0] / _ROWS_OF_PICTURE
    bits = 0
    for bit in range(40):
        x, y = (bit % _COLUMNS + 0.5) * side_x, (bit // _COLUMNS + 0.5) * side_y
        patch = picture[int(y - side_y / 4) : int(y + side_y / 4) + 1, int(x - side_x / 4) : int(x + side_x / 4) + 1]
        bits |= int(patch.mean() > 127) << bit
    told, check = bits & (_WRAPS_MS - 1), bits >> 32
    for by in (0, 8, 16, 24):
        check ^= told >> by & 255
    return told if check == _CHECK else None


def _whole(told_ms: int, near_s: float) -> float:
    near_ms = int(near_s * 1000)
    away = (told_ms - near_ms + _WRAPS_MS // 2) % _WRAPS_MS - _WRAPS_MS // 2
    return (near_ms + away) / 1000
