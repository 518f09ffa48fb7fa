"""Browser proxies: H.264 and AAC in an MP4 whose time axis is the original's.

Every presented picture is kept at its own time; the sound runs without gap from presentation zero, with silence where
the original has none, so that no player has to guess. One thread and no dates: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_pyav_open import HOLDS, Item, Opened, check_duration, opened, start_of, starts
from everyangle.adapters.media_pyav_picture import Upright, display_size, fitted
from everyangle.adapters.media_pyav_probe import first_rotation
from everyangle.adapters.media_pyav_sound import SoundLane
from everyangle.core.errors import BadInputError
from everyangle.ports.media import Progress, ProxyInfo, ProxySettings

_TICKS_PER_S = 90_000
_AAC_FRAME = 1024
_BOTH_FINE = (44_100, 48_000)


def proxy(item: Item, sink: DescriptorFile, settings: ProxySettings, made_by: str, progress: Progress) -> ProxyInfo:
    """Write an item's proxy to ``sink``, which is read again to put the index first.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    zero = starts(item).zero
    with opened(item) as media, _mp4(sink) as out:
        writer = _Writer(media, out, zero, settings)
        for frame in media.decoded(*media.streams):
            progress(writer.take(frame))
        writer.finish()
        if not writer.pictures and not writer.samples:
            raise BadInputError("media-unreadable", f"{item.label} holds nothing that can be decoded.", holds=HOLDS)
    return writer.info(made_by, broken=media.broken)


def _mp4(sink: DescriptorFile) -> OutputContainer:
    return av.open(
        sink,
        "w",
        format="mp4",
        container_options={"movflags": "+faststart", "fflags": "+bitexact"},
        io_open=lambda _url, _flags, _options: sink.another(),
    )


class _Writer:
    """Encodes what is decoded, picture and sound each on the axis from presentation zero."""

    def __init__(self, media: Opened, out: OutputContainer, zero: Fraction, settings: ProxySettings) -> None:
        self._media, self._out, self._zero, self._settings = media, out, zero, settings
        self._picture: VideoStream | None = None
        self._sound: AudioStream | None = None
        self._upright: Upright | None = None
        self._last_tick, self._last_step, self._next_key = -1, 0, 0
        self._lane = SoundLane(media.item, zero, _BOTH_FINE[-1], self._channels())
        self._rest: NDArray[np.float32] = np.zeros((self._channels(), 0), np.float32)
        self.pictures = self.dropped = self.samples = 0
        self._prepare()

    def take(self, frame: VideoFrame | AudioFrame) -> float:
        """Encode one frame and return its media time in seconds."""
        if isinstance(frame, VideoFrame):
            self._take_picture(frame)
            return max(0, self._last_tick) / _TICKS_PER_S
        self._take_sound(self._lane.feed(frame))
        return self.samples / max(1, self._lane.rate)

    def finish(self) -> None:
        """Encode what is left."""
        self._take_sound(self._lane.finish())
        if self._sound is not None and self._rest.shape[1]:
            self._encode_sound(self._rest)
        for stream in (self._picture, self._sound):
            if stream is not None and (self.pictures if stream is self._picture else self.samples):
                self._out.mux(stream.encode(None))

    def info(self, made_by: str, *, broken: bool) -> ProxyInfo:
        """Return what was written."""
        picture_end = (self._last_tick + self._last_step) / _TICKS_PER_S if self.pictures else 0.0
        sound_end = self.samples / self._lane.rate if self.samples else 0.0
        warnings = ["Parts of the original are damaged and were passed over."] if broken else []
        if self.dropped:
            warnings.append(f"{self.dropped} pictures stand before an earlier one and were left out.")
        size = self._upright if self.pictures else None
        return ProxyInfo(
            duration_s=max(picture_end, sound_end),
            width=None if size is None else size.width,
            height=None if size is None else size.height,
            frames=self.pictures,
            has_sound=self.samples > 0,
            recipe=made_by,
            warnings=tuple(warnings),
        )

    def _channels(self) -> int:
        audio = self._media.audio
        return 1 if audio is None else max(1, min(self._settings.channels, audio.codec_context.channels, 2))

    def _prepare(self) -> None:
        """Declare the streams: MP4 wants to know them all before the first packet."""
        if self._media.video is not None:
            self._prepare_picture(self._media.video)
        if self._media.audio is not None:
            rate, channels = _fine_rate(self._media.audio.codec_context.sample_rate), self._channels()
            layout = "mono" if channels == 1 else "stereo"
            options = {"flags": "+bitexact"}
            self._sound = self._out.add_stream("aac", rate=rate, layout=layout, options=options)
            self._sound.bit_rate = self._settings.audio_bit_rate * channels
            self._lane = SoundLane(self._media.item, self._zero, rate, channels)

    def _prepare_picture(self, video: VideoStream) -> None:
        rotation = first_rotation(self._media.item)
        width, height = fitted(*display_size(video, rotation), self._settings.long_side)
        options = {
            "preset": self._settings.preset,
            "crf": str(self._settings.crf),
            "threads": "1",
            "bf": "0",
            "forced-idr": "1",
            "flags": "+bitexact",
        }
        rate = video.guessed_rate or Fraction(30)
        stream = self._out.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, _TICKS_PER_S)
        stream.codec_context.gop_size = 100_000
        stream.codec_context.color_range = 1
        self._picture, self._upright = stream, Upright(width, height, rotation)

    def _take_picture(self, frame: VideoFrame) -> None:
        assert self._upright is not None
        assert self._picture is not None
        time = start_of(frame)
        tick = self._last_tick + max(1, self._last_step) if time is None else round((time - self._zero) * _TICKS_PER_S)
        check_duration(self._media.item, tick / _TICKS_PER_S)
        if tick <= self._last_tick or tick < 0:
            self.dropped += 1
            return
        picture = self._upright(frame)
        picture.pts, picture.time_base = tick, Fraction(1, _TICKS_PER_S)
        picture.pict_type = PictureType.I if tick >= self._next_key else PictureType.NONE
        if tick >= self._next_key:
            self._next_key = tick + round(self._settings.keyframe_s * _TICKS_PER_S)
        self._last_step = tick - self._last_tick if self._last_tick >= 0 else self._last_step
        self._last_tick = tick
        self.pictures += 1
        self._out.mux(self._picture.encode(picture))

    def _take_sound(self, blocks: Iterable[NDArray[np.float32]]) -> None:
        for block in blocks:
            samples = np.concatenate([self._rest, block], axis=1)
            whole = samples.shape[1] // _AAC_FRAME * _AAC_FRAME
            for begin in range(0, whole, _AAC_FRAME):
                self._encode_sound(samples[:, begin : begin + _AAC_FRAME])
            self._rest = samples[:, whole:]

    def _encode_sound(self, samples: NDArray[np.float32]) -> None:
        assert self._sound is not None
        clipped = np.ascontiguousarray(np.clip(samples, -1, 1))
        frame = AudioFrame.from_ndarray(clipped, format="fltp", layout="mono" if len(clipped) == 1 else "stereo")
        frame.sample_rate = self._lane.rate
        frame.pts, frame.time_base = self.samples, Fraction(1, self._lane.rate)
        self.samples += samples.shape[1]
        self._out.mux(self._sound.encode(frame))


def _fine_rate(rate: int) -> int:
    return rate if rate in _BOTH_FINE else _BOTH_FINE[-1]
