"""Writes takes to files with real codecs by PyAV: what phones, cameras, streams and voice memos make.

The only room of the simulator that touches files. Output is made repeatable where the muxer allows it (no random
ids, one thread for pictures).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path as FilePath

import av
import av.audio.stream
import av.container
import av.video.stream
import numpy as np
from numpy.typing import NDArray

from everyangle.testing.scene.paths import Floats

Frame = NDArray[np.uint8]
"""One picture: shape (height, width, 3), RGB."""

CHUNK = 960
"""Samples handed to an encoder at once."""


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """How sound is coded: FFmpeg's encoder name and bits per second (0 for PCM)."""

    codec: str
    bit_rate: int = 0


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """How pictures are coded: encoder, frames per second, width and height in pixels, and encoder options."""

    codec: str
    fps: int
    width: int
    height: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileFormat:
    """What a device writes: the container (FFmpeg's name), and how sound and picture are coded, None for absent."""

    container: str
    sound: SoundFormat | None
    picture: PictureFormat | None = None
    suffix: str = ""


# libx264's AVX-512 code does not code the same pictures into the same bytes every time; its older code does.
X264 = {"preset": "slow", "crf": "31", "g": "60", "threads": "1", "x264-params": "asm=sse4.2"}

FORMATS: dict[str, FileFormat] = {
    "wav": FileFormat("wav", SoundFormat("pcm_s16le"), suffix=".wav"),
    "m4a": FileFormat("ipod", SoundFormat("aac", 48_000), suffix=".m4a"),
    "mp3": FileFormat("mp3", SoundFormat("libmp3lame", 64_000), suffix=".mp3"),
    "opus": FileFormat("ogg", SoundFormat("libopus", 24_000), suffix=".opus"),
    "3gp-amr": FileFormat("3gp", SoundFormat("libopencore_amrnb", 12_200), suffix=".3gp"),
    "webm": FileFormat("webm", SoundFormat("libopus", 32_000), suffix=".webm"),
}
"""Sound-only formats for random scenes, by name; add a picture with ``dataclasses.replace``."""


def write(
    path: FilePath,
    file_format: FileFormat,
    samples: Floats | None = None,
    rate_hz: int = 48_000,
    frames: Iterable[Frame] = (),
    *,
    created: str | None = None,
) -> None:
    """Write one recording.

    Args:
        path: the file to make.
        file_format: container and codecs.
        samples: shape (n,) in [-1, 1], or None for a recording without sound.
        rate_hz: rate of the samples, one that the codec takes.
        frames: pictures in order, evenly spaced at the format's rate.
        created: RFC 3339 creation time to write into the container, where it holds one.
    """
    with av.open(str(path), "w", format=file_format.container, options={"fflags": "+bitexact"}) as out:
        if created is not None:
            out.metadata["creation_time"] = created
        picture = _add_picture(out, file_format.picture) if file_format.picture else None
        sound = _add_sound(out, file_format.sound, rate_hz) if file_format.sound and samples is not None else None
        chunks = _chunks(samples, rate_hz) if sound is not None and samples is not None else iter(())
        _interleave(out, picture, frames, file_format.picture, sound, chunks)


def _add_picture(out: av.container.OutputContainer, form: PictureFormat) -> av.video.stream.VideoStream:
    stream = out.add_stream(form.codec, rate=form.fps, options=dict(form.options))
    assert isinstance(stream, av.video.stream.VideoStream)
    stream.width, stream.height, stream.pix_fmt = form.width, form.height, "yuv420p"
    stream.codec_context.flags |= av.codec.context.Flags.bitexact
    return stream


def _add_sound(out: av.container.OutputContainer, form: SoundFormat, rate_hz: int) -> av.audio.stream.AudioStream:
    stream = out.add_stream(form.codec, rate=rate_hz)
    assert isinstance(stream, av.audio.stream.AudioStream)
    stream.codec_context.layout = "mono"
    stream.codec_context.flags |= av.codec.context.Flags.bitexact
    if form.bit_rate:
        stream.codec_context.bit_rate = form.bit_rate
    return stream


def _interleave(
    out: av.container.OutputContainer,
    picture: av.video.stream.VideoStream | None,
    frames: Iterable[Frame],
    form: PictureFormat | None,
    sound: av.audio.stream.AudioStream | None,
    chunks: Iterator[tuple[float, av.AudioFrame]],
) -> None:
    """Encode pictures and sound side by side in order of time, then drain both."""
    ahead = next(chunks, None)
    if picture is not None and form is not None:
        for number, pixels in enumerate(frames):
            while sound is not None and ahead is not None and ahead[0] <= number / form.fps:
                out.mux(sound.encode(ahead[1]))
                ahead = next(chunks, None)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, form.fps)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
    while sound is not None and ahead is not None:
        out.mux(sound.encode(ahead[1]))
        ahead = next(chunks, None)
    if sound is not None:
        out.mux(sound.encode(None))


def _chunks(samples: Floats, rate_hz: int) -> Iterator[tuple[float, av.AudioFrame]]:
    """Yield (media time in s, frame of 16-bit samples)."""
    whole = np.round(np.clip(samples, -1, 1) * 32_767).astype(np.int16)
    for first in range(0, len(whole), CHUNK):
        frame = av.AudioFrame.from_ndarray(whole[np.newaxis, first : first + CHUNK], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, first, Fraction(1, rate_hz)
        yield first / rate_hz, frame
