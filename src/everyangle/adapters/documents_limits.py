"""What reading one document may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Limits of reading one original.

    Attributes:
        memory_bytes: address space of the process that reads (only in its own).
        cpu_s: processor seconds (only in its own process).
        wall_s: seconds in all (only in its own process).
        output_bytes: of what is handed back (only in its own process).
        open_files: descriptors (only in its own process).
        file_bytes: of an original other than a web archive; pictures inside pages and files count.
        markup_bytes: of a page when scripts, styles and embedded pictures are taken out.
        text_bytes: of a plain text, and of the text in any document.
        unpacked_bytes: of everything in a packed file.
        pages: of a PDF, or of a web archive.
    """

    memory_bytes: int = 2 << 30
    cpu_s: int = 120
    wall_s: float = 240.0
    output_bytes: int = 256 << 20
    open_files: int = 64
    file_bytes: int = 256 << 20
    markup_bytes: int = 16 << 20
    text_bytes: int = 16 << 20
    unpacked_bytes: int = 1 << 30
    pages: int = 5000

    def as_json(self) -> dict[str, Any]:
        """Return the limits as JSON has them."""
        return asdict(self)
