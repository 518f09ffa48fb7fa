"""Decoded sound laid on the time axis: frames with timestamps in, one gapless run of samples out.

Timestamps decide where sound stands, sample counts decide how it joins: frames that follow each other are joined
without a seam; a real gap is filled with zeros; overlapping sound is cut; and where the sample count slowly drifts
from the timestamps (a recorder whose sound clock is not its timestamp clock), single samples are added or taken by
interpolation, so that position over rate stays media time. Decodes and resamples nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_GAP_S = 0.012
_LOOK_AHEAD = 6
_SMOOTH = 1 / 24
_TOLERANCE_S = 0.0004
_LARGEST_STRETCH = 1 / 256
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Placed:
    """Decoded frames that follow each other exactly: where the first one's timestamp puts it, and their samples.

    Attributes:
        at: samples from presentation zero.
        samples: shape (channels, n).
        frames: how many frames of one length they are; as many timestamps say the same.
    """

    at: float
    samples: Floats
    frames: int = 1

    def single(self) -> Iterator[Placed]:
        """Yield the frames one by one, so that each is judged by its own timestamp where something is amiss."""
        edges = np.linspace(0, self.samples.shape[1], self.frames + 1).round().astype(int).tolist()
        for first, last in pairwise(edges):
            yield Placed(self.at + first, self.samples[:, first:last])


class SoundTimeline:
    """Joins frames to a gapless run that begins at presentation zero.

    Args:
        rate: Hz of the frames.
        channels: rows of every frame.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._waiting: deque[Placed] = deque()
        self._position = 0
        self._error = 0.0
        self._anew = True
        self.spans: list[tuple[int, int]] = []
        self.gaps = 0

    def feed(self, frame: Placed) -> Iterator[Floats]:
        """Take one frame; yield what is now decided."""
        if frame.samples.shape[1]:
            self._waiting.append(frame)
        while len(self._waiting) > _LOOK_AHEAD:
            yield from self._place(self._waiting.popleft())

    def finish(self) -> Iterator[Floats]:
        """Yield the rest."""
        while self._waiting:
            yield from self._place(self._waiting.popleft())

    def _place(self, frame: Placed) -> Iterator[Floats]:
        off = frame.at - self._position
        if frame.frames > 1 and max(abs(off), abs(self._error)) > _TOLERANCE_S * self._rate:
            self._waiting.extendleft(reversed(list(frame.single())))
            frame = self._waiting.popleft()
        samples = frame.samples
        if self._anew or self._is_gap(off, samples.shape[1]):
            self.gaps += bool(self.spans) and not self._anew
            jump, self._error = round(off), 0.0
            yield from self._silence(jump)
            samples = samples[:, max(0, -jump) :]
            self._anew = not samples.shape[1]
        else:
            self._error += (off - self._error) * (1 - (1 - _SMOOTH) ** frame.frames)
            if abs(self._error) > _TOLERANCE_S * self._rate:
                samples = self._stretched(samples)
        if samples.shape[1]:
            self._sounded(samples.shape[1])
            yield samples

    def _is_gap(self, off: float, length: int) -> bool:
        least = max(_GAP_S * self._rate, 0.6 * min(length, 0.05 * self._rate))
        if abs(off) < least:
            return False
        position, agreeing = self._position + length, 0
        for later in self._waiting:
            agreeing += (later.at - position) * np.sign(off) >= least / 2
            position += later.samples.shape[1]
        return agreeing * 2 >= len(self._waiting)

    def _stretched(self, samples: Floats) -> Floats:
        length = samples.shape[1]
        most = max(1, int(length * _LARGEST_STRETCH))
        change = int(np.clip(round(self._error), -most, most))
        if change == 0 or length + change < 2:
            return samples
        self._error -= change
        positions = np.linspace(0, length - 1, length + change)
        return np.stack([np.interp(positions, np.arange(length), row) for row in samples]).astype(np.float32)

    def _silence(self, count: int) -> Iterator[Floats]:
        while count > 0:
            block = min(count, _BLOCK)
            self._position += block
            count -= block
            yield np.zeros((self._channels, block), np.float32)

    def _sounded(self, count: int) -> None:
        begin, self._position = self._position, self._position + count
        if self.spans and self.spans[-1][1] == begin:
            begin = self.spans.pop()[0]
        self.spans.append((begin, self._position))
