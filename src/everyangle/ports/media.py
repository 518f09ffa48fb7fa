"""Media: what recordings and photos hold, on one time axis.

Media time 0 is presentation zero: the earliest picture or sound that a player presents of the two streams that it
would choose (see ``docs/formats/media-time.md``). Everything that comes from here (sound, proxies, filmstrips) stands
on that axis. Nothing here knows a case, a path or a received name beyond the label that errors say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from everyangle.core.items import ItemKind, MediaInfo

Progress = Callable[[float], None]
"""Is told how many seconds of media time are done; may be called often; what it raises stops the work."""

PHOTO_CONTAINERS = frozenset({"bmp", "gif", "jpeg", "png", "tiff", "webp"})
"""Values of :attr:`MediaInfo.container` that are photos: one picture and no time."""


def kind_of(info: MediaInfo) -> ItemKind:
    """Return whether what was probed is a photo or a recording."""
    return ItemKind.PHOTO if info.container in PHOTO_CONTAINERS else ItemKind.RECORDING


def ignore(done_s: float) -> None:
    """Take no notice of progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A recording's sound as one channel on the time axis of the recording.

    Attributes:
        samples: float32, shape (n,), range -1 to 1 (louder where the decoder overshoots); sample ``i`` is at media
            time ``i / rate_hz``. Where the stream has no sound, zeros. May lie in a file and be read on demand.
        rate_hz: samples a second.
        spans: pairs of sample indices, begin and end, between which the stream really has sound, in order.
        warnings: what was wrong but survivable, for people.
    """

    samples: NDArray[np.float32]
    rate_hz: int
    spans: tuple[tuple[int, int], ...]
    warnings: tuple[str, ...] = ()

    @property
    def duration_s(self) -> float:
        """Seconds from presentation zero to the end of the sound."""
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """What a browser proxy is like.

    Attributes:
        long_side: pixels at most on the longer side.
        crf: x264's constant rate factor (18 fine to 35 coarse).
        preset: x264's preset.
        keyframe_s: seconds between key frames at most: how finely a browser seeks.
        audio_bit_rate: bits a second for each channel.
        channels: of the sound, at most (1 or 2).
    """

    long_side: int = 1280
    crf: int = 26
    preset: str = "veryfast"
    keyframe_s: float = 1.0
    audio_bit_rate: int = 64_000
    channels: int = 2


@dataclass(frozen=True, slots=True)
class ProxyInfo:
    """What a proxy became.

    Attributes:
        duration_s: seconds from presentation zero to the end.
        width: pixels, or None without picture.
        height: pixels, or None without picture.
        frames: pictures written.
        has_sound: whether there is sound.
        recipe: what made it, with versions and parameters.
        warnings: what was wrong but survivable, for people.
    """

    duration_s: float
    width: int | None
    height: int | None
    frames: int
    has_sound: bool
    recipe: str
    warnings: tuple[str, ...] = ()
    media_type: str = "video/mp4"


@dataclass(frozen=True, slots=True)
class FilmstripSettings:
    """What a filmstrip is like.

    Attributes:
        tiles: how many tiles at most.
        step_s: seconds between tiles at least.
        tile_long_side: pixels of a tile's longer side.
        columns: tiles in a row.
    """

    tiles: int = 120
    step_s: float = 1.0
    tile_long_side: int = 160
    columns: int = 10


@dataclass(frozen=True, slots=True)
class Filmstrip:
    """Equal tiles in one JPEG, row by row.

    Attributes:
        jpeg: the picture's bytes.
        columns: tiles in a row.
        count: tiles in all.
        tile_width: pixels.
        tile_height: pixels.
        first_s: media time that the first tile shows.
        step_s: seconds from a tile to the next: tile ``k`` shows the picture presented at ``first_s + k * step_s``
            (black where none is presented yet).
    """

    jpeg: bytes = field(repr=False)
    columns: int
    count: int
    tile_width: int
    tile_height: int
    first_s: float
    step_s: float


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo for the web: JPEG without metadata, turned upright."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Part:
    """One of several files that lie one behind the other in a source.

    Attributes:
        offset: where it begins, in bytes.
        length: bytes.
        start_s: when it begins, in seconds of any clock that all parts share.
    """

    offset: int
    length: int
    start_s: float


@dataclass(frozen=True, slots=True)
class RemuxInfo:
    """What a remuxed file became.

    Attributes:
        parts: how many parts are in it, the first ones.
        duration_s: seconds.
        media_type: RFC 6838 type.
        recipe: what made it, with versions.
        warnings: what was wrong but survivable, for people.
    """

    parts: int
    duration_s: float
    media_type: str
    recipe: str
    warnings: tuple[str, ...] = ()


class Media(Protocol):
    """Reads recordings and photos.

    In every method ``source`` is a binary file open for reading that has a descriptor (its position does not matter
    and is not changed), and ``label`` is how errors name the item. All methods may be called by several threads.

    Every method raises:
        BadInputError: ``media-empty``, ``media-unreadable`` (no known format), ``media-unsupported`` (a format that
            is not allowed here, or no decoder), ``media-truncated`` (its index is missing), ``media-no-streams``,
            ``media-crashed`` (the decoder died of it).
        LimitError: ``media-limit-pixels``, ``-streams``, ``-duration``, ``-memory``, ``-time``, ``-output``.
    """

    def recipe(self, operation: str, **parameters: object) -> str:
        """Return what makes the result of an operation: its version, the library's versions and the parameters."""
        ...

    def probe(self, source: BinaryIO, *, label: str) -> MediaInfo:
        """Return what the bytes hold. Reads all packets, so that duration and truncation are measured."""
        ...

    def sound(self, source: BinaryIO, rate_hz: int, *, label: str, progress: Progress = ignore) -> Sound:
        """Return the sound as one channel at ``rate_hz``.

        Raises:
            BadInputError: ``media-no-sound``, beside those of the class.
        """
        ...

    def proxy(
        self, source: BinaryIO, sink: BinaryIO, settings: ProxySettings, *, label: str, progress: Progress = ignore
    ) -> ProxyInfo:
        """Write a copy that browsers play, on the same time axis, into ``sink`` (open for reading and writing, empty).

        The same input, settings and :meth:`recipe` give the same bytes.
        """
        ...

    def remux(
        self, source: BinaryIO, sink: BinaryIO, parts: Sequence[Part], *, label: str, progress: Progress = ignore
    ) -> RemuxInfo:
        """Join files that lie one behind the other, and write one that players can seek in, without encoding again.

        Joins the first parts that have the same streams; what follows is for another call. ``sink`` is open for reading
        and writing, and empty. The same input gives the same bytes.
        """
        ...

    def filmstrip(
        self, source: BinaryIO, settings: FilmstripSettings, *, label: str, progress: Progress = ignore
    ) -> Filmstrip:
        """Return pictures at even steps of media time. A proxy as ``source`` gives the same strip much sooner.

        Raises:
            BadInputError: ``media-no-picture``, beside those of the class.
        """
        ...

    def photo(self, source: BinaryIO, long_side: int, *, label: str) -> Photo:
        """Return a photo, or a recording's first picture, at most ``long_side`` pixels long.

        Raises:
            BadInputError: ``media-no-picture``, beside those of the class.
        """
        ...
