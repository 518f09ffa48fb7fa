"""Media in this very process: quick, easy to debug, and without the walls that hostile files call for.

Checks pixels, streams and durations, but has no limits on memory or time, and what kills a decoder kills the caller.
For tests and for files of one's own making; received files go through ``media_pyav``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from everyangle.adapters.media_calls import Json, MediaCalls
from everyangle.adapters.media_files import DescriptorFile
from everyangle.adapters.media_limits import MediaLimits
from everyangle.adapters.media_operations import perform
from everyangle.adapters.media_pyav_open import Item
from everyangle.ports.media import Progress


class InProcessMedia(MediaCalls):
    """The media port without a process of its own."""

    def __init__(self, limits: MediaLimits | None = None) -> None:
        self._limits = limits or MediaLimits()

    def run(
        self, operation: str, settings: Mapping[str, Any], source: int, sink: int, label: str, progress: Progress
    ) -> Json:
        """Run an operation here."""
        return perform(operation, settings, Item(source, label, self._limits), DescriptorFile(sink), progress)
