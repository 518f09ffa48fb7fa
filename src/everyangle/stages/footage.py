"""Footage: the bytes in which an item's sound and pictures are. For most items these are the original's.

The original of a recording that a phone sent is its container: signed chunks, which no player opens. What stands for it
is the first copy that was remuxed from it when it became an item, the same sound and pictures, unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from everyangle.capture.container import MAGIC, read_begin, read_chunks
from everyangle.core.errors import NotFoundError
from everyangle.core.ids import ItemId
from everyangle.core.items import Derivative
from everyangle.ports.workbench import Workbench
from everyangle.stages.capture_times import Began, began

REMUX = "remux/"
"""How recipes of remuxed copies begin."""


def is_capture(head: bytes) -> bool:
    """Tell whether bytes that begin so are a recording's container."""
    return head.startswith(MAGIC)


def stands_for(item: ItemId, bench: Workbench) -> Derivative | None:
    """Return the derivative that stands for a recording's container, or None where none was made."""
    found = [one.derivative for one in bench.catalogue.derivatives(item) if one.derivative.recipe.startswith(REMUX)]
    return found[0] if found else None


def capture_began(item: ItemId, bench: Workbench) -> Began | None:
    """Return when the copy that stands for a recording's container begins, by the server's clock.

    Raises:
        IntegrityError: ``capture-damaged``.
    """
    copy = stands_for(item, bench)
    if copy is None:
        return None
    with bench.case.originals.open(item) as file:
        read_begin(file.read)
        return began(read_chunks(file.read), copy.recipe)


@contextmanager
def footage(item: ItemId, bench: Workbench) -> Iterator[BinaryIO]:
    """Open what an item's sound and pictures are in.

    Raises:
        NotFoundError: ``blob-missing``, or ``capture-empty`` where a recording came to nothing that can be played.
    """
    with bench.case.originals.open(item) as original:
        capture = is_capture(original.read(len(MAGIC)))
        original.seek(0)
        if not capture:
            yield original
            return
    copy = stands_for(item, bench)
    if copy is None:
        raise _nothing_to_play(item, bench)
    with bench.case.derivatives.open(copy.digest) as file:
        yield file


def _nothing_to_play(item: ItemId, bench: Workbench) -> NotFoundError:
    with bench.case.originals.open(item) as original:
        sent = read_begin(original.read).begin
    if sent.sha256 is not None and bench.case.originals.has(sent.sha256):
        words = f"The file that this one accounts for is an item of its own: “{sent.name}”."
        return NotFoundError("capture-of-file", words, holds="Both can be verified.")
    return NotFoundError(
        "capture-empty",
        "Nothing that was received of this recording can be played.",
        holds="What was received is kept, and can be verified.",
    )
