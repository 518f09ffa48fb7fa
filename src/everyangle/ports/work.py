"""Work: the same function over many inputs, on one processor, several, or many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Work(Protocol):
    """Maps a picklable function over picklable inputs.

    Guarantees: results come in input order; an exception raised for one input is raised when that result is reached;
    on an exception or when the caller stops iterating, no further input is begun.
    """

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order."""
        ...
