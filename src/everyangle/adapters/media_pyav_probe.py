"""Probing: what a recording or photo holds, measured from its packets rather than believed from its header."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median

from av.packet import Packet
from av.stream import Stream

from everyangle.adapters.media_pyav_open import HOLDS, Item, Opened, Starts, check_duration, opened, start_of, starts
from everyangle.adapters.media_pyav_picture import display_size, rotation_of
from everyangle.core.errors import BadInputError
from everyangle.core.items import AudioStream, MediaInfo, VideoStream
from everyangle.core.time import Instant
from everyangle.ports.media import PHOTO_CONTAINERS, Progress

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEAR = 1990
_SERIALS = ("serialnumber", "serial", "deviceid")
_UNEVEN = 0.2
_CUT_S = 0.75
_CUT_SHARE = 0.02


@dataclass(slots=True)
class _Track:
    """What the packets of one stream add up to, in ticks of the container's own clock."""

    base: Fraction
    ends: int | None = None
    times: array[int] = field(default_factory=lambda: array("q"))
    packets: int = 0

    def add(self, packet: Packet[Stream]) -> None:
        """Take one packet."""
        self.packets += 1
        time = packet.dts if packet.pts is None else packet.pts
        if time is None or packet.is_discard:
            return
        self.times.append(time)
        end = time + (packet.duration or 0)
        self.ends = end if self.ends is None else max(self.ends, end)


def probe(item: Item, progress: Progress) -> MediaInfo:
    """Return what an item holds.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    begin = starts(item)
    with opened(item) as media:
        if media.name in PHOTO_CONTAINERS:
            return MediaInfo(media.name, 0.0, _photo_stream(media), None)
        tracks = _measure(media, progress)
        video, audio = _track(media.video, tracks), _track(media.audio, tracks)
        if video is None and audio is None:
            raise BadInputError("media-no-streams", f"{item.label} holds no picture and no sound.", holds=HOLDS)
        end = max(_end(track) for track in (video, audio) if track is not None)
        duration_s = max(0.0, float(end - begin.zero))
        check_duration(item, duration_s)
        return MediaInfo(
            container=media.name,
            duration_s=duration_s,
            video=None if video is None else _video(media, video, begin),
            audio=None if audio is None else _audio(media, audio, begin),
            created=_created(media),
            device=_device(media.container.metadata),
            warnings=tuple(_warnings(media, tracks, begin)),
        )


def _measure(media: Opened, progress: Progress) -> dict[int, _Track]:
    tracks = {stream.index: _Track(stream.time_base or Fraction(1)) for stream in media.streams}
    for number, packet in enumerate(media.packets(*media.streams)):
        track = tracks[packet.stream_index]
        if packet.size:
            track.add(packet)
            if number % 512 == 0 and track.ends is not None:
                progress(float(track.ends * track.base))
    return tracks


def _track(stream: Stream | None, tracks: dict[int, _Track]) -> _Track | None:
    if stream is None or not tracks[stream.index].packets:
        return None
    return tracks[stream.index]


def _end(track: _Track) -> Fraction:
    last = track.ends or 0
    if track.times and max(track.times) == last:
        last += round(_usual_step(track))
    return last * track.base


def _steps(track: _Track) -> list[int]:
    return [b - a for a, b in pairwise(sorted(track.times)) if b > a]


def _usual_step(track: _Track) -> float:
    steps = _steps(track)
    return median(steps) if steps else 0


def _video(media: Opened, track: _Track, begin: Starts) -> VideoStream:
    stream = media.video
    assert stream is not None
    rotation = first_rotation(media.item)
    width, height = display_size(stream, rotation)
    steps = _steps(track)
    usual = median(steps) if steps else 0
    uneven = any(abs(step - usual) > max(1, usual * _UNEVEN) for step in steps)
    return VideoStream(
        codec=stream.codec_context.codec.canonical_name,
        width=width,
        height=height,
        rotation=rotation,
        time_base=track.base,
        start_ticks=_ticks(begin.video, begin.zero, track.base),
        frame_rate=_frame_rate(stream.average_rate, steps, track.base, uneven=uneven),
        variable=uneven,
    )


def _frame_rate(declared: Fraction | None, steps: list[int], base: Fraction, *, uneven: bool) -> Fraction | None:
    if not steps:
        return None
    measured = len(steps) / (sum(steps) * base)
    if declared and not uneven and abs(declared / measured - 1) < Fraction(1, 200):
        return declared
    return Fraction(measured).limit_denominator(10_000)


def _audio(media: Opened, track: _Track, begin: Starts) -> AudioStream:
    stream = media.audio
    assert stream is not None
    return AudioStream(
        codec=stream.codec_context.codec.canonical_name,
        sample_rate=stream.codec_context.sample_rate,
        channels=stream.codec_context.channels,
        time_base=track.base,
        start_ticks=_ticks(begin.audio, begin.zero, track.base),
    )


def _ticks(start: Fraction | None, zero: Fraction, base: Fraction) -> int:
    return 0 if start is None else round((start - zero) / base)


def first_rotation(item: Item) -> int:
    """Return by how many degrees clockwise an item's first picture is to be turned."""
    with opened(item) as media:
        if media.video is not None:
            for frame in media.decoded(media.video):
                return rotation_of(frame)
    return 0


def _photo_stream(media: Opened) -> VideoStream:
    stream = media.video
    assert stream is not None
    rotation = next((rotation_of(frame) for frame in media.decoded(stream) if start_of(frame) is not None), 0)
    width, height = display_size(stream, rotation)
    return VideoStream(
        codec=stream.codec_context.codec.canonical_name,
        width=width,
        height=height,
        rotation=rotation,
        time_base=stream.time_base or Fraction(1),
        start_ticks=0,
        frame_rate=None,
        variable=False,
    )


def _created(media: Opened) -> Instant | None:
    text = media.container.metadata.get("creation_time", "")
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    if time.year < _FIRST_YEAR:
        return None
    return Instant((time - _EPOCH) // timedelta(microseconds=1), "file")


def _device(tags: Mapping[str, str]) -> str | None:
    """Return maker, model and serial number, or None without a serial number: two phones of one model are two."""
    found = {re.sub(r"[^a-z0-9]", "", key.lower()): value.strip() for key, value in sorted(tags.items())}

    def first(*ends: str) -> str:
        return next((value for end in ends for key, value in found.items() if key.endswith(end) and value), "")

    serial = first(*_SERIALS)
    return (
        " ".join(part for part in (first("make", "manufacturer"), first("model"), serial) if part) if serial else None
    )


def _warnings(media: Opened, tracks: dict[int, _Track], begin: Starts) -> list[str]:
    found: list[str] = []
    if media.broken:
        found.append("Parts of the file are damaged and were passed over.")
    for stream in media.streams:
        declared, track = stream.duration, tracks[stream.index]
        if declared is None or track.ends is None:
            continue
        said = ((stream.start_time or 0) + declared) * track.base
        missing = float(said - track.ends * track.base)
        if missing > max(_CUT_S, _CUT_SHARE * float(declared * track.base)):
            what = "picture" if stream.type == "video" else "sound"
            end = float(track.ends * track.base - begin.zero)
            found.append(f"Truncated: the {what} ends after {end:.1f} s; the header promises {missing:.1f} s more.")
    return found
