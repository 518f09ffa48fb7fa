"""Work in several processes of this machine."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from everyangle.adapters.work_pool import ordered_map
from everyangle.core.errors import LimitError

T = TypeVar("T")
R = TypeVar("R")


class ProcessWork:
    """Maps over a pool of processes, each started from a clean server process.

    Args:
        processes: how many, at least 1.
        loads: modules that the server process loads once, so that no worker of any map has to.
    """

    def __init__(self, processes: int, loads: Sequence[str] = ()) -> None:
        self._processes = processes
        self._loads = list(loads)

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order.

        Raises:
            LimitError: ``worker-lost`` if a process died (as when memory ran out).
        """
        context = multiprocessing.get_context("forkserver")
        # Counts where the server is not started yet: a later way to work shares the first one's.
        context.set_forkserver_preload(["__main__", *self._loads])
        pool = ProcessPoolExecutor(self._processes, mp_context=context, initializer=_leave_interrupts)
        try:
            yield from ordered_map(pool, self._processes, function, inputs)
        except BrokenProcessPool as error:
            raise LimitError(
                "worker-lost",
                "A worker process died; most often because memory ran out.",
                holds="Finished results are kept.",
                todo="Run the same command again, with fewer processes (--jobs 1) if it happens again.",
            ) from error


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the parent, which stops the pool in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
