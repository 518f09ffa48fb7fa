"""Small recordings whose every frame says, readable by machine and by eye, at which event time it was taken.

For tests that look at pixels while a page plays. NumPy and PyAV only; nothing random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from everyangle.core.time import ClockMap

Picture = npt.NDArray[np.uint8]

CODE_BITS = 24
"""Blocks of the code, most significant first: white is 1."""

CODE_BIAS_MS = 1_000_000
"""Added to the event time in milliseconds, so that times before zero have a code."""

BLOCK = 7
"""Width and height of a block of the code in pixels; the code stands in the lower left corner."""

SAMPLE_RATE = 48000

_DIGITS = {
    "0": (7, 5, 5, 5, 7), "1": (2, 6, 2, 2, 7), "2": (7, 1, 7, 4, 7), "3": (7, 1, 7, 1, 7), "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7), "6": (7, 4, 7, 5, 7), "7": (7, 1, 1, 2, 2), "8": (7, 5, 7, 5, 7), "9": (7, 5, 7, 1, 7),
    ".": (0, 0, 0, 0, 2), "-": (0, 0, 7, 0, 0), " ": (0, 0, 0, 0, 0),
}  # fmt: skip
"""Digits of three by five dots, a row a number."""


@dataclass(frozen=True, slots=True)
class Take:
    """One recording to make.

    Attributes:
        clock: its true clock.
        duration_s: media seconds.
        fps: frames per second, or 0 for sound only.
        width: pixels.
        height: pixels.
        sound: whether it has sound.
        tint: red, green, blue of its background, so that the eye tells recordings apart.
    """

    clock: ClockMap
    duration_s: float
    fps: int = 25
    width: int = 320
    height: int = 180
    sound: bool = True
    tint: tuple[int, int, int] = (70, 90, 110)


def write_take(path: Path, take: Take) -> None:
    """Write a take as fast-start MP4 (H.264, AAC) to ``path``."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        video = _video_stream(out, take) if take.fps else None
        audio = out.add_stream("aac", rate=SAMPLE_RATE, layout="mono") if take.sound else None
        if video is not None:
            for picture in _video_frames(take):
                out.mux(video.encode(picture))
            out.mux(video.encode(None))
        if audio is not None:
            for part in _sound_frames(take):
                out.mux(audio.encode(part))
            out.mux(audio.encode(None))


def frame(take: Take, t_event: float, share: float) -> Picture:
    """Return the picture at an event time: shape (height, width, 3), RGB; ``share`` of the take is over (0 to 1)."""
    shade = np.linspace(1.15, 0.7, take.height)[:, None] * np.array(take.tint)
    picture = np.repeat(shade.astype(np.uint8)[:, None, :], take.width, axis=1)
    _sweep(picture, t_event)
    picture[-BLOCK - 4 : -BLOCK - 2, : max(1, round(take.width * share))] = 235
    _write_number(picture, f"{t_event:.2f}", scale=max(3, take.width // 50))
    code = round(t_event * 1000) + CODE_BIAS_MS
    for bit in range(CODE_BITS):
        on = code >> (CODE_BITS - 1 - bit) & 1
        picture[-BLOCK:, bit * BLOCK : (bit + 1) * BLOCK] = 255 if on else 0
    return picture


def tone(take: Take, t_event: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return sound at event times: a murmur, with a beep at each full second. Shape as given, -1 to 1."""
    murmur = 0.08 * np.sin(2 * np.pi * 140 * t_event) * (1 + np.sin(2 * np.pi * 0.23 * t_event))
    beep = 0.5 * np.sin(2 * np.pi * (440 + take.tint[0]) * t_event) * (np.mod(t_event, 1.0) < 0.08)
    speech = 0.25 * np.sin(2 * np.pi * 210 * t_event) * np.maximum(0, np.sin(2 * np.pi * 0.11 * t_event)) ** 3
    total: npt.NDArray[np.float32] = (murmur + beep + speech).astype(np.float32)
    return total


def sound(take: Take) -> npt.NDArray[np.float32]:
    """Return all of a take's sound, shape (samples,), at ``SAMPLE_RATE``."""
    t_media = np.arange(int(take.duration_s * SAMPLE_RATE)) / SAMPLE_RATE
    t_event = take.clock.offset_s + take.clock.rate * t_media
    for jump in take.clock.jumps:
        t_event = t_event + jump.lost_s * (t_media >= jump.at_s)
    return tone(take, t_event)


def write_jpeg(path: Path, picture: Picture) -> None:
    """Write one picture, shape (height, width, 3), as JPEG."""
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as out:
        stream = out.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = picture.shape[1], picture.shape[0], "yuvj420p"
        for packet in (*stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")), *stream.encode()):
            out.mux(packet)


def _video_stream(out: av.container.OutputContainer, take: Take) -> av.VideoStream:
    stream = out.add_stream("libx264", rate=take.fps, options={"preset": "ultrafast", "g": str(take.fps), "bf": "0"})
    stream.width, stream.height, stream.pix_fmt = take.width, take.height, "yuv420p"
    return stream


def _video_frames(take: Take) -> Iterator[av.VideoFrame]:
    for number in range(int(take.duration_s * take.fps)):
        t_media = number / take.fps
        picture = frame(take, take.clock.event_from_media(t_media), t_media / take.duration_s)
        shown = av.VideoFrame.from_ndarray(picture, format="rgb24")
        shown.pts, shown.time_base = number, Fraction(1, take.fps)
        yield shown


def _sound_frames(take: Take) -> Iterator[av.AudioFrame]:
    samples = sound(take) if take.sound else np.zeros(0, np.float32)
    for start in range(0, len(samples), 1024):
        part = samples[start : start + 1024]
        shown = av.AudioFrame.from_ndarray(part[None, :], format="fltp", layout="mono")
        shown.sample_rate, shown.pts, shown.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
        yield shown


def _sweep(picture: Picture, t_event: float) -> None:
    """A light that crosses the picture every four seconds, the same in all takes."""
    height, width = picture.shape[:2]
    x = int((t_event % 4.0) / 4.0 * width)
    y = height // 2
    picture[y - 6 : y + 6, max(0, x - 6) : x + 6] = (245, 235, 205)


def _write_number(picture: Picture, text: str, *, scale: int) -> None:
    for place, char in enumerate(text):
        for row, bits in enumerate(_DIGITS[char]):
            for column in range(3):
                if bits >> (2 - column) & 1:
                    x, y = 10 + (place * 4 + column) * scale, 10 + row * scale
                    picture[y : y + scale, x : x + scale] = 245
