from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import pytest

from everyangle.adapters.work_processes import ProcessWork
from everyangle.adapters.work_serial import SerialWork
from everyangle.core.placements import Pin
from everyangle.core.time import ClockMap
from everyangle.ports.events import Advanced, Event, Finished, Started
from everyangle.stages.align import Source, align
from everyangle.testing.sync_scenes import Recorder, record, street


class Memory:
    """A cache that counts what is asked and kept."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.hits: Counter[str] = Counter()
        self.puts: Counter[str] = Counter()

    def get(self, key: str) -> bytes | None:
        value = self.kept.get(key)
        self.hits[key.partition("/")[0]] += value is not None
        return value

    def put(self, key: str, value: bytes) -> None:
        self.puts[key.partition("/")[0]] += 1
        self.kept[key] = value


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    scene = street(81, 45)
    recorders = [Recorder(0, 30, 5, 5), Recorder(6, 30, -6, 2), Recorder(11, 30, 3, -9)]
    sounds = [record(scene, r, k) for k, r in enumerate(recorders)]
    sounds.append(record(street(99, 45), Recorder(0, 30), 7))
    found = [Source(f"r{k}", len(x) / 8000, partial(np.asarray, x), f"key{k}") for k, x in enumerate(sounds)]
    return [*found, Source("cctv", 60.0, None)]


def test_workers_and_cache_change_nothing(sources: list[Source]) -> None:
    cache = Memory()
    one = align(sources, SerialWork(), cache=cache)
    assert align(sources, ProcessWork(2)) == one
    assert align(sources, SerialWork(), cache=cache) == one
    assert cache.hits["features"] == 4
    assert cache.hits["pair"] == cache.puts["pair"] >= 3


def test_a_recording_more_costs_its_own_work_only_and_gives_what_a_full_run_gives(sources: list[Source]) -> None:
    cache = Memory()
    align([s for s in sources if s.id != "r2"], SerialWork(), cache=cache)
    before = dict(cache.puts)
    assert align(sources, SerialWork(), cache=cache) == align(sources, SerialWork())
    assert cache.puts["features"] - before["features"] == 1
    assert cache.puts["pair"] - before["pair"] == 2


def test_a_damaged_cache_is_passed_over(sources: list[Source]) -> None:
    cache = Memory()
    one = align(sources, SerialWork(), cache=cache)
    cache.kept = dict.fromkeys(cache.kept, b"damaged")
    assert align(sources, SerialWork(), cache=cache) == one


def test_each_step_tells_its_progress(sources: list[Source]) -> None:
    told: list[Event] = []
    align(sources, SerialWork(), events=told.append)
    assert [e.step for e in told if isinstance(e, Started)] == ["features", "pairs", "match", "solve"]
    assert [e.step for e in told if isinstance(e, Finished)] == ["features", "pairs", "match", "solve"]
    for start in (e for e in told if isinstance(e, Started) and e.total is not None):
        assert sum(e.done for e in told if isinstance(e, Advanced) and e.step == start.step) == start.total


def test_what_has_no_sound_can_be_placed_by_hand(sources: list[Source]) -> None:
    found = {p.id: p for p in align(sources, SerialWork(), pins=(Pin("cctv", "r0", ClockMap(-4.0)),)).placements}
    assert found["cctv"].component == found["r0"].component
    assert np.isclose(found["cctv"].clock.offset_s, found["r0"].clock.offset_s - 4.0, atol=1e-3)
