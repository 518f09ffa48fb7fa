"""How often one may try a password or a code: counts of what failed, by address and by name, in memory."""

from __future__ import annotations

import time
from collections import deque

from everyangle.core.errors import LimitError

_TRIES, _TRIES_WITHIN_S = 6, 300.0
_MOST_REMEMBERED = 10_000


class Tries:
    """Counts what failed, by a key, for some minutes. For one thread at a time."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[float]] = {}

    def check(self, *keys: str) -> None:
        """Refuse where too much failed lately.

        Raises:
            LimitError: ``too-many``.
        """
        for key in keys:
            failed = self._failed.get(key)
            while failed and time.monotonic() - failed[0] > _TRIES_WITHIN_S:
                failed.popleft()
            if failed is not None and not failed:
                del self._failed[key]
            elif failed and len(failed) >= _TRIES:
                raise LimitError("too-many", "There were too many tries.", todo="Try again in five minutes.")

    def failed(self, *keys: str) -> None:
        """Count a failure."""
        for key in keys:
            if len(self._failed) >= _MOST_REMEMBERED:
                self._failed.pop(next(iter(self._failed)))
            self._failed.setdefault(key, deque(maxlen=_TRIES)).append(time.monotonic())
