"""Filmstrips and photos: pictures at known media times as JPEG."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from everyangle.adapters.media_pyav_open import HOLDS, Item, Opened, opened, start_of, starts
from everyangle.adapters.media_pyav_picture import Upright, display_size, fitted, jpeg, rotation_of
from everyangle.adapters.media_pyav_probe import probe
from everyangle.core.errors import BadInputError
from everyangle.ports.media import Filmstrip, FilmstripSettings, Photo, Progress

_SEEKABLE = ("mov,mp4,m4a,3gp,3g2,mj2",)
_SEEK_OVER_S = 3.0
_HALF_TICK_S = 0.5 / 90_000


def filmstrip(item: Item, settings: FilmstripSettings, progress: Progress) -> Filmstrip:
    """Return an item's filmstrip: tile ``k`` shows what is presented at ``k * step_s``.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    info = probe(item, lambda _: None)
    if info.video is None:
        raise no_picture(item)
    step_s = max(settings.step_s, info.duration_s / settings.tiles)
    count = max(1, min(settings.tiles, int(np.ceil(info.duration_s / step_s - 1e-9))))
    width, height = fitted(info.video.width, info.video.height, settings.tile_long_side)
    columns = min(settings.columns, count)
    sheet = _Sheet(width, height, columns, -(-count // columns))
    zero = starts(item).zero
    with opened(item) as media:
        upright = Upright(width, height, info.video.rotation, full_range=True)
        for tile, frame in enumerate(_presented(media, zero, [k * step_s for k in range(count)])):
            progress(tile * step_s)
            if frame is not None:
                sheet.put(tile, upright(frame))
    return Filmstrip(jpeg(sheet.picture()), columns, count, width, height, 0.0, step_s)


def _presented(media: Opened, zero: Fraction, times: list[float]) -> Iterator[VideoFrame | None]:
    """Yield for each time, in order, the picture presented then: the last that begins no later (None before all)."""
    assert media.video is not None
    shown: VideoFrame | None = None
    ahead: VideoFrame | None = None
    frames = media.decoded(media.video)
    seekable = media.name in _SEEKABLE
    for time in times:
        if seekable and ahead is not None and time - _seconds(ahead, zero) > _SEEK_OVER_S:
            assert media.video.time_base is not None
            media.container.seek(int((Fraction(time) + zero) / media.video.time_base), stream=media.video)
            frames, ahead = media.decoded(media.video), None
        while ahead is None or _seconds(ahead, zero) <= time + _HALF_TICK_S:
            shown = ahead if ahead is not None else shown
            ahead = _next(frames)
            if ahead is None:
                break
        yield shown


def _next(frames: Iterator[object]) -> VideoFrame | None:
    for frame in frames:
        if isinstance(frame, VideoFrame):
            return frame
    return None


def _seconds(frame: VideoFrame, zero: Fraction) -> float:
    time = start_of(frame)
    return 0.0 if time is None else float(time - zero)


class _Sheet:
    """Tiles on one yuvj420p picture, black where nothing was put."""

    def __init__(self, width: int, height: int, columns: int, rows: int) -> None:
        self._width, self._height, self._columns = width, height, columns
        size = (rows * height, columns * width)
        half = (size[0] // 2, size[1] // 2)
        self._planes: list[NDArray[np.uint8]] = [
            np.zeros(size, np.uint8),
            *(np.full(half, 128, np.uint8) for _ in "uv"),
        ]

    def put(self, tile: int, picture: VideoFrame) -> None:
        """Put a picture of a tile's size in its place."""
        row, column = divmod(tile, self._columns)
        for plane, source, half in zip(self._planes, picture.planes, (1, 2, 2), strict=True):
            height, width = self._height // half, self._width // half
            pixels = np.frombuffer(cast("Any", source), np.uint8).reshape(source.height, source.line_size)[:, :width]
            plane[row * height : (row + 1) * height, column * width : (column + 1) * width] = pixels

    def picture(self) -> VideoFrame:
        """Return the whole picture."""
        height, width = self._planes[0].shape
        frame = VideoFrame(width, height, "yuvj420p")
        for plane, target in zip(self._planes, frame.planes, strict=True):
            rows = np.zeros((target.height, target.line_size), np.uint8)
            rows[:, : target.width] = plane
            target.update(rows.tobytes())
        return frame


def photo(item: Item, long_side: int) -> Photo:
    """Return a photo, or the first picture of a recording, as JPEG, upright and without metadata.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    with opened(item) as media:
        if media.video is None:
            raise no_picture(item)
        frame = _next(media.decoded(media.video))
        if frame is None:
            raise BadInputError("media-unreadable", f"{item.label} holds no picture that can be decoded.", holds=HOLDS)
        rotation = rotation_of(frame)
        width, height = fitted(*display_size(media.video, rotation), long_side)
        return Photo(jpeg(Upright(width, height, rotation, full_range=True)(frame), 3), width, height)


def no_picture(item: Item) -> BadInputError:
    """Return the error for an item without picture."""
    return BadInputError("media-no-picture", f"{item.label} has no picture.", holds=HOLDS)
