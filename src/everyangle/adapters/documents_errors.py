"""How it is told that a document cannot be read. Every error says that the original is kept."""

from __future__ import annotations

import signal
import zipfile
import zlib
from collections.abc import Sequence

from everyangle.core.errors import BadInputError, EveryAngleError, LimitError, StorageError

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""What Python's zipfile raises for damaged bytes; RuntimeError for what is encrypted."""

HOLDS = "The original is kept as received."
_KINDS: dict[str, type[EveryAngleError]] = {kind.__name__: kind for kind in (BadInputError, LimitError, StorageError)}
_PARTS = 5


def unread(code: str, what: str, todo: str = "") -> BadInputError:
    """Return the error for a document that cannot be read."""
    return BadInputError(code, what, holds=HOLDS, todo=todo)


def unreadable(path: str, what: object) -> BadInputError:
    """Return the error for a document that is broken."""
    return unread(
        "document-unreadable",
        f"{path} cannot be read: {what}.",
        "Open it in its own program, and save or export it anew.",
    )


def too_large(path: str, what: str) -> LimitError:
    """Return the error for a document that exceeds a limit of size."""
    return LimitError(
        "document-too-large",
        f"{path} is too large to be read: {what}.",
        holds=HOLDS,
        todo="Cut out the part that matters.",
    )


def missing(path: str, extra: str, package: str) -> BadInputError:
    """Return the error for a reader that is not installed."""
    return unread(
        "reader-missing",
        f"{path} needs the package {package}, which is not installed.",
        f"Install it: pip install 'everyangle[{extra}]'",
    )


def reported_error(parts: Sequence[object], label: str) -> EveryAngleError:
    """Return the error that a child reported, or that it died, where the report is none."""
    words = [str(part) for part in parts]
    if len(words) != _PARTS or words[0] not in _KINDS:
        return ended_error(1, label)
    kind, code, what, holds, todo = words
    return _KINDS[kind](code, what, holds=holds, todo=todo)


def timed_out(label: str) -> LimitError:
    """Return the error for a document that takes too long."""
    return LimitError("document-limit-time", f"{label} took longer to read than is allowed.", holds=HOLDS)


def out_of_memory(label: str) -> LimitError:
    """Return the error for a document that takes too much memory."""
    return LimitError("document-limit-memory", f"{label} took more memory to read than is allowed.", holds=HOLDS)


def ended_error(status: int, label: str) -> EveryAngleError:
    """Return the error for a child that ended without an answer; ``status`` is negative for a signal."""
    if status == -signal.SIGXCPU:
        return timed_out(label)
    if status == -signal.SIGKILL:
        return out_of_memory(label)
    return unread(
        "document-crashed", f"The reader died of {label} (status {status}).", "Convert it, and add the result."
    )
