"""Exit statuses: the one place where kinds of failure become numbers."""

from __future__ import annotations

from everyangle.core import errors

OK = 0
FAILED_CHECK = 1
UNUSABLE = 2
INTERRUPTED = 130

_STATUS: dict[type[errors.EveryAngleError], int] = {
    errors.IntegrityError: FAILED_CHECK,
    errors.BadInputError: UNUSABLE,
    errors.NotFoundError: UNUSABLE,
    errors.ConflictError: 3,
    errors.RefusedError: 4,
    errors.LimitError: 5,
    errors.StorageError: 6,
}


def status_of(error: errors.EveryAngleError) -> int:
    """Return the exit status of an error, by its class."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), UNUSABLE)
