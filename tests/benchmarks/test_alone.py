"""A run in a process of its own gives what one in this process gives, and says what it took."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.syncing.alone import run_alone
from benchmarks.syncing.engine import Clip, Peak, run
from scipy.io import wavfile

from everyangle.core.solution_json import solution_json
from everyangle.ports.events import Event, Started
from everyangle.testing.sync_scenes import Recorder, record, street

needs_proc = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from /proc")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clip, ...]:
    """Two recordings of one street."""
    folder = tmp_path_factory.mktemp("clips")
    scene = street(81, 30)
    for k, recorder in enumerate((Recorder(0, 20, 5, 5), Recorder(6, 20, -6, 2))):
        wavfile.write(folder / f"{k}.wav", 8000, (record(scene, recorder, k) * 32767).astype("int16"))
    return tuple(Clip(name, folder / f"{name}.wav") for name in "01")


@needs_proc
def test_a_run_alone_gives_the_same_and_tells_time_and_memory(clips: tuple[Clip, ...], tmp_path: Path) -> None:
    steps: list[str] = []

    def also(event: Event) -> None:
        steps.extend([event.step] if isinstance(event, Started) else [])

    here = run(clips, tmp_path, also=also)
    alone = run_alone(clips)
    assert solution_json(alone.solution) == solution_json(here.solution)
    assert len(alone.solution.alignments) == 1
    assert {"features", "match", "solve"} <= set(steps)
    assert 0.1 < sum(alone.cpu_by_step.values()) <= alone.cpu_s + 0.1
    assert 30 < alone.peak_mib < 4000


def test_a_run_alone_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="aligning 1 recordings ended with status 1"):
        run_alone((Clip("0", tmp_path / "missing.wav"),))


@needs_proc
def test_memory_is_seen_while_it_is_held() -> None:
    with Peak() as before:
        pass
    with Peak() as peak:
        held = os.urandom(1 << 20) * 128
        peak.look()
    assert len(held) == 128 << 20
    assert peak.mib > before.mib + 100
