"""Films that carry their own time: every picture shows its scene time as stripes, and every second has a click.

A test reads the time back from whatever became of a film, so it measures the time axis instead of trusting it.
"""

from __future__ import annotations

import heapq
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

BITS = 16
WIDTH, HEIGHT = 128, 72
CLICK_AT_S = 0.5
"""Clicks stand at every whole second and a half of scene time."""

_CLICK_HZ = 1500.0
_CLICK_S = 0.012
_TICKS_PER_S = 90_000


@dataclass(frozen=True, slots=True)
class Film:
    """What to make.

    Attributes:
        format: FFmpeg's name of the container.
        pictures: scene times of the pictures in seconds, or nothing for no picture.
        sounds: scene times from and to which there is sound.
        video: encoder.
        audio: encoder.
        rate: Hz of the sound.
        channels: of the sound.
        level: amplitude of the clicks; 0 for silence.
        shift_s: container time of scene time zero.
        options: of the container.
        size: pixels of the picture.
    """

    format: str
    pictures: Sequence[float] = ()
    sounds: Sequence[tuple[float, float]] = ()
    video: str = "libx264"
    audio: str = "aac"
    rate: int = 48_000
    channels: int = 1
    level: float = 0.6
    shift_s: float = 0.0
    options: dict[str, str] = field(default_factory=dict)
    size: tuple[int, int] = (WIDTH, HEIGHT)


def steady(begin_s: float, end_s: float, rate: float = 25) -> tuple[float, ...]:
    """Return evenly spaced times of pictures."""
    return tuple(begin_s + k / rate for k in range(round((end_s - begin_s) * rate)))


def write(film: Film, sink: BinaryIO | str) -> None:
    """Encode a film."""
    with av.open(
        sink, "w", format=film.format, container_options=film.options, io_open=lambda *_: _written_so_far(sink)
    ) as out:
        lanes: list[Iterator[tuple[float, int, VideoFrame | AudioFrame, VideoStream | AudioStream]]] = []
        if film.pictures:
            lanes.append(_pictures(film, _picture_stream(film, out)))
        if film.sounds:
            lanes.append(_sounds(film, _sound_stream(film, out)))
        for _, _, frame, stream in heapq.merge(*lanes, key=lambda one: one[:2]):
            out.mux(stream.encode(frame))  # type: ignore[arg-type]  # each frame comes with the stream of its kind
        for video in out.streams.video:
            out.mux(video.encode(None))
        for audio in out.streams.audio:
            out.mux(audio.encode(None))


def _written_so_far(sink: BinaryIO | str) -> io.BytesIO:
    """Return what MP4 reads again to move its index to the front."""
    assert isinstance(sink, io.BytesIO)
    return io.BytesIO(sink.getvalue())


def _picture_stream(film: Film, out: OutputContainer) -> VideoStream:
    rate = Fraction(len(film.pictures) - 1, 1) / Fraction(film.pictures[-1] - film.pictures[0] or 1).limit_denominator(
        1000
    )
    stream = out.add_stream(film.video, rate=rate.limit_denominator(1000))
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = film.size
    stream.pix_fmt = "yuvj420p" if film.video == "mjpeg" else "yuv420p"
    stream.codec_context.time_base = Fraction(1, 1000 if film.format in ("webm", "matroska") else _TICKS_PER_S)
    stream.bit_rate = 600_000
    stream.codec_context.gop_size = 25
    stream.codec_context.thread_count = 1
    return stream


def _sound_stream(film: Film, out: OutputContainer) -> AudioStream:
    stream = out.add_stream(film.audio, rate=film.rate, layout="mono" if film.channels == 1 else "stereo")
    assert isinstance(stream, AudioStream)
    if film.audio == "libopencore_amrnb":
        stream.bit_rate = 12_200
    return stream


def _pictures(film: Film, stream: VideoStream) -> Iterator[tuple[float, int, VideoFrame, VideoStream]]:
    base = stream.codec_context.time_base
    for time in film.pictures:
        frame = picture(time, film.size, stream.pix_fmt or "yuv420p")
        frame.time_base, frame.pts = base, round((time + film.shift_s) / base)
        yield time, 0, frame, stream


