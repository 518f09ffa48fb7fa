"""Opening received bytes with FFmpeg: formats on a whitelist, no protocol, nothing else opened, limits checked.

Chooses the picture and the sound that a player would choose, and finds presentation zero. Decodes no more than the
first picture and the first sound.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import Flags, InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_limits import MediaLimits
from everyangle.adapters.media_mp4 import whole_until
from everyangle.core.errors import BadInputError, LimitError

_RECORDINGS = (
    *(
        "aac",
        "aiff",
        "amr",
        "amrnb",
        "amrwb",
        "asf",
        "au",
        "avi",
        "caf",
        "flac",
        "flv",
        "h264",
        "hevc",
        "matroska,webm",
    ),
    *("mov,mp4,m4a,3gp,3g2,mj2", "mp3", "mpeg", "mpegts", "ogg", "wav", "w64"),
)
_PHOTOS = {
    "jpeg_pipe": "jpeg",
    "png_pipe": "png",
    "webp_pipe": "webp",
    "bmp_pipe": "bmp",
    "tiff_pipe": "tiff",
    "gif": "gif",
}
_WHITELIST = ",".join((*_RECORDINGS, *_PHOTOS))
_BUFFER_BYTES = 1 << 18
_FIRST_PACKETS = 600
_RETRIES = 16
_OUT_OF_MEMORY = (MemoryError, av.error.MemoryError)

HOLDS = "The original is preserved as received."


@dataclass(frozen=True, slots=True)
class Item:
    """What an operation works on.

    Attributes:
        descriptor: of the original, open for reading.
        label: how errors name it.
        limits: what it may take.
    """

    descriptor: int
    label: str
    limits: MediaLimits


@dataclass(slots=True)
class Opened:
    """An opened file with the streams that a player would choose.

    Attributes:
        item: what was opened.
        container: FFmpeg's.
        name: of the format, as :class:`~everyangle.core.items.MediaInfo` wants it.
        video: the picture, or None.
        audio: the sound, or None.
    """

    item: Item
    container: InputContainer
    name: str
    video: VideoStream | None
    audio: AudioStream | None
    broken: bool = False

    @property
    def streams(self) -> list[Stream]:
        """The chosen streams."""
        return [stream for stream in (self.video, self.audio) if stream is not None]

    def packets(self, *streams: Stream) -> Iterator[Packet[Stream]]:
        """Yield packets, at last an empty one for each stream; go on after what is unreadable and set ``broken``."""
        for _ in range(_RETRIES):
            try:
                yield from self.container.demux(*streams)
            except _OUT_OF_MEMORY:
                raise
            except FFmpegError:
                self.broken = True
            else:
                return
        for stream in streams:
            last: Packet[Stream] = Packet()
            last.stream = stream
            yield last

    def decoded(self, *streams: Stream) -> Iterator[VideoFrame | AudioFrame]:
        """Yield decoded frames until the end; undecodable packets are passed over and set ``broken``."""
        for packet in self.packets(*streams):
            yield from self.frames(packet)

    def frames(self, packet: Packet[Stream]) -> list[VideoFrame | AudioFrame]:
        """Return what a packet decodes to: nothing where it is damaged (then ``broken`` is set)."""
        try:
            found = [frame for frame in packet.decode() if isinstance(frame, (VideoFrame, AudioFrame))]
        except _OUT_OF_MEMORY:
            raise
        except FFmpegError:
            self.broken = True
            return []
        for frame in found:
            if isinstance(frame, VideoFrame):
                check_pixels(self.item, frame.width, frame.height)
        return found


@contextmanager
def opened(item: Item, window: tuple[int, int] | None = None) -> Iterator[Opened]:
    """Open an item, or the file that lies in it from one byte to another.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    if os.fstat(item.descriptor).st_size == 0:
        raise BadInputError("media-empty", f"{item.label} is empty (0 bytes).", holds=HOLDS)
    container, cut = _container(item) if window is None else (_part(item, window), False)
    with container:
        container.flags |= cast("int", Flags.gen_pts.value)
        count = len(container.streams)
        if count > item.limits.streams:
            raise LimitError(
                "media-limit-streams",
                f"{item.label} has {count} streams; {item.limits.streams} are allowed.",
                holds=HOLDS,
            )
        video, audio = _best_video(container), _best_audio(container)
        if video is None and audio is None:
            raise BadInputError("media-no-streams", f"{item.label} holds no picture and no sound.", holds=HOLDS)
        _prepare(item, video, audio)
        name = _PHOTOS.get(container.format.name, container.format.name)
        yield Opened(item, container, name, video, audio, broken=cut)


def _container(item: Item) -> tuple[InputContainer, bool]:
    """Return the opened container, and whether its end had to be left out."""
    try:
        try:
            return _with_ffmpeg(item, None), False
        except av.error.InvalidDataError:
            end = whole_until(item.descriptor)
            if end is None:
                raise
            return _with_ffmpeg(item, end), True
    except _OUT_OF_MEMORY as error:
        raise out_of_memory(item) from error
    except av.error.ArgumentError as error:
        raise BadInputError(
            "media-unsupported",
            f"{item.label} is in a format that is not read here (a playlist, or a rare one).",
            holds=HOLDS,
            todo="Add the recording itself, as the device made it.",
        ) from error
    except (FFmpegError, ValueError, OverflowError) as error:
        raise _unreadable(item) from error


