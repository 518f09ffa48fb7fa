"""Functions compiled to machine code with numba, for what is done millions of times: large collections import this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Return a function compiled to machine code when first called (two seconds for all of them).

    Without reordering of sums, so that it gives what the same steps give in Python. The code is kept for other
    processes, beside its module or in the user's cache, unless neither can be written.
    """
    try:
        return cast("F", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast("F", numba.njit(nogil=True)(function))
