"""Work on a real Ray cluster of three machines, as far as Ray can tell; they come and go."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.io import wavfile

from everyangle import app
from everyangle.adapters import work_ray
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.work_ray import RayWork, Running
from everyangle.adapters.work_serial import SerialWork
from everyangle.core.alignment_json import alignment_json
from everyangle.core.errors import BadInputError, LimitError
from everyangle.core.solution_json import solution_json
from everyangle.ports.events import Advanced, Event
from everyangle.ports.work import Work
from everyangle.stages.align import Source, align
from everyangle.stages.sounds import KeptSound, SentSound, write_sound
from everyangle.testing.sync_scenes import Recorder, record, street
from everyangle.testing.work_contract import WorkContract, die_on_two, square

os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # read by Ray as it is imported: stay on this machine
ray: Any = importlib.import_module("ray")
pytestmark = [
    pytest.mark.filterwarnings("ignore:subprocess:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*ray.*:FutureWarning"),
]

NODE: dict[str, Any] = {"num_cpus": 1, "include_dashboard": False, "node_ip_address": "127.0.0.1"}
SOON = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 200, "health_check_failure_threshold": 5}


def test_where_no_cluster_answers_is_told() -> None:
    with pytest.raises(BadInputError) as caught:
        next(iter(RayWork(Running("127.0.0.1:9")).map(square, [1])))
    assert caught.value.code == "ray-unreachable"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    made: Any = Cluster(initialize_head=True, head_node_args={**NODE, "_system_config": SOON})
    made.add_node(**NODE)
    made.add_node(**NODE)
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.fixture(scope="module")
def work(cluster: Any) -> Iterator[Work]:
    made = RayWork(Running(cluster.address))
    yield made
    made.close()


class TestCluster(WorkContract):
    """What every way to work must do."""


def test_a_task_that_kills_its_workers_is_given_up(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_ray, "_RETRIES", 1)
    results = work.map(die_on_two, range(4))
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(LimitError) as caught:
        next(results)
    assert caught.value.code == "worker-lost"


def stands_for(sound: KeptSound | SentSound) -> tuple[str, int]:
    """Return what a worker got, and the sum of its samples."""
    return type(sound).__name__, int(sound().sum())


@pytest.mark.parametrize(("shared", "got"), [(False, "SentSound"), (True, "KeptSound")])
def test_files_travel_once_and_only_where_machines_do_not_share_them(
    cluster: Any, work: Work, tmp_path: Path, *, shared: bool, got: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(work.map(square, [2])) == [4]  # connected, so that nothing is put but what is counted

    sound = KeptSound(tmp_path / "sound")
    sound.path.write_bytes(np.arange(1000, dtype="<i2").tobytes())
    other = RayWork(Running(cluster.address, shared=shared))
    put: list[int] = []
    keep = ray.put

    def counted(value: Any) -> Any:
        put.append(getattr(value, "nbytes", 0))
        return keep(value)

    monkeypatch.setattr(ray, "put", counted)
    assert list(other.map(stands_for, [sound] * 9)) == [(got, 499500)] * 9
    assert put == ([0] if shared else [0, 2000])
    other.close()


def test_files_sent_long_ago_are_forgotten_where_they_would_fill_the_memory(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds = [KeptSound(tmp_path / f"{k}") for k in range(5)]
    for k, sound in enumerate(sounds):
        sound.path.write_bytes(np.full(1000, k, dtype="<i2").tobytes())
    monkeypatch.setattr(work_ray, "_SENT_BYTES", 5_000)
    work = RayWork(Running(cluster.address))
    got = list(work.map(stands_for, sounds * 3))
    assert got == [("SentSound", 1000 * k) for k in range(5)] * 3
    assert len(work._sent) == 2
    work.close()


def workers() -> list[int]:
    """Return the processes that do Ray's tasks at this moment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cmdline").read_bytes().startswith(b"ray::_work"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_a_worker_and_a_machine_killed_in_the_middle_of_a_run_change_nothing(
    cluster: Any, work: Work, tmp_path: Path
) -> None:
    sources = []
    for k in range(12):
        sound = KeptSound(tmp_path / f"{k}.sound")
        samples = record(street(200 + k % 3, 24), Recorder(2.0 * (k // 3), 14, 3.0 * (k // 3) - 9, k % 5), k)
        with sound.path.open("wb") as out:
            write_sound(out, samples)
        sources.append(Source(f"r{k}", len(samples) / 8000, sound, f"key{k}"))
    local = align(sources, SerialWork(), cache=FolderDerived(tmp_path / "local"))
    victim = sorted(cluster.worker_nodes, key=lambda node: str(node.unique_id))[0]
    killed = []

    def kill(event: Event) -> None:
        if isinstance(event, Advanced) and event.step == "features" and "worker" not in killed:
            until = time.monotonic() + 5
            while not (busy := workers()) and time.monotonic() < until:
                time.sleep(0.002)
            os.kill(busy[0], signal.SIGKILL)
            killed.append("worker")
        if isinstance(event, Advanced) and event.step == "match" and event.done and "machine" not in killed:
            cluster.remove_node(victim, allow_graceful=False)
            killed.append("machine")

    far = align(sources, work, cache=FolderDerived(tmp_path / "far"), events=kill)
    assert killed == ["worker", "machine"]
    assert solution_json(far) == solution_json(local)
    assert len(far.alignments) > 6


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BadInputError) as caught:
        list(app.work("ray:local?workers=2").map(square, [1]))
    assert (caught.value.code, "everyangle[ray]" in caught.value.todo) == ("ray-missing", True)


@pytest.mark.parametrize("url", ["ray:", "ray:far", "ray:local?workers=many", "ray://127.0.0.1:6379?file=shared"])
def test_a_mistyped_cluster_is_refused(url: str) -> None:
    with pytest.raises(BadInputError) as caught:
        app.work(url)
    assert caught.value.code == "work-unknown"


def test_the_command_aligns_on_a_cluster_of_this_machine_as_it_does_alone(tmp_path: Path) -> None:
    scene = street(81, 30)
    for k, recorder in enumerate((Recorder(0, 20, 5, 5), Recorder(6, 20, -6, 2))):
        wavfile.write(tmp_path / f"{k}.wav", 8000, (record(scene, recorder, k) * 32767).astype(np.int16))
    command = "from everyangle.cli.main import run; run()"
    far = [sys.executable, "-c", command, "align", str(tmp_path), "--json", "-", "--work", "ray:local?workers=2"]
    told = subprocess.run(far, capture_output=True, check=True).stdout
    assert told == alignment_json(app.align([tmp_path], work_url="serial:"))
    assert len(json.loads(told)["alignments"]) == 1
