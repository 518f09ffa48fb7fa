"""Runs the engine in a process of its own, so that its memory and its time are its own. Judges nothing.

    python -m benchmarks.syncing.alone REQUEST OUT

Both files are pickles made by this benchmark: a :class:`Request`, and the :class:`~benchmarks.syncing.engine.Run`.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.syncing.engine import Clip, Run, run

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Request:
    """What to align, and how.

    Attributes:
        clips: the files.
        work: URL of how to work.
        times: whether creation times are weighed.
    """

    clips: tuple[Clip, ...]
    work: str
    times: bool


def run_alone(clips: tuple[Clip, ...], *, work: str = "serial:", times: bool = False) -> Run:
    """Align files in a new process and return what came of it; nothing is kept.

    Raises:
        RuntimeError: if the process failed; its errors were shown.
    """
    with tempfile.TemporaryDirectory(prefix="everyangle-bench-") as name:
        request, out = Path(name) / "request", Path(name) / "out"
        request.write_bytes(pickle.dumps(Request(clips, work, times)))
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "benchmarks.syncing.alone", str(request), str(out)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **threads}, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"aligning {len(clips)} recordings ended with status {done.returncode}")
        found = pickle.loads(out.read_bytes())
    if not isinstance(found, Run):
        raise TypeError(f"expected a run, found {type(found).__name__}")
    return found


def main() -> None:
    """Run one request."""
    asked = pickle.loads(Path(sys.argv[1]).read_bytes())
    with tempfile.TemporaryDirectory(prefix="everyangle-bench-") as keep:
        found = run(asked.clips, Path(keep), work=asked.work, times=asked.times)
    Path(sys.argv[2]).write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