def _part(item: Item, window: tuple[int, int]) -> InputContainer:
    try:
        return _with_ffmpeg(item, window[1], window[0])
    except _OUT_OF_MEMORY as error:
        raise out_of_memory(item) from error
    except (FFmpegError, ValueError, OverflowError) as error:
        raise BadInputError(
            "media-unreadable", f"A part of {item.label} is no recording that can be read.", holds=HOLDS
        ) from error


def _with_ffmpeg(item: Item, end: int | None, start: int = 0) -> InputContainer:
    return av.open(
        DescriptorFile(item.descriptor, end, start),
        "r",
        container_options={"format_whitelist": _WHITELIST, "protocol_whitelist": "none"},
        buffer_size=_BUFFER_BYTES,
        io_open=_open_nothing,
        metadata_errors="replace",
    )


def _open_nothing(url: str, flags: int, options: object) -> object:
    raise PermissionError(f"nothing is opened beside the item ({len(url)}, {flags}, {options is not None})")


def _unreadable(item: Item) -> BadInputError:
    head = os.pread(item.descriptor, 12, 0)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return BadInputError(
            "media-truncated",
            f"{item.label} is an MP4 or QuickTime file without a usable index (moov): it was cut short.",
            holds=HOLDS,
            todo="Ask for the file again from the device; special tools may rebuild the index.",
        )
    return BadInputError(
        "media-unreadable",
        f"{item.label} is no recording or photo that can be read.",
        holds=HOLDS,
        todo="Look at how it was made and sent; add it again in its first form.",
    )


def out_of_memory(item: Item) -> LimitError:
    """Return the error for an item that needs more memory than allowed."""
    return LimitError("media-limit-memory", f"{item.label} needs more memory to decode than is allowed.", holds=HOLDS)


def _best_video(container: InputContainer) -> VideoStream | None:
    found = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic and decodable(stream)
    ]
    if not found:
        return None
    return max(found, key=lambda s: (bool(s.disposition & Disposition.default), s.width * s.height, -s.index))


def _best_audio(container: InputContainer) -> AudioStream | None:
    found = [stream for stream in container.streams.audio if decodable(stream) and stream.rate]
    if not found:
        return None
    return max(found, key=lambda s: (bool(s.disposition & Disposition.default), -s.index))


def decodable(stream: Stream) -> bool:
    """Tell whether there is a decoder for a stream."""
    return stream.codec_context is not None


def check_pixels(item: Item, width: int, height: int) -> None:
    """Refuse pictures that are too large.

    Raises:
        LimitError: ``media-limit-pixels``.
    """
    if width * height > item.limits.pixels:
        raise LimitError(
            "media-limit-pixels",
            f"{item.label} has pictures of {width} x {height} pixels; {item.limits.pixels} in all are allowed.",
            holds=HOLDS,
        )


def check_duration(item: Item, seconds: float) -> None:
    """Refuse times that are too far from presentation zero.

    Raises:
        LimitError: ``media-limit-duration``.
    """
    if seconds > item.limits.duration_s:
        raise LimitError(
            "media-limit-duration",
            f"{item.label} says that it lasts {seconds:.0f} s or more; {item.limits.duration_s:.0f} s are allowed.",
            holds=HOLDS,
        )


def _prepare(item: Item, video: VideoStream | None, audio: AudioStream | None) -> None:
    if video is not None:
        check_pixels(item, video.width, video.height)
        video.codec_context.thread_count = 1
        video.codec_context.options = {"max_pixels": str(item.limits.pixels)}
    if audio is not None:
        audio.codec_context.thread_count = 1


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the chosen streams begin, in seconds of the container's own clock; None where a stream has nothing."""

    video: Fraction | None
    audio: Fraction | None

    @property
    def zero(self) -> Fraction:
        """Presentation zero: the earlier of the two."""
        return min((start for start in (self.video, self.audio) if start is not None), default=Fraction(0))


def starts(item: Item) -> Starts:
    """Return where picture and sound begin, by decoding the first of each.

    Raises:
        BadInputError: ``media-no-streams`` if nothing can be decoded.
    """
    with opened(item) as media:
        first: dict[str, Fraction] = {}
        wanted = {stream.type for stream in media.streams}
        for seen, packet in enumerate(media.packets(*media.streams)):
            kind = packet.stream.type
            if kind not in first:
                times = [start_of(f) for f in media.frames(packet)]
                known = [time for time in times if time is not None]
                if known:
                    first[kind] = min(known)
            if wanted <= first.keys() or (first and seen > _FIRST_PACKETS):
                break
        if not first:
            raise BadInputError("media-unreadable", f"{item.label} holds nothing that can be decoded.", holds=HOLDS)
        return Starts(_start(media.video, first), _start(media.audio, first))


def _start(stream: Stream | None, first: dict[str, Fraction]) -> Fraction | None:
    if stream is None:
        return None
    if stream.type in first:
        return first[stream.type]
    if stream.start_time is None or stream.time_base is None:
        return None
    return stream.start_time * stream.time_base


def start_of(frame: VideoFrame | AudioFrame) -> Fraction | None:
    """Return a frame's presentation time in seconds of the container's clock, or None where it has none."""
    ticks = frame.dts if frame.pts is None else frame.pts
    if ticks is None or frame.time_base is None:
        return None
    return ticks * frame.time_base
