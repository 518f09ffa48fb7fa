"""Work in several threads of this process: for functions that mostly wait, as for a decoder in a child process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from everyangle.adapters.work_pool import ordered_map

T = TypeVar("T")
R = TypeVar("R")


class ThreadWork:
    """Maps over a pool of threads.

    Args:
        threads: how many, at least 1.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order."""
        return ordered_map(ThreadPoolExecutor(self._threads), self._threads, function, inputs)
