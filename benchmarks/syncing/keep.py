"""Where benchmarks keep what they made and brought in; made sets there, each made once and resumed when cut off."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benchmarks.syncing.sets import MadeSet, read_set

import everyangle
from everyangle.testing.collection.make import GENERATOR, make

KEEP = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "everyangle-bench"
"""The cache of benchmarks; may be deleted."""

_PACKAGE = Path(everyangle.__file__).parent


def made(keep: Path, difficulty: str, seed: int, clips: int) -> MadeSet:
    """Return a made set, made where it is not there yet; another generation of the simulator makes other sets."""
    folder = keep / "sets" / f"{GENERATOR}" / f"{difficulty}-{seed}-{clips}"
    say(f"set {difficulty}, seed {seed}, {clips} recordings: {folder}")
    make(seed, difficulty, clips, folder, processes=os.cpu_count() or 1)
    return read_set(folder)


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
