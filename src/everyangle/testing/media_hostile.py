"""Files that are no usable recording, by accident or by malice, and the error that each has to give."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import av

from everyangle.testing.media_film import Film, steady, write

_SIZE_AT = 8 + 4 + 20 + 16 + 36


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and the stable code of the error that it has to give."""

    name: str
    code: str
    make: Callable[[], bytes]

    def __str__(self) -> str:
        return self.name


def _mp4(**options: str) -> bytes:
    sink = io.BytesIO()
    write(Film("mp4", steady(0, 1), [(0, 1)], options=options), sink)
    return sink.getvalue()


def _cut() -> bytes:
    made = _mp4()
    return made[: made.index(b"moov") - 4]


def _noise() -> bytes:
    return random.Random(1).randbytes(200_000)  # noqa: S311  # any bytes, and the same every time


def large_png(side: int) -> bytes:
    """Return a black picture of so many pixels each way, small on disk."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(1)
    row = bytes(1 + 3 * side)
    packed = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    parts = [(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _many_streams() -> bytes:
    sink = io.BytesIO()
    with av.open(sink, "w", format="matroska") as out:
        streams = [out.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(200)]
        for stream in streams:
            packet = av.Packet(bytes(160))
            packet.stream, packet.pts, packet.dts = stream, 0, 0
            out.mux(packet)
    return sink.getvalue()


def _endless() -> bytes:
    """A recording whose second half stands years later."""
    sink = io.BytesIO()
    write(Film("matroska", (0.0, 0.04, 0.08, 9e8), ()), sink)
    return sink.getvalue()


def playlist(address: str) -> bytes:
    """Return an HLS playlist that points to an address."""
    lines = (
        "#EXTM3U",
        "#EXT-X-TARGETDURATION:10",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXTINF:10.0,",
        address,
        "#EXT-X-ENDLIST",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def concat(path: str) -> bytes:
    """Return a list for FFmpeg's concat demuxer that names a file."""
    return f"ffconcat version 1.0\nfile {path}\n".encode()


def dash(address: str) -> bytes:
    """Return a DASH manifest that points to an address."""
    return (
        '<?xml version="1.0"?>'
        '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S">'
        f'<Period><AdaptationSet mimeType="audio/mp4"><Representation id="a" bandwidth="1"><BaseURL>{address}</BaseURL>'
        '<SegmentBase indexRange="0-9"/></Representation></AdaptationSet></Period></MPD>'
    ).encode()


HOSTILE: tuple[Hostile, ...] = (
    Hostile("nothing", "media-empty", lambda: b""),
    Hostile("text named like a recording", "media-unreadable", lambda: b"It was a dark night.\n" * 40),
    Hostile("any bytes", "media-unreadable", _noise),
    Hostile("mp4 whose end with the index is missing", "media-truncated", _cut),
    Hostile("picture far too large", "media-limit-pixels", lambda: large_png(9000)),
    Hostile("two hundred streams", "media-limit-streams", _many_streams),
    Hostile("recording of thirty years", "media-limit-duration", _endless),
)
