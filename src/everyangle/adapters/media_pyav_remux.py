"""Remuxing: the files that a recorder wrote one after the other become one that players can seek in. Encodes nothing.

Parts are joined as long as the next has the same streams with the same codec settings; the rest is for another file.
A part begins where it is said to, or where the one before it ends, whichever is later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_pyav_open import HOLDS, Item, Opened, opened
from everyangle.core.errors import BadInputError
from everyangle.ports.media import Part, Progress, RemuxInfo

_WEBM = {"vp8", "vp9", "av1", "opus", "vorbis"}
_TYPES = {"webm": "video/webm", "matroska": "video/x-matroska", "mp4": "video/mp4"}
_LEAST_STEP_S = Fraction(1, 30)
"""How long the last packet of a part lasts where it does not say."""


def remux(item: Item, sink: DescriptorFile, settings: Mapping[str, Any], progress: Progress) -> RemuxInfo:
    """Write the first parts of a file, as many as fit together, to ``sink``.

    Raises:
        BadInputError, LimitError: as :class:`~everyangle.ports.media.Media` says.
    """
    parts = [Part(int(p["offset"]), int(p["length"]), float(p["start_s"])) for p in settings["parts"]]
    with opened(item, _window(parts[0])) as first:
        form = _format(first)
        shape = _shape(first)
    with _output(sink, form) as out:
        writer = _Writer(out, parts[0].start_s, progress)
        taken = 0
        for part in parts:
            try:
                with opened(item, _window(part)) as media:
                    if _shape(media) != shape:
                        break
                    writer.take(media, part)
            except BadInputError as error:
                writer.warnings.append(error.what)
            taken += 1
        if not writer.packets:
            raise BadInputError("media-unreadable", f"{item.label} holds no picture and no sound.", holds=HOLDS)
    return RemuxInfo(taken, float(writer.ends), _TYPES[form], str(settings["recipe"]), tuple(writer.warnings))


def _window(part: Part) -> tuple[int, int]:
    return part.offset, part.offset + part.length


def _format(media: Opened) -> str:
    codecs = {stream.codec_context.name for stream in media.streams}
    if "matroska" not in media.name:
        return "mp4"
    return "webm" if {name.removeprefix("lib").removesuffix("-vp8") for name in codecs} <= _WEBM else "matroska"


def _shape(media: Opened) -> Sequence[object]:
    """Return what two parts must have in common to be one file."""
    found: list[object] = []
    for stream in media.streams:
        context = stream.codec_context
        size = (getattr(context, "width", 0), getattr(context, "height", 0), getattr(context, "sample_rate", 0))
        found.append((stream.type, context.name, size, context.extradata))
    return found


def _output(sink: DescriptorFile, form: str) -> OutputContainer:
    options = {"fflags": "+bitexact"} | ({"movflags": "+faststart"} if form == "mp4" else {})
    return av.open(
        sink, "w", format=form, container_options=options, io_open=lambda _url, _flags, _options: sink.another()
    )


_LONGEST_GAP_S = 86_400
"""A part that is said to begin later than that after the one before it follows at once."""


@dataclass(slots=True)
class _Lane:
    """One stream of the output: its last decoding time, in its own ticks."""

    stream: Stream
    last: int | None = None


class _Writer:
    """Copies packets, each part moved to where it belongs."""

    def __init__(self, out: OutputContainer, zero_s: float, progress: Progress) -> None:
        self._out, self._zero_s, self._progress = out, Fraction(zero_s), progress
        self._lanes: list[_Lane] = []
        self.ends = Fraction(0)
        self.packets = 0
        self.warnings: list[str] = []

    def take(self, media: Opened, part: Part) -> None:
        """Copy one part."""
        if not self._lanes:
            self._lanes = [_Lane(self._out.add_stream_from_template(stream)) for stream in media.streams]
        lanes = dict(zip((stream.index for stream in media.streams), self._lanes, strict=True))
        move: Fraction | None = None
        begins = self._begins(part)
        for packet in media.packets(*media.streams):
            time = packet.dts if packet.dts is not None else packet.pts
            base = packet.time_base
            if time is None or base is None or not packet.size:
                continue
            if move is None:
                move = begins - time * base
            self._write(packet, lanes[packet.stream.index], time, base, move)
        if media.broken:
            self.warnings.append("Parts of what was received are damaged and were passed over.")

    def _begins(self, part: Part) -> Fraction:
        """Return where a part belongs: where it says, unless its clock was off by days."""
        said = Fraction(part.start_s) - self._zero_s
        if not self.packets or not 0 < said - self.ends < _LONGEST_GAP_S:
            return self.ends
        return said

    def _write(self, packet: Packet[Stream], lane: _Lane, time: int, base: Fraction, move: Fraction) -> None:
        shift = round(move / base)
        dts = time + shift
        if lane.last is not None and dts <= lane.last:
            dts = lane.last + 1
        lane.last = dts
        packet.pts = max(dts, (time if packet.pts is None else packet.pts) + shift)
        packet.dts = dts
        length = (packet.duration or 0) * base or _LEAST_STEP_S
        self.ends = max(self.ends, packet.pts * base + length)
        packet.stream = lane.stream
        self._out.mux(packet)
        self.packets += 1
        self._progress(float(self.ends))
