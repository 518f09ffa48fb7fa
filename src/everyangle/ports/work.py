"""Work: the same function over many inputs, on one processor, several, or many machines."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Work(Protocol):
    """Maps a picklable function over picklable inputs.

    Guarantees: results come in input order; an exception raised for one input is raised when that result is reached;
    on an exception or when the caller stops iterating, no further input is begun. An input may be worked on more than
    once (a machine was lost): functions have no effects but their result.
    """

    def map(self, function: Callable[[T], R], inputs: Iterable[T]) -> Iterator[R]:
        """Yield ``function(x)`` for each input, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """How much memory a process should take, in MiB. Less than 400 is more than can be kept to."""

    mib: int = 1024


MEMORY = Memory()
"""Where nothing else is said."""


class OnFile:
    """A part of an input that is read from a file: subclass it, so that workers who do not see the file get its bytes.

    Whoever works where the file lies leaves it as it is.
    """

    __slots__ = ()

    path: Path

    @abstractmethod
    def carrying(self, data: memoryview) -> object:
        """Return what stands in its place where the file is out of reach.

        Args:
            data: the file's content, read-only.
        """
