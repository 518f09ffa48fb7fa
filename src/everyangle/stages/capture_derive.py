"""Copies of a recording that players can seek in: the files of its segments, remuxed without encoding again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyangle.capture.container import Chunk
from everyangle.core.errors import EveryAngleError
from everyangle.ports.media import Media
from everyangle.stages.capture_item import Copy


def derive_copies(
    media: Media, chunks: Iterator[Chunk], label: str
) -> tuple[Sequence[Copy], Sequence[EveryAngleError]]:
    """Return copies of a recording, and what could not be made."""
    for _ in chunks:
        media.recipe("probe", label=label)
    return (), ()