def _sounds(film: Film, stream: AudioStream) -> Iterator[tuple[float, int, AudioFrame, AudioStream]]:
    stream.codec_context.open()
    length = stream.codec_context.frame_size or 1024
    kind = stream.codec_context.format.name
    for begin, end in film.sounds:
        first, last = round(begin * film.rate), round(end * film.rate)
        for start in range(first, last, length):
            samples = clicks(np.arange(start, min(start + length, last)), film.rate, film.level)
            frame = AudioFrame.from_ndarray(_as(kind, samples, film.channels), format=kind, layout=stream.layout.name)
            frame.sample_rate = film.rate
            frame.time_base, frame.pts = Fraction(1, film.rate), start + round(film.shift_s * film.rate)
            yield start / film.rate, 1, frame, stream


def _as(
    kind: str, samples: NDArray[np.float64], channels: int
) -> NDArray[np.float32] | NDArray[np.int16] | NDArray[np.int32]:
    rows = np.repeat(samples[None, :], channels, axis=0)
    if not kind.endswith("p"):
        rows = rows.T.reshape(1, -1)
    if kind.startswith("s16"):
        return np.ascontiguousarray(np.round(rows * 32767).astype(np.int16))
    if kind.startswith("s32"):
        return np.ascontiguousarray(np.round(rows * 2147483647).astype(np.int32))
    return np.ascontiguousarray(rows.astype(np.float32))


def clicks(indices: NDArray[np.int64], rate: int, level: float) -> NDArray[np.float64]:
    """Return samples of the scene's sound: a short burst centred at every second and a half."""
    off = (indices / rate - CLICK_AT_S + 0.5) % 1 - 0.5
    window = np.where(np.abs(off) < _CLICK_S / 2, np.cos(np.pi * off / _CLICK_S) ** 2, 0)
    noise = np.random.default_rng(0).standard_normal(len(indices)) * 0.001
    return level * (window * np.cos(2 * np.pi * _CLICK_HZ * off)) + (noise if level else 0)


def picture(time_s: float, size: tuple[int, int], form: str = "yuv420p") -> VideoFrame:
    """Return a picture that shows its time in milliseconds as sixteen bright and dark stripes, high bit first."""
    bits = [(round(time_s * 1000) >> (BITS - 1 - k)) & 1 for k in range(BITS)]
    row = np.repeat(np.where(bits, 225, 30).astype(np.uint8), -(-size[0] // BITS))[: size[0]]
    luma = np.repeat(row[None, :], size[1], axis=0)
    chroma = np.full((size[1] // 2, size[0]), 128, np.uint8)
    return VideoFrame.from_ndarray(np.concatenate([luma, chroma]), format=form)


def time_shown(luma: NDArray[np.uint8]) -> float:
    """Return the scene time in seconds that a picture's luma, shape (height, width), shows."""
    height, width = luma.shape
    middle = luma[height // 4 : height - height // 4].mean(axis=0)
    stripe = width / BITS
    levels = [middle[int((k + 0.25) * stripe) : int((k + 0.75) * stripe) + 1].mean() for k in range(BITS)]
    return int("".join("1" if level > 127 else "0" for level in levels), 2) / 1000


def clicks_heard(samples: NDArray[np.float32], rate: int) -> list[float]:
    """Return at which seconds clicks stand in a sound, to a fraction of a sample."""
    length = round(_CLICK_S * rate) | 1
    off = (np.arange(length) - length // 2) / rate
    wave = np.exp(2j * np.pi * _CLICK_HZ * off) * np.cos(np.pi * off / _CLICK_S) ** 2
    envelope = np.abs(np.convolve(samples, wave, "same"))
    if not len(envelope) or envelope.max() < 1:
        return []
    found: list[float] = []
    above = np.flatnonzero(envelope > envelope.max() * 0.4)
    for group in np.split(above, np.flatnonzero(np.diff(above) > rate // 4) + 1):
        weights = envelope[group] ** 4
        found.append(float((group * weights).sum() / weights.sum() / rate))
    return found
