"""Times, sizes and errors in the words that the page uses; and texts made safe to show.

Escaping HTML is not done here: that is the template's work. Reads no clock.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from everyangle.core.items import ItemKind
from everyangle.core.time import Instant
from everyangle.dossier.model import PlacedBy, ShownItem, ShownPlacement

_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MINUTE, _HOUR = 60, 3600
_STEP = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def line(text: str) -> str:
    """Return ``text`` fit for one line: controls and direction overrides become U+FFFD, white space one space."""
    return " ".join(_visible(text, "").split())


def paragraphs(text: str) -> list[str]:
    """Return a document's paragraphs, split at empty lines, lines kept, made visible as by :func:`line`."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return [part for part in (_visible(p, "\n\t").strip("\n") for p in re.split(r"\n[ \t]*\n", normal)) if part.strip()]


def visible(text: str) -> str:
    """Return a text of many lines, made visible as by :func:`line`, each code point in its place."""
    return _visible(text, "\n\t\r")


def _visible(text: str, keep: str) -> str:
    return "".join(
        "\ufffd" if c in _BIDI_CONTROLS or (unicodedata.category(c) in {"Cc", "Cs"} and c not in keep + "\n\t") else c
        for c in text
    )


def clock_time(t_s: float, *, digits: int = 1) -> str:
    """Return event seconds as ``m:ss.d`` or ``h:mm:ss.d``, with U+2212 in front of negative times."""
    units = round(abs(t_s) * 10**digits)
    sign = "\u2212" if t_s < 0 and units else ""
    whole, part = divmod(units, 10**digits)
    tail = f".{part:0{digits}d}" if digits else ""
    hours, minutes, seconds = whole // _HOUR, whole // _MINUTE % _MINUTE, whole % _MINUTE
    if hours:
        return f"{sign}{hours}:{minutes:02d}:{seconds:02d}{tail}"
    return f"{sign}{minutes}:{seconds:02d}{tail}"


def span(seconds: float) -> str:
    """Return a length: ``6.2 s`` below a minute, else ``4 min 07 s`` or ``1 h 02 min``."""
    if seconds < _MINUTE - 0.05:
        return f"{seconds:.1f}\u00a0s"
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE}\u00a0min {whole % _MINUTE:02d}\u00a0s"
    return f"{whole // _HOUR}\u00a0h {whole % _HOUR // _MINUTE:02d}\u00a0min"


def size(count: int) -> str:
    """Return a number of bytes in decimal units, as ``1.4 MB``; below 1000 exactly."""
    if count == 1:
        return "1 byte"
    if count < _STEP:
        return f"{count} bytes"
    value = float(count)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= _STEP
        if value < _STEP - 0.5 or unit == "TB":
            return f"{value:.3g}\u00a0{unit}" if value < _STEP / 10 else f"{value:.0f}\u00a0{unit}"
    raise AssertionError("unreachable")


def error(error_s: float) -> str:
    """Return a half-width of an error interval, as ``\u00b10.03 s``: rounded up, so never to less than was stated."""
    digits = 0 if error_s >= 10 else 1 if error_s >= 1 else 2 if error_s >= 0.01 else 3
    units = max(1, math.ceil(error_s * 10**digits - 1e-6))
    return f"\u00b1{units / 10**digits:.{digits}f}\u00a0s"


def placed(placement: ShownPlacement) -> str:
    """Return how a recording was placed, in words: "placed within \u00b10.03 s by sound"."""
    within = error(placement.clock.error_s) if placement.error_known else ""
    if placement.by is PlacedBy.PERSON:
        return f"placed by hand, within {within}" if within else "placed by hand, no error stated"
    if placement.anchor:
        return "the clock that the others are measured against"
    by = "by sound and the files\u2019 times" if placement.prior else "by sound"
    how = f"placed within {within} {by}" if within else f"placed {by}"
    return f"{how}, confirmed by a person" if placement.by is PlacedBy.CONFIRMED else how


def instant(when: Instant, *, offset_min: int = 0) -> str:
    """Return wall time as ``3 May 2025, 10:04:12 UTC\u221205:00``, rounded down to seconds."""
    zone = timezone(timedelta(minutes=offset_min))
    local = (_EPOCH + timedelta(microseconds=when.us)).astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M:%S} {_zone(offset_min)}"


def _zone(offset_min: int) -> str:
    if offset_min == 0:
        return "UTC"
    sign = "\u2212" if offset_min < 0 else "+"
    return f"UTC{sign}{abs(offset_min) // _MINUTE:02d}:{abs(offset_min) % _MINUTE:02d}"


def utc_offset_min(said: str) -> int:
    """Return the offset from UTC, in minutes, of a time as a person typed it; 0 where it has none."""
    try:
        offset = datetime.fromisoformat(said.strip()).utcoffset()
    except ValueError:
        return 0
    return round(offset.total_seconds() / _MINUTE) if offset is not None else 0


def count(number: int, one: str, many: str) -> str:
    """Return ``1 camera`` or ``3 cameras``."""
    return f"{number} {one if number == 1 else many}"


def capital(text: str) -> str:
    """Return ``text`` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def drift(rate: float) -> str:
    """Return a clock's rate in words: event seconds per media second, as "12 ppm slow" or "evenly"."""
    ppm = (rate - 1) * 1e6
    if abs(ppm) < 0.05:
        return "evenly"
    return f"{abs(ppm):.3g} ppm {'slow' if ppm > 0 else 'fast'}"


def about(item: ShownItem) -> str:
    """Return what an item is, in a line: "1920 × 1080, 29.97 frames a second, sound, 2 min 03 s"."""
    parts: list[str] = []
    media = item.media
    if media is not None and media.video is not None:
        parts.append(f"{media.video.width} \u00d7 {media.video.height}")
        if media.video.frame_rate and item.kind is ItemKind.RECORDING:
            parts.append(f"{float(media.video.frame_rate):.4g} frames a second")
    if media is not None and item.kind is ItemKind.RECORDING:
        parts.append("with sound" if media.audio is not None else "no sound")
        parts.append(span(media.duration_s))
    parts.append(size(item.size))
    return ", ".join(parts)
