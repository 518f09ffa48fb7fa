"""Work in several processes of this machine."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from everyangle.core.errors import LimitError

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Inputs begun ahead of the reader, per process: bounds the memory that waiting results take."""


class ProcessWork:
    """Maps over a pool of processes, each started from a clean server process.

    Args:
        processes: how many, at least 1.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order.

        Raises:
            LimitError: ``worker-lost`` if a process died (as when memory ran out).
        """
        pool = ProcessPoolExecutor(
            self._processes, mp_context=multiprocessing.get_context("forkserver"), initializer=_leave_interrupts
        )
        waiting: deque[Future[R]] = deque()
        remaining = iter(inputs)
        try:
            waiting.extend(pool.submit(function, x) for x in islice(remaining, self._processes * _AHEAD))
            while waiting:
                result = waiting.popleft().result()
                waiting.extend(pool.submit(function, x) for x in islice(remaining, 1))
                yield result
        except BrokenProcessPool as error:
            raise LimitError(
                "worker-lost",
                "A worker process died; most often because memory ran out.",
                holds="Finished results are kept.",
                todo="Run the same command again, with fewer processes (--jobs 1) if it happens again.",
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the parent, which stops the pool in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
