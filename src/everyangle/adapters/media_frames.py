"""Decoded sound frames as arrays, those that follow each other exactly gathered into one: a call a frame is dear."""

from __future__ import annotations

import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_KINDS: dict[str, tuple[type[np.generic], float]] = {
    "u8": (np.uint8, 1 / 128),
    "s16": (np.int16, 2.0**-15),
    "s32": (np.int32, 2.0**-31),
    "s64": (np.int64, 2.0**-63),
    "flt": (np.float32, 1.0),
    "dbl": (np.float64, 1.0),
}
"""FFmpeg's sample formats: what they are in memory, and what full scale is divided by."""

MOST_FRAMES = 16
"""Frames in a run at most: a third of a second of AAC or Opus."""

_EXACTLY = 1e-3


class Run:
    """Frames of one form that follow each other to a thousandth of a sample.

    Attributes:
        at: where the first begins, in its own samples from presentation zero.
        frames: how many there are.
        rate: their sample rate, Hz.
    """

    def __init__(self, at: float, frame: AudioFrame) -> None:
        self.at, self.frames, self.rate = at, 1, frame.sample_rate
        self._first: AudioFrame | None = frame
        self._form = _form(frame)
        self._end = at + frame.samples
        self._fifo: AudioFifo | None = None

    def takes(self, at: float, frame: AudioFrame) -> bool:
        """Take a frame if it follows, and tell whether it did."""
        if abs(at - self._end) > _EXACTLY or self.frames >= MOST_FRAMES or _form(frame) != self._form:
            return False
        if self._fifo is None:
            self._fifo = AudioFifo()
            _write(self._fifo, self._first)
            self._first = None
        _write(self._fifo, frame)
        self.frames += 1
        self._end += frame.samples
        return True

    def samples(self) -> Floats:
        """Return all samples, shape (channels, n), full scale 1. To be called once."""
        frame = self._first if self._fifo is None else self._fifo.read()
        return plain(frame) if frame is not None else np.zeros((1, 0), np.float32)


def _form(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name


def _write(fifo: AudioFifo, frame: AudioFrame | None) -> None:
    if frame is not None and frame.samples:
        frame.pts = None  # the queue has no need of times, and would refuse those that differ by a rounding
        fifo.write(frame)


def plain(frame: AudioFrame) -> Floats:
    """Return a frame's samples, shape (channels, n), full scale 1."""
    name = frame.format.name
    kind, scale = _KINDS[name.removesuffix("p")]
    planes = [np.frombuffer(memoryview(plane), kind) for plane in frame.planes]
    if name.endswith("p"):
        samples = np.stack([plane[: frame.samples] for plane in planes]) if len(planes) > 1 else planes[0][None, :]
    else:
        channels = frame.layout.nb_channels
        samples = planes[0][: frame.samples * channels].reshape(frame.samples, channels).T
    samples = samples[:, : frame.samples]
    if kind == np.float32:
        return samples
    level = samples.astype(np.float32) * np.float32(scale)
    return level - 1 if name.startswith("u8") else level
