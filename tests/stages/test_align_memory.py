"""What aligning may take of memory is granted, and kept to: measured in a process of its own on a made collection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from everyangle import app
from everyangle.core.errors import BadInputError
from everyangle.ports.work import Memory
from everyangle.stages.align_memory import most_hashes, most_pieces

CHILD = """
import sys
import numpy as np
from pathlib import Path
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.work_serial import SerialWork
from everyangle.ports.events import silent
from everyangle.ports.work import Memory
from everyangle.stages import align_join
from everyangle.stages.align_envelopes import enveloped
from everyangle.stages.align_join import joined
from everyangle.stages.align_journal import handle
from everyangle.sync.features import Features

align_join._SHELVES = 1  # so that nothing but memory cuts the work in pieces
rng = np.random.default_rng(3)
cache = FolderDerived(Path(sys.argv[1]))
names, gets, hashes = [], [], []
for k in range(100):
    codes = np.sort(rng.integers(0, 1 << 22, 80_000)).astype(np.uint32)
    frames = rng.integers(0, 12_500, len(codes)).astype(np.uint32)
    bands = rng.standard_normal((12_500, 32), np.float32).astype(np.float16)
    levels = np.zeros(200, np.float32)
    made = Features(f"{k:064x}", 200.0, codes, frames, np.zeros(len(codes), np.uint8), bands, bands, levels, ())
    cache.put(f"f{k}", made.to_bytes())
    names.append(made.digest)
    gets.append(handle(cache, f"f{k}", made))
    hashes.append(len(codes))
    del made
memory = Memory(int(sys.argv[2]))
pairs = [(a, b) for a in range(60) for b in range(a + 1, 100, 31)]
found = joined(names, gets, hashes, SerialWork(), cache, silent, memory)
more = enveloped(names, gets, [4] * 100, pairs, SerialWork(), cache, silent, memory)
# Not ru_maxrss: it begins with what the process held that started this one.
(peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024, len(found.a), float(found.nats.sum()), len(more))
"""


def run(folder: Path, mib: int) -> tuple[int, list[str]]:
    """Return the peak of resident memory in MiB, and what was found."""
    command = [sys.executable, "-c", CHILD, str(folder), str(mib)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return int(told[0]), told[1:]


def test_a_process_keeps_to_the_memory_that_it_was_granted_and_finds_the_same(tmp_path: Path) -> None:
    little, found = run(tmp_path / "little", 400)
    much, all_found = run(tmp_path / "much", 1200)
    assert little <= 400
    assert 500 < much <= 1200
    assert found == all_found


def test_more_memory_is_larger_pieces_of_work_and_too_little_still_some() -> None:
    sizes = [(most_hashes(Memory(mib)), most_pieces(Memory(mib))) for mib in (0, 400, 1024, 4096)]
    assert sizes[0][0] > 0
    assert sizes[0][1] > 0
    assert sizes == sorted(sizes)
    assert sizes[3][0] > 3 * sizes[2][0]


def test_memory_is_set_from_the_environment() -> None:
    assert app.settings({"EVERYANGLE_MEMORY": "512"}).memory == Memory(512)
    assert app.settings({}).memory == Memory()
    with pytest.raises(BadInputError) as caught:
        app.settings({"EVERYANGLE_MEMORY": "lots"})
    assert caught.value.code == "memory-unknown"
