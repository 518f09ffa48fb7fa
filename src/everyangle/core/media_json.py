"""What probing found, to JSON and back, so that it can be kept as a derived result."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from everyangle.core.items import AudioStream, MediaInfo, VideoStream
from everyangle.core.time import Instant


def media_info_json(info: MediaInfo) -> bytes:
    """Return UTF-8 JSON; rational numbers stand as ``"1/48000"``."""
    return json.dumps(asdict(info), default=str, sort_keys=True).encode()


def media_info_from_json(data: bytes) -> MediaInfo:
    """Return what :func:`media_info_json` wrote.

    Raises:
        ValueError, KeyError, TypeError: if the bytes are not that.
    """
    fields: dict[str, Any] = json.loads(data)
    video, audio, created = fields["video"], fields["audio"], fields["created"]
    if video is not None:
        rate = video["frame_rate"]
        video["time_base"] = Fraction(video["time_base"])
        video["frame_rate"] = None if rate is None else Fraction(rate)
    if audio is not None:
        audio["time_base"] = Fraction(audio["time_base"])
    return MediaInfo(
        container=fields["container"],
        duration_s=fields["duration_s"],
        video=None if video is None else VideoStream(**video),
        audio=None if audio is None else AudioStream(**audio),
        created=None if created is None else Instant(**created),
        warnings=tuple(fields["warnings"]),
        device=fields["device"],
    )
