"""What decoding one item may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """Limits of one operation on one item.

    Attributes:
        memory_bytes: address space of the process that decodes (only where it has its own).
        cpu_s: processor seconds (only in its own process).
        stall_s: seconds without any progress (only in its own process).
        wall_s: seconds in all (only in its own process).
        output_bytes: of what is written (only in its own process).
        open_files: descriptors (only in its own process).
        pixels: of one picture.
        streams: in one file.
        duration_s: of one recording.
    """

    memory_bytes: int = 3 << 30
    cpu_s: int = 24 * 3600
    stall_s: float = 120.0
    wall_s: float = 24 * 3600.0
    output_bytes: int = 64 << 30
    open_files: int = 64
    pixels: int = 64_000_000
    streams: int = 64
    duration_s: float = 48 * 3600.0

    def as_json(self) -> dict[str, Any]:
        """Return the limits as JSON has them."""
        return asdict(self)
