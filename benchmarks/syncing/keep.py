"""Where benchmarks keep what they made and brought in, a name for the program as it is, and a way to say how far."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import everyangle

KEEP = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "everyangle-bench"
"""The cache of benchmarks; may be deleted."""

_PACKAGE = Path(everyangle.__file__).parent


@cache
def engine() -> str:
    """Return a name for the program as it is, test tools left out: a digest of its sources."""
    return _digest(path for path in _PACKAGE.rglob("*.py") if "testing" not in path.parts)


def _digest(paths: Iterable[Path]) -> str:
    every = hashlib.sha256()
    for path in sorted(paths):
        every.update(hashlib.sha256(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes()).digest())
    return every.hexdigest()[:12]


def say(text: str) -> None:
    """Say how far the benchmark is, on standard error."""
    print(text, file=sys.stderr, flush=True)
