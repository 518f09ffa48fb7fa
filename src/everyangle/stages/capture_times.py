"""When a recording that a phone sent began: its own clock, set right by what was measured against the server's.

While it records, the phone asks the server for the time again and again. The answer that came back soonest bounds the
error best: half its round trip (Cristian 1989). What it says is still the phone's word, and is weighed as such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from everyangle.capture.container import Chunk
from everyangle.capture.frames import Kind

_WHERE = re.compile(r"stream=([01]) segments=([0-9]{1,9})-[0-9]{1,9}$")


@dataclass(frozen=True, slots=True)
class Began:
    """When a recording began by the server's clock.

    Attributes:
        us: microseconds since 1970.
        within_us: how far off that may be, or None where the clocks were never compared.
    """

    us: int
    within_us: int | None


def began(chunks: Iterable[Chunk], recipe: str) -> Began | None:
    """Return when the copy that a recipe made begins, or None where no chunk tells.

    Args:
        chunks: the recording's, in order, with their bodies.
        recipe: of the copy: says from which segment of which stream on it goes.
    """
    found = _WHERE.search(recipe)
    if found is None:
        return None
    stream, segment = int(found[1]), int(found[2])
    start_us: int | None = None
    best: tuple[int, int] | None = None
    for chunk in chunks:
        header = chunk.header
        if header.kind is Kind.CLOCK:
            best = min(filter(None, (best, _measured(chunk.body))), default=None)
        elif start_us is None and (header.stream, header.segment) == (stream, segment):
            start_us = header.captured_us if header.kind in (Kind.SEGMENT, Kind.MEDIA) else None
    if start_us is None:
        return None
    return Began(start_us, None) if best is None else Began(start_us + best[1], best[0] // 2)


def _measured(body: bytes) -> tuple[int, int] | None:
    """Return the round trip and the offset that a comparison of clocks says, or None where it says none."""
    try:
        value: Any = json.loads(body)
        trip, offset = value["round_trip_us"], value["offset_us"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    fit = all(isinstance(one, int | float) and abs(one) < 2**53 for one in (trip, offset))
    return (round(trip), round(offset)) if fit and trip >= 0 else None
