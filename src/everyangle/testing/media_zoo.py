"""A zoo of recordings whose truth is known: every container and every oddity that the media port promises to read.

Each is made when asked for, in a second or less, by PyAV alone. Hostile and broken files: ``media_hostile``.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import BinaryIO

from everyangle.testing.media_film import HEIGHT, WIDTH, Film, steady, write

_AAC_PRIMING_S = 1024 / 48_000


@dataclass(frozen=True, slots=True)
class Specimen:
    """A recording and what is true of it.

    Attributes:
        name: for people.
        film: what was filmed.
        container: FFmpeg's name, as probing must find it.
        zero_s: scene time of media time zero.
        rotation: degrees clockwise.
        variable: whether pictures are unevenly spaced.
        sound_within_s: how exactly the container and codec place sound.
        change: what is done to the bytes afterwards.
        live: written to a sink that cannot seek, as a live recorder does.
        warned: whether probing has to warn.
    """

    name: str
    film: Film
    container: str = "mov,mp4,m4a,3gp,3g2,mj2"
    zero_s: float = 0.0
    rotation: int = 0
    variable: bool = False
    sound_within_s: float = 0.0012
    change: Callable[[bytes], bytes] | None = None
    live: bool = False
    warned: bool = False

    def __str__(self) -> str:
        return self.name

    def data(self) -> bytes:
        """Return the file's bytes."""
        sink = io.BytesIO()
        write(self.film, _as_binary(_Unseekable(sink)) if self.live else sink)
        made = sink.getvalue()
        return self.change(made) if self.change else made


class _Unseekable:
    """A sink as a network has it."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        return self._sink.write(data)


def _as_binary(sink: _Unseekable) -> BinaryIO:
    return sink  # type: ignore[return-value]  # PyAV asks for no more than write


def turned(data: bytes, degrees: int) -> bytes:
    """Return an MP4 whose picture is to be turned clockwise (0, 90, 180 or 270), by its track's matrix."""
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    one = 1 << 16
    matrix = struct.pack(">9i", cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30)
    at = data.index(b"tkhd") + 4 + 4 + 20 + 16
    return data[:at] + matrix + data[at + 36 :]


def cut(share: float) -> Callable[[bytes], bytes]:
    """Return what keeps only the first ``share`` of some bytes."""
    return lambda data: data[: int(len(data) * share)]


_UNEVEN = tuple(accumulate((0.04, 0.08, 0.2, 0.04, 0.12) * 8, initial=0.0))
_PLAIN = Film("mp4", steady(0, 3), [(0, 3)])
_WEBM = replace(_PLAIN, format="webm", video="libvpx", audio="libopus")


def _sound(container: str, audio: str, rate: int = 48_000, channels: int = 1) -> Film:
    return Film(container, (), [(0, 3)], audio=audio, rate=rate, channels=channels)


SPECIMENS: tuple[Specimen, ...] = (
    Specimen("plain mp4", _PLAIN),
    Specimen("mov", replace(_PLAIN, format="mov", rate=44_100, channels=2)),
    Specimen("mkv", replace(_PLAIN, format="matroska"), "matroska,webm"),
    Specimen("webm", _WEBM, "matroska,webm"),
    Specimen("live webm without duration", _WEBM, "matroska,webm", live=True),
    Specimen("webm that begins late", replace(_WEBM, shift_s=7), "matroska,webm"),
    Specimen(
        "mpegts with a large first timestamp",
        replace(_PLAIN, format="mpegts", shift_s=50_000),
        "mpegts",
        -_AAC_PRIMING_S,
    ),
    Specimen(
        "avi",
        replace(_PLAIN, format="avi", video="mjpeg", audio="libmp3lame"),
        "avi",
        variable=True,
        sound_within_s=0.03,
    ),
    Specimen("video only", replace(_PLAIN, sounds=())),
    Specimen("silent sound", replace(_PLAIN, level=0.0)),
    Specimen("uneven pictures", replace(_PLAIN, pictures=_UNEVEN, sounds=[(0, 4)]), variable=True),
    Specimen("sound delayed by its edit list", replace(_PLAIN, sounds=[(1.2, 3)])),
    Specimen("picture delayed by its edit list", replace(_PLAIN, pictures=steady(0.36, 3))),
    Specimen("beginning cut by edit lists", replace(_PLAIN, shift_s=-0.48), zero_s=0.48),
    Specimen("gap in the sound", replace(_PLAIN, format="matroska", sounds=[(0, 1.1), (2.3, 3)]), "matroska,webm"),
    Specimen("turned by 90", _PLAIN, rotation=90, change=lambda data: turned(data, 90)),
    Specimen("turned by 180", _PLAIN, rotation=180, change=lambda data: turned(data, 180)),
    Specimen("turned by 270", _PLAIN, rotation=270, change=lambda data: turned(data, 270)),
    Specimen("wav", _sound("wav", "pcm_s16le", 44_100, 2), "wav"),
    Specimen("opus in ogg", _sound("ogg", "libopus"), "ogg"),
    Specimen("mp3", _sound("mp3", "libmp3lame", 44_100), "mp3"),
    Specimen("flac", _sound("flac", "flac", 44_100), "flac"),
    Specimen("m4a with priming", _sound("ipod", "aac", 44_100)),
    Specimen("3gp with AMR", _sound("3gp", "libopencore_amrnb", 8000), sound_within_s=0.006),
    Specimen("bare AMR", _sound("amr", "libopencore_amrnb", 8000), "amr", sound_within_s=0.006),
    Specimen(
        "fragmented mp4, cut",
        replace(_PLAIN, options={"movflags": "+frag_keyframe+delay_moov+default_base_moof"}),
        change=cut(0.7),
        warned=True,
    ),
    Specimen(
        "mp4 with its index first, cut",
        replace(_PLAIN, options={"movflags": "+faststart"}),
        change=cut(0.6),
        warned=True,
    ),
)

SIZE = (WIDTH, HEIGHT)
