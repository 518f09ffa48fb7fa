"""Pictures as people see them: square pixels, upright, of a wanted size. Decodes and encodes nothing but JPEG."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import av
import numpy as np
from av.codec import CodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, VideoReformatter
from av.video.stream import VideoStream

_QUARTER = 90
_ODDEST_PIXEL = 4


def rotation_of(frame: object) -> int:
    """Return by how many degrees clockwise (0, 90, 180, 270) a frame is to be turned."""
    if not isinstance(frame, VideoFrame):
        return 0
    return round(-frame.rotation / _QUARTER) % 4 * _QUARTER


def display_size(stream: VideoStream, rotation: int) -> tuple[int, int]:
    """Return width and height in square pixels, after turning."""
    shape = stream.sample_aspect_ratio or Fraction(1)
    width, height = stream.width, stream.height
    if Fraction(1, _ODDEST_PIXEL) <= shape <= _ODDEST_PIXEL:
        width = max(1, round(width * shape))
    return (height, width) if rotation % 180 else (width, height)


def fitted(width: int, height: int, long_side: int) -> tuple[int, int]:
    """Return the largest even size of the same shape with ``long_side`` pixels at most, never larger than given."""
    scale = min(1.0, long_side / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class Upright:
    """Turns frames into upright yuv420p pictures of one size.

    Args:
        width: pixels of the results, even.
        height: pixels of the results, even.
        rotation: degrees clockwise to turn by.
        full_range: give luma 0 to 255, as JPEG has it, instead of 16 to 235.
    """

    def __init__(self, width: int, height: int, rotation: int, *, full_range: bool = False) -> None:
        self.width, self.height = width, height
        self._turns = -rotation // _QUARTER % 4
        self._before = (height, width) if self._turns % 2 else (width, height)
        self._format = "yuvj420p" if full_range else "yuv420p"
        self._range = ColorRange.JPEG if full_range else ColorRange.MPEG
        self._reformatter = VideoReformatter()

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        """Return the picture of one frame, without its time."""
        scaled = self._reformatter.reformat(
            frame,
            width=self._before[0],
            height=self._before[1],
            format=self._format,
            interpolation="AREA" if frame.width > self._before[0] else "BICUBIC",
            dst_color_range=self._range,
            threads=1,
        )
        return self._turned(scaled) if self._turns else scaled

    def _turned(self, frame: VideoFrame) -> VideoFrame:
        result = VideoFrame(self.width, self.height, self._format)
        for source, target in zip(frame.planes, result.planes, strict=True):
            pixels = np.frombuffer(cast("Any", source), np.uint8).reshape(source.height, source.line_size)[
                :, : source.width
            ]
            rows = np.zeros((target.height, target.line_size), np.uint8)
            rows[:, : target.width] = np.rot90(pixels, self._turns)
            target.update(rows.tobytes())
        result.color_range = frame.color_range
        result.colorspace = frame.colorspace
        return result


def jpeg(picture: VideoFrame, quality: int = 4) -> bytes:
    """Return a full-range picture as JPEG without metadata; ``quality`` is FFmpeg's, 2 fine to 31 coarse."""
    encoder = CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = picture.width, picture.height
    encoder.pix_fmt = "yuvj420p"
    encoder.color_range = ColorRange.JPEG
    encoder.time_base = Fraction(1, 1)
    encoder.thread_count = 1
    encoder.options = {"qmin": str(quality), "qmax": str(quality), "flags": "+bitexact"}
    picture.pts = 0
    return b"".join(bytes(packet) for part in (picture, None) for packet in encoder.encode(part))
