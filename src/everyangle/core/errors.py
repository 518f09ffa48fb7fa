"""Errors that say what failed, what still holds and what to do next.

Every error that reaches a user is an :class:`EveryAngleError`. Its class says what kind of failure it is (and so
decides the exit status, in ``cli/exits.py`` alone); its ``code`` is stable and meant for programs. This module does
not print, log or translate anything.
"""

from __future__ import annotations


class EveryAngleError(Exception):
    """A failure told to the user in three parts.

    Args:
        code: stable, lower-case, hyphenated name of the failure (``media-empty``); part of the public interface.
        what: what failed, naming the item or place.
        holds: what still holds ("nothing was added", "the original is preserved").
        todo: what to do next.
    """

    def __init__(self, code: str, what: str, *, holds: str = "", todo: str = "") -> None:
        self.code = code
        self.what = what
        self.holds = holds
        self.todo = todo
        super().__init__(" ".join(part for part in (what, holds, todo) if part))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with its parts, since errors cross process borders."""
        return (_rebuild, (type(self), self.code, self.what, self.holds, self.todo))


def _rebuild(kind: type[EveryAngleError], code: str, what: str, holds: str, todo: str) -> EveryAngleError:
    return kind(code, what, holds=holds, todo=todo)


class BadInputError(EveryAngleError):
    """What was given cannot be used: malformed, truncated, hostile, empty, the wrong type."""


class NotFoundError(EveryAngleError):
    """What was named does not exist (a case, an item, a key)."""


class ConflictError(EveryAngleError):
    """The act cannot be done now: another writer holds the case, or the target exists already."""


class RefusedError(EveryAngleError):
    """The act is refused by a rule of the house (unreviewed footage, an entry that is not canonical)."""


class IntegrityError(EveryAngleError):
    """Stored bytes are not what the record says they are."""


class LimitError(EveryAngleError):
    """A stated limit was exceeded (memory, time, pixels, entry size)."""


class StorageError(EveryAngleError):
    """The storage below failed (disk full, permission, input/output error)."""
