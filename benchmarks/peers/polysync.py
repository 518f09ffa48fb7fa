"""Asks polysync: correlation of energy envelopes, refined by probes of 60 s.

Its strict way needs three probes, three minutes apart, so it is asked in its way for recordings that overlap in part.
It warns that an offset may be unreliable where the correlation is below 0.3; the others count as claimed.
"""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.peers.answer import answer

RELIABLE = 0.3


def compare(a: str, b: str) -> tuple[float | None, float, bool]:
    """Return the time at which b begins in a, and the correlation of the envelopes."""
    audio, sync = import_module("polysync.audio"), import_module("polysync.sync")
    sounds = []
    with tempfile.TemporaryDirectory() as folder:
        for n, path in enumerate((a, b)):
            audio.extract_pcm(path, Path(folder) / str(n), sync.SR)
            sounds.append(audio.read_pcm(Path(folder) / str(n)))
    lengths = [audio.media_duration(path) for path in (a, b)]
    found = sync.compute_sync(*sounds, *lengths, partial=True)
    return float(found.delta_seconds), float(found.coarse_corr), bool(found.coarse_corr >= RELIABLE)


if __name__ == "__main__":
    answer(compare)
