"""What beside its sound is known of a recording, as far as people let it be weighed: times, and its device."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.items import MediaInfo
from everyangle.core.name_times import NamedTime, time_in_name
from everyangle.core.stated import DeviceFrom, Hints


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one recording.

    Attributes:
        created_s: when its container says that it began, seconds since 1970 in UTC, or None.
        named: the time that its name says, or None.
        device: what recorded it, or None.
    """

    created_s: float | None = None
    named: NamedTime | None = None
    device: str | None = None


def known_of(info: MediaInfo | None, name: str, folder: str | None, hints: Hints, stated: str | None = None) -> Known:
    """Return what is known of a recording.

    Args:
        info: what probing found.
        name: its file's name.
        folder: the folder it came in, where that is known.
        hints: what may be weighed.
        stated: the device that a person named; outranks all else.
    """
    device = None
    if hints.device_from is DeviceFrom.FOLDER and folder:
        device = f"folder {folder}"
    elif hints.device_from is DeviceFrom.METADATA and hints.metadata and info is not None and info.device is not None:
        device = f"metadata {info.device}"
    device = device if stated is None else f"stated {stated}"
    if not hints.metadata:
        return Known(device=device)
    created = None if info is None or info.created is None else info.created.us / 1e6
    return Known(created, time_in_name(name), device)
