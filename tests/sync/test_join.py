"""Landmarks joined: in arrays or compiled, in one piece or in many, the same is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from everyangle.sync import align as alone
from everyangle.sync import pairs, shelves, tiled
from everyangle.sync.pairs import Candidate, Joined, join
from everyangle.sync.shelves import Landmarks, landmarks_of


def made(rng: np.random.Generator, seconds: float, common: Landmarks | None = None, at: int = 0) -> Landmarks:
    """Return landmarks without meaning; a part of other ones is among them, ``at`` frames later."""
    length = round(seconds * 62.5)
    count = round(seconds * 150)
    codes = (np.minimum(rng.exponential(0.1, count), 1) * 20_000).astype(np.uint32)
    frames = rng.integers(0, length, count).astype(np.uint32)
    if common is not None:
        some = (common.frames + at < length) & (rng.random(len(common.codes)) < 0.3)
        codes = np.concatenate([codes, common.codes[some]])
        frames = np.concatenate([frames, common.frames[some] + np.uint32(at)])
    order = np.lexsort((frames, codes))
    return landmarks_of(codes[order], frames[order], seconds)


@pytest.fixture(scope="module")
def collection() -> list[Landmarks]:
    rng = np.random.default_rng(5)
    found = [made(rng, seconds) for seconds in (9.0, 30.0, 4.0, 61.5, 12.0, 0.0, 200.0)]
    found += [made(rng, 40.0, found[1], 100), made(rng, 20.0, found[3], 7), made(rng, 33.0, found[3], 900)]
    hours = landmarks_of(found[1].codes, found[1].frames + np.uint32(600_000), 10_800.0)
    return [*found, hours]


def joined(collection: list[Landmarks], rows: list[int], columns: list[int]) -> Joined:
    wanted = np.ones((len(rows), len(columns)), dtype=np.bool_)
    wanted = np.triu(wanted, 1) if rows == columns else wanted
    return join([collection[k] for k in rows], [collection[k] for k in columns], (rows, columns), wanted, 5)


def same(one: Joined, other: Joined) -> bool:
    hints = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("a", "b", "nats"))
    return one.candidates == other.candidates and hints


@pytest.mark.parametrize("bounds", [(6_000_000, 96), (4_000, 96), (60_000, 3), (1_000, 2)])
def test_the_compiled_join_finds_what_arrays_find(
    collection: list[Landmarks], bounds: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = list(range(len(collection)))
    monkeypatch.setattr(shelves, "COINCIDENCES", bounds[0])
    monkeypatch.setattr(tiled, "TILE", bounds[0])
    few = joined(collection, everything, everything)
    monkeypatch.setattr(pairs, "MANY_PAIRS", 0)
    monkeypatch.setattr(tiled, "_GROUP", bounds[1])
    many = joined(collection, everything, everything)
    assert same(few, many)
    assert {(c.a, c.b) for c in many.candidates} >= ({(1, 7), (3, 9), (1, 10)} if bounds[0] > 4_000 else set())
    assert len(many.a) > 10


@pytest.mark.parametrize("least", [0, 10**9])
def test_what_two_recordings_share_does_not_depend_on_who_is_looked_up_in_whom(
    collection: list[Landmarks], least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "MANY_PAIRS", least)
    first, second = [0, 1, 2, 3, 4], [5, 6, 7, 8, 9]
    assert same(joined(collection, first, second), joined(collection, second, first))


def test_landmarks_beyond_the_end_are_left_out(collection: list[Landmarks]) -> None:
    whole = collection[1]
    late = whole.frames.copy()
    late[::2] += 10_000
    assert len(landmarks_of(whole.codes, late, 30.0).codes) == len(whole.codes[1::2])
    assert replace(whole).length == 1875


def test_a_recording_is_compared_with_its_best_partners_and_with_those_for_whom_it_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alone, "PARTNERS", 2)
    crowd = [Candidate(0, k, 1.0, 10.0 * k) for k in range(1, 6)]
    others = [Candidate(1, 5, 2.0, 99.0), Candidate(1, 4, 2.0, 98.0), Candidate(0, 5, 3.0, 60.0)]
    found = alone.candidate_lags([*crowd, *others])
    assert found == [(0, 2, (1.0,)), (0, 3, (1.0,)), (0, 4, (1.0,)), (0, 5, (3.0, 1.0)), (1, 4, (2.0,)), (1, 5, (2.0,))]
    assert alone.candidate_lags([]) == []
