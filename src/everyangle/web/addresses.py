"""What one network address may do: connections at once, wrong tokens in a minute. Keeps addresses in memory only."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from everyangle.capture.limits import Limits
from everyangle.core.errors import LimitError

_MINUTE_S = 60.0
_MOST_ADDRESSES = 10_000


class Addresses:
    """Counts per address. For one thread.

    Args:
        limits: what is allowed.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._connected: Counter[str] = Counter()
        self._misses: dict[str, deque[float]] = {}

    @contextmanager
    def connection(self, address: str) -> Iterator[None]:
        """Count a connection while it lasts.

        Raises:
            LimitError: ``too-many``.
        """
        if self._connected[address] >= self._limits.address_connections:
            raise _too_many("There are too many connections from this network.")
        if self._connected.total() >= self._limits.connections:
            raise _too_many("There are too many connections.")
        self._connected[address] += 1
        try:
            yield
        finally:
            self._connected[address] -= 1
            if not self._connected[address]:
                del self._connected[address]

    def check(self, address: str) -> None:
        """Refuse an address that tried too many wrong tokens in the last minute.

        Raises:
            LimitError: ``too-many``.
        """
        misses = self._misses.get(address)
        now = time.monotonic()
        while misses and now - misses[0] > _MINUTE_S:
            misses.popleft()
        if misses is not None and not misses:
            del self._misses[address]
        elif misses and len(misses) >= self._limits.address_misses:
            raise _too_many("There were too many wrong links from this network.")

    def missed(self, address: str) -> None:
        """Count a wrong token."""
        if len(self._misses) >= _MOST_ADDRESSES:
            self._misses.pop(next(iter(self._misses)))
        self._misses.setdefault(address, deque(maxlen=self._limits.address_misses)).append(time.monotonic())


def _too_many(what: str) -> LimitError:
    return LimitError("too-many", what, holds="What was acknowledged before is kept.", todo="Try again in a minute.")
