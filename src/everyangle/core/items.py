"""Items: what was received, what is known of it, and what was made from it. Values only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from everyangle.core.ids import Digest
from everyangle.core.time import Instant

_DISTURBING = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
"""C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls. Listed here, never looked up in
Python's tables, which change with Unicode: entries hold the display text and must stay valid for ever."""


class ItemKind(StrEnum):
    """What an item is, as far as its bytes tell."""

    RECORDING = "recording"
    PHOTO = "photo"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A received name: its exact bytes, and a text for display (undecodable bytes shown as U+FFFD)."""

    raw: bytes

    @property
    def display(self) -> str:
        """The name as text; control characters are shown as U+FFFD, so that a name cannot disturb a terminal."""
        return _DISTURBING.sub("\ufffd", self.raw.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Reception:
    """One arrival of an original: the same bytes can be received several times.

    Attributes:
        name: the received name.
        size: bytes.
        modified: the file's modification time as received, or None if unknown.
        received: when the log entry was made.
        entry: index of the log entry.
        path: path below the received folder, or None where no folder was given.
    """

    name: Name
    size: int
    modified: Instant | None
    received: Instant
    entry: int
    path: Name | None = None


@dataclass(frozen=True, slots=True)
class VideoStream:
    """What is known of a recording's picture.

    Attributes:
        codec: FFmpeg's short name.
        width: pixels as displayed, rotation applied.
        height: pixels as displayed, rotation applied.
        rotation: degrees clockwise that the container asks for (0, 90, 180, 270), already applied to the size.
        time_base: seconds per tick.
        start_ticks: first presented frame, in ticks from presentation zero.
        frame_rate: average frames per second, or None where unknown.
        variable: whether frames are unevenly spaced.
    """

    codec: str
    width: int
    height: int
    rotation: int
    time_base: Fraction
    start_ticks: int
    frame_rate: Fraction | None
    variable: bool


@dataclass(frozen=True, slots=True)
class AudioStream:
    """What is known of a recording's sound.

    Attributes:
        codec: FFmpeg's short name.
        sample_rate: Hz.
        channels: count.
        time_base: seconds per tick.
        start_ticks: first presented sample, in ticks from presentation zero.
    """

    codec: str
    sample_rate: int
    channels: int
    time_base: Fraction
    start_ticks: int


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What probing a recording or photo found.

    Attributes:
        container: FFmpeg's short name of the format, as detected from the bytes (never from the file's name).
        duration_s: seconds from presentation zero to the end of the last stream, measured where not declared.
        video: the picture stream that a player would show, or None.
        audio: the sound stream that a player would sound, or None.
        created: the container's own creation time, untrusted, or None.
        warnings: what was wrong but survivable ("truncated after 12.3 s"), for people.
        device: maker, model and serial number of the device, untrusted; None unless the container has a serial number.
    """

    container: str
    duration_s: float
    video: VideoStream | None
    audio: AudioStream | None
    created: Instant | None = None
    warnings: tuple[str, ...] = ()
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Derivative:
    """A changed copy: names its parents and the recipe that made it.

    Attributes:
        digest: SHA-256 of the derivative's bytes.
        size: bytes.
        parents: digests of what it was made from.
        recipe: what made it, with version and parameters, for people and for comparison ("proxy/1 libx264 …").
        media_type: RFC 6838 type, such as ``video/mp4``.
    """

    digest: Digest
    size: int
    parents: tuple[Digest, ...]
    recipe: str
    media_type: str
