"""Peers that compare two files at a time: each is asked about the pairs of a sample."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.claims import Claim, Files
from benchmarks.peers.environment import HERE, NotMeasuredError, last_line, need, python_of
from benchmarks.peers.kept import Told, kept

ROOT = Path(__file__).parents[2]
PAIRWISE = {
    "audio-offset-finder": "audio-offset-finder 0.5.5",
    "syncstart": "syncstart 1.1.1",
    "audalign": "audalign 1.3.1",
    "polysync": "polysync 0.3.0",
}
"""By the name of their pins: name and version for people."""

LIMIT_S = 1800.0
"""A peer that takes longer is stopped, and what it did not answer counts as not measured."""


def ask(name: str, files: Files, pairs: Sequence[tuple[str, str]], keep: Path) -> Told:
    """Return what a peer says of some pairs.

    Raises:
        NotMeasuredError: if it cannot be run, or did not answer every pair.
    """
    how = [(HERE / f"{name}.txt").read_text(), (HERE / f"{name.replace('-', '_')}.py").read_text()]
    return kept(keep, json.dumps([name, *how]), files, pairs, lambda: _asked(name, files, pairs, keep))


def _asked(name: str, files: Files, pairs: Sequence[tuple[str, str]], keep: Path) -> Told:
    need("ffmpeg")
    python = python_of(name, keep)
    with tempfile.TemporaryDirectory() as folder:
        request, answers, errors = (Path(folder) / part for part in ("request", "answers", "errors"))
        request.write_text(json.dumps({"files": dict(files), "pairs": list(pairs)}), encoding="utf-8")
        with answers.open("wb") as out, errors.open("wb") as wrong:
            command: list[str | Path] = [python, "-m", f"benchmarks.peers.{name.replace('-', '_')}", request]
            process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=wrong, env=alone())
            _wait(process, answers, f"{name}: pairs", len(pairs))
        rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
        if len(rows) < len(pairs):
            said = last_line(errors.read_text(encoding="utf-8", errors="replace"))
            raise NotMeasuredError(f"it stopped after {len(rows)} of {len(pairs)} pairs ({said})")
    claims = tuple(Claim(r["a"], r["b"], r["offset_s"], r["claimed"]) for r in rows)
    return Told(claims, statistics.median(r["cpu_s"] for r in rows), sum(bool(r["said"]) for r in rows))


def _wait(process: subprocess.Popen[bytes], answers: Path, what: str, total: int) -> None:
    """Wait for a peer and say how far it is; stop it at the limit."""
    waited = 0.0
    while True:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            waited += 10
            print(f"{what} {_lines(answers)} of {total}", file=sys.stderr, flush=True)
            if waited >= LIMIT_S:
                process.kill()
                process.wait()
                return
        else:
            return


def alone() -> dict[str, str]:
    """Return an environment in which a peer finds its own packages only, and uses one thread as all others do."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    return {**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")
