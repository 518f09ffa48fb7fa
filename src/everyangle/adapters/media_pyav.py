"""Media by PyAV (FFmpeg), each item in a resource-limited child of its own (see ``children``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from everyangle.adapters.children import Children, Words
from everyangle.adapters.media_calls import Json, MediaCalls
from everyangle.adapters.media_limits import MediaLimits
from everyangle.adapters.media_pyav_words import ended_error, reported_error, timed_out
from everyangle.ports.media import Progress

_LONGEST_LABEL = 1000
_WORDS = Words(reported_error, timed_out, ended_error)


class PyavMedia(MediaCalls):
    """The media port for received files.

    Args:
        limits: what one operation on one item may take.
    """

    def __init__(self, limits: MediaLimits | None = None) -> None:
        self._limits = limits or MediaLimits()
        self._children = Children("everyangle.adapters.media_child", _WORDS, self._limits.wall_s, self._limits.stall_s)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process without the server."""
        return (PyavMedia, (self._limits,))

    def close(self) -> None:
        """Stop the server and every child; the adapter can be used again afterwards."""
        self._children.close()

    def run(
        self, operation: str, settings: Mapping[str, Any], source: int, sink: int, label: str, progress: Progress
    ) -> Json:
        """Run an operation in a child of its own."""
        label = label[:_LONGEST_LABEL]
        request = {"operation": operation, "settings": dict(settings), "label": label, "limits": self._limits.as_json()}
        result: Json = self._children.run(request, source, sink, label, progress)
        return result
