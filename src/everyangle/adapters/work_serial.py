"""Work in this process, one input after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class SerialWork:
    """Maps in the calling process."""

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order."""
        return map(function, inputs)
