"""Sound: decoded, mixed down, laid on the time axis and brought to another rate, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

import numpy as np
from av.audio.frame import AudioFrame

from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_frames import Floats, Run
from everyangle.adapters.media_pyav_open import HOLDS, Item, check_duration, opened, starts
from everyangle.adapters.media_resample import Resampler
from everyangle.adapters.media_timeline import Placed, SoundTimeline
from everyangle.core.errors import BadInputError
from everyangle.ports.media import Progress

_BLOCK_S = 2.0


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What was written: how many samples, where there really is sound (sample indices), and what was wrong."""

    count: int
    spans: tuple[tuple[int, int], ...]
    warnings: tuple[str, ...]


class SoundLane:
    """One stream's decoded frames as a gapless run at a wanted rate and number of channels.

    Args:
        item: what is decoded, for its limits.
        zero: presentation zero on the container's clock, in seconds.
        rate: Hz of what is yielded.
        channels: 1 or 2.
    """

    def __init__(self, item: Item, zero: Fraction, rate: int, channels: int) -> None:
        self._item, self._zero, self._channels = item, zero, channels
        self.rate = rate
        self._rate = 0
        self._next = 0.0
        self._run: Run | None = None
        self._base: tuple[int, int, int] | None = None

    def feed(self, frame: AudioFrame) -> Iterator[Floats]:
        """Take a decoded frame; yield blocks of shape (channels, n) that are decided."""
        if not self._rate:
            self._begin(frame.sample_rate)
        at = self._position(frame, frame.sample_rate)
        if self._run is not None and self._run.takes(at, frame):
            self._next += frame.samples / frame.sample_rate
            return
        yield from self._placed()
        self._run = Run(at, frame)
        self._next = (at + frame.samples) / frame.sample_rate

    def _placed(self) -> Iterator[Floats]:
        """Lay the frames gathered so far on the time axis."""
        run, self._run = self._run, None
        if run is None:
            return
        samples = mixed(run.samples(), self._channels)
        at = run.at * self._rate / run.rate
        if run.rate != self._rate:
            samples = _interpolated(samples, run.rate, self._rate)
        check_duration(self._item, at / self._rate)
        yield from self._resampled(self.timeline.feed(Placed(at, samples, run.frames)))

    def _position(self, frame: AudioFrame, rate: int) -> float:
        """Return where a frame begins, in samples from presentation zero, by integers until the last division."""
        ticks = frame.dts if frame.pts is None else frame.pts
        if self._base is None:
            self._base = self._line(frame.time_base)  # one for all frames of a stream
        if ticks is None or self._base is None:
            return self._next * rate
        factor, shift, parts = self._base
        return (ticks * factor - shift) * rate / parts

    def _line(self, base: Fraction | None) -> tuple[int, int, int] | None:
        """Return factor, shift and parts, so that a frame's ticks begin at (ticks * factor - shift) / parts seconds."""
        if base is None:
            return None
        zero = self._zero
        return base.numerator * zero.denominator, zero.numerator * base.denominator, base.denominator * zero.denominator

    def finish(self) -> Iterator[Floats]:
        """Yield the rest."""
        if self._rate:
            yield from self._placed()
            yield from self._resampled(self.timeline.finish())
            yield from self._flush()
            yield self._resampler.finish()

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return where there really is sound, in samples of the wanted rate."""
        if not self._rate:
            return ()
        return tuple((a * self.rate // self._rate, -(-b * self.rate // self._rate)) for a, b in self.timeline.spans)

    def _begin(self, rate: int) -> None:
        self._rate = rate
        self.timeline = SoundTimeline(rate, self._channels)
        self._resampler = Resampler(rate, self.rate, self._channels)
        self._gathered: list[Floats] = []
        self._count = 0

    def _resampled(self, blocks: Iterator[Floats]) -> Iterator[Floats]:
        for block in blocks:
            self._gathered.append(block)
            self._count += block.shape[1]
            if self._count >= _BLOCK_S * self._rate:
                yield from self._flush()

    def _flush(self) -> Iterator[Floats]:
        if self._gathered:
            yield self._resampler.feed(np.concatenate(self._gathered, axis=1))
        self._gathered, self._count = [], 0


def mixed(samples: Floats, channels: int) -> Floats:
    """Return the samples with 1 or 2 channels: all mixed, or left and right with the centre in both."""
    have = samples.shape[0]
    if channels == have:
        return samples
    if channels == 1:
        return np.asarray(samples.mean(axis=0, keepdims=True, dtype=np.float32))
    if have == 1:
        return np.repeat(samples, 2, axis=0)
    left = [0, 2, *range(4, have, 2)]
    right = [1, 2, *range(5, have, 2)]
    return np.stack([samples[left].mean(axis=0), samples[right].mean(axis=0)]).astype(np.float32)


def _interpolated(samples: Floats, rate_in: int, rate_out: int) -> Floats:
    have = samples.shape[1]
    positions = np.arange(have * rate_out // rate_in) * (rate_in / rate_out)
    return np.stack([np.interp(positions, np.arange(have), row) for row in samples]).astype(np.float32)


def sound(item: Item, rate_hz: int, sink: DescriptorFile | BinaryIO, progress: Progress) -> SoundFacts:
    """Write an item's sound to ``sink`` as float32 in this machine's byte order.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    zero = starts(item).zero
    with opened(item) as media:
        if media.audio is None:
            raise no_sound(item)
        lane, count = SoundLane(item, zero, rate_hz, 1), 0
        for frame in media.decoded(media.audio):
            assert isinstance(frame, AudioFrame)
            for block in lane.feed(frame):
                sink.write(block.tobytes())
                count += block.shape[1]
                progress(count / rate_hz)
        for block in lane.finish():
            sink.write(block.tobytes())
            count += block.shape[1]
        if not count:
            raise no_sound(item)
        return SoundFacts(count, _within(lane.spans(), count), tuple(_warnings(lane, broken=media.broken)))


def no_sound(item: Item) -> BadInputError:
    """Return the error for an item without sound."""
    return BadInputError("media-no-sound", f"{item.label} has no sound.", holds=HOLDS)


def _within(spans: tuple[tuple[int, int], ...], count: int) -> tuple[tuple[int, int], ...]:
    return tuple((begin, min(end, count)) for begin, end in spans if begin < count)


def _warnings(lane: SoundLane, *, broken: bool) -> list[str]:
    found = ["Parts of the sound are damaged and were passed over."] if broken else []
    if lane.timeline.gaps:
        found.append(f"The sound has {lane.timeline.gaps} gaps or overlaps; gaps stand as silence.")
    return found
