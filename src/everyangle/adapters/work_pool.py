"""Work through a pool of workers of any kind: ordered results, and no more inputs begun than the reader needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Inputs begun ahead of the reader, per worker: bounds the memory that waiting results take."""


def ordered_map(pool: Executor, workers: int, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
    """Yield ``function(x)`` for each input, in order; when the reader stops, what has not begun is never begun."""
    waiting: deque[Future[R]] = deque()
    remaining = iter(inputs)
    try:
        waiting.extend(pool.submit(function, x) for x in islice(remaining, workers * _AHEAD))
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(function, x) for x in islice(remaining, 1))
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
