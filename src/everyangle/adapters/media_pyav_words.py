"""How a child's end is told: as an error of the house that names the item."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from everyangle.adapters.media_pyav_open import HOLDS
from everyangle.core.errors import BadInputError, EveryAngleError, LimitError, StorageError

_KINDS: dict[str, type[EveryAngleError]] = {kind.__name__: kind for kind in (BadInputError, LimitError, StorageError)}
_PARTS = 5
_TODO = "Go on without it, or convert it with another program and add the result as well."


def reported_error(parts: Sequence[object], label: str) -> EveryAngleError:
    """Return the error that a child reported, or that it died, where the report is none."""
    words = [str(part) for part in parts]
    if len(words) != _PARTS or words[0] not in _KINDS:
        return ended_error(1, label)
    kind, code, what, holds, todo = words
    return _KINDS[kind](code, what, holds=holds, todo=todo)


def timed_out(label: str) -> LimitError:
    """Return the error for an item that takes too long."""
    return LimitError(
        "media-limit-time", f"{label} took longer to decode than is allowed, or stood still.", holds=HOLDS, todo=_TODO
    )


def ended_error(status: int, label: str) -> EveryAngleError:
    """Return the error for a child that ended without an answer; ``status`` is negative for a signal."""
    if status == -signal.SIGXCPU:
        return timed_out(label)
    if status == -signal.SIGKILL:
        return LimitError(
            "media-limit-memory",
            f"The process that decoded {label} was killed, most often because memory ran out.",
            holds=HOLDS,
            todo=_TODO,
        )
    return BadInputError("media-crashed", f"The decoder died of {label} (status {status}).", holds=HOLDS, todo=_TODO)
