from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from everyangle.adapters.work_processes import ProcessWork
from everyangle.adapters.work_serial import SerialWork
from everyangle.core.placements import Pin
from everyangle.core.time import ClockMap
from everyangle.ports.events import Advanced, Event, Finished, Started
from everyangle.stages import align_envelopes, align_join, align_match
from everyangle.stages.align import Source, align
from everyangle.sync import pairs, shelves
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
    assert len(compared_in(cache)) >= 3
    assert cache.puts["features"] == 4


def compared_in(cache: Memory, but: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return the pairs that the journal of compared pairs holds, entries of some keys left out."""
    entries = [v for k, v in cache.kept.items() if k.startswith("pair/") and k not in but]
    return [(row[0], row[1]) for data in entries for row in json.loads(data)]


def joined_in(cache: Memory, but: frozenset[str] = frozenset()) -> set[frozenset[bytes]]:
    """Return the pairs that the journal of joined recordings holds, entries of some keys left out."""
    found = set()
    for key, data in cache.kept.items():
        if key.startswith("join/") and key not in but:
            with np.load(io.BytesIO(data)) as stored:
                rows, columns = (stored[name].tolist() for name in ("rows", "columns"))
                found |= {frozenset((rows[r], columns[c])) for r, c in zip(*np.nonzero(stored["done"]), strict=True)}
    return found


@pytest.fixture(scope="module")
def many() -> list[Source]:
    """43 short recordings of seven encounters."""
    found = []
    for k in range(43):
        scene = street(200 + k % 7, 30)
        x = record(scene, Recorder(2.0 * (k // 7), 14, 3.0 * (k // 7) - 9, k % 5), k)
        found.append(Source(f"m{k}", len(x) / 8000, partial(np.asarray, x), f"many{k}"))
    return found


@pytest.mark.parametrize("piece_pairs", [60_000, 0])
def test_three_recordings_more_cost_their_own_work_only_and_give_what_a_full_run_gives(
    many: list[Source], piece_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "PIECE_PAIRS", piece_pairs)
    monkeypatch.setattr(pairs, "HINTS", 4)
    cache, fresh = Memory(), Memory()
    early = many[:20] + many[23:]
    align(early, SerialWork(), cache=cache)
    before, features = frozenset(cache.kept), cache.puts["features"]
    full = align(many, SerialWork(), cache=fresh)
    assert align(many, SerialWork(), cache=cache) == full
    assert cache.puts["features"] - features == 3
    old = {name for pair in joined_in(cache, frozenset(cache.kept) - before) for name in pair}
    assert len(old) == 40
    news = joined_in(cache, before)
    assert len(news) == 3 * 40 + 3
    assert not [pair for pair in news if all(name in old for name in pair)]
    again = compared_in(cache, before)
    assert again
    assert not [pair for pair in again if all(name.encode() in old for name in pair)]
    assert set(compared_in(cache)) >= set(compared_in(fresh))
    assert len(full.alignments) > 20


class StopHereError(Exception):
    """Stands for Ctrl-C."""


def test_what_was_finished_before_an_interrupt_is_not_done_again(many: list[Source]) -> None:
    cache = Memory()
    told = 0

    def stop(event: Event) -> None:
        nonlocal told
        told += isinstance(event, Advanced) and event.step == "match"
        if told == 3:
            raise StopHereError

    with pytest.raises(StopHereError):
        align(many, SerialWork(), cache=cache, events=stop)
    first = compared_in(cache)
    assert first
    assert align(many, SerialWork(), cache=cache) == align(many, SerialWork())
    assert len(compared_in(cache)) == len(set(compared_in(cache)))


@pytest.mark.parametrize("bound", [1, 60_000])
def test_the_size_of_the_blocks_changes_nothing(
    many: list[Source], bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = align(many[:21], SerialWork())
    monkeypatch.setattr(align_join, "most_hashes", lambda _: bound)
    monkeypatch.setattr(align_envelopes, "PAIRS_A_BLOCK", 7)
    monkeypatch.setattr(align_envelopes, "most_pieces", lambda _: 3)
    monkeypatch.setattr(align_match, "PAIRS_A_BLOCK", 3)
    monkeypatch.setattr(shelves, "COINCIDENCES", 2_000_000 if bound == 1 else 2_000)
    if bound > 1:
        monkeypatch.setattr(shelves, "scattered", lambda codes: np.zeros(len(codes)))
    assert align(many[:21], SerialWork()) == one


def test_the_same_sound_twice_counts_twice(sources: list[Source]) -> None:
    twice = [*sources, replace(sources[0], id="again")]
    cache = Memory()
    found = {p.id: p for p in align(twice, SerialWork(), cache=cache).placements}
    assert found["again"].component == found["r0"].component
    assert align(twice, SerialWork(), cache=cache) == align(twice, SerialWork())


def test_a_damaged_cache_is_passed_over(sources: list[Source]) -> None:
    cache = Memory()
    one = align(sources, SerialWork(), cache=cache)
    cache.kept = dict.fromkeys(cache.kept, b"damaged")
    assert align(sources, SerialWork(), cache=cache) == one


def test_each_step_tells_its_progress(sources: list[Source]) -> None:
    told: list[Event] = []
    align(sources, SerialWork(), events=told.append)
    assert [e.step for e in told if isinstance(e, Started)] == ["features", "pairs", "envelopes", "match", "solve"]
    assert [e.step for e in told if isinstance(e, Finished)] == ["features", "pairs", "envelopes", "match", "solve"]
    for start in (e for e in told if isinstance(e, Started) and e.total is not None):
        assert sum(e.done for e in told if isinstance(e, Advanced) and e.step == start.step) == start.total


def test_what_has_no_sound_can_be_placed_by_hand(sources: list[Source]) -> None:
    found = {p.id: p for p in align(sources, SerialWork(), pins=(Pin("cctv", "r0", ClockMap(-4.0)),)).placements}
    assert found["cctv"].component == found["r0"].component
    assert np.isclose(found["cctv"].clock.offset_s, found["r0"].clock.offset_s - 4.0, atol=1e-3)
