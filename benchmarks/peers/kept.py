"""Keeps what peers said, so that a run that was cut off, or a second one on the same recordings, asks only what is new.

A peer's answer depends on its version, the recordings and the pairs, and on nothing of this project.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.peers.claims import Claim, Files


@dataclass(frozen=True, slots=True)
class Told:
    """What a peer said: its claims, the CPU seconds that it took, and of how many pairs it gave an error.

    ``cpu_s`` is of all where every pair was asked about, the median of one pair in a sample.
    """

    claims: tuple[Claim, ...]
    cpu_s: float
    refused: int = 0


def kept(keep: Path, peer: str, files: Files, pairs: Sequence[tuple[str, str]] | None, ask: Callable[[], Told]) -> Told:
    """Return what a peer said, asking it where that is not kept.

    Args:
        keep: the cache.
        peer: names it with all that decides its answers: version, pins, settings.
        files: the recordings by id; their contents decide.
        pairs: that it is asked about; None for all.
        ask: asks it.

    Raises:
        NotMeasuredError: as ``ask`` raises it; that is not kept.
    """
    contents = {name: hashlib.sha256(Path(path).read_bytes()).hexdigest() for name, path in sorted(files.items())}
    question = json.dumps([peer, contents, pairs])
    path = keep / "answers" / f"{hashlib.sha256(question.encode()).hexdigest()[:24]}.json"
    if path.exists():
        said = json.loads(path.read_bytes())
        return Told(tuple(Claim(**claim) for claim in said["claims"]), said["cpu_s"], said["refused"])
    told = ask()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(told)), encoding="utf-8")
    part.replace(path)
    return told
