from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from everyangle.core.alignment import Solution, Verdict
from everyangle.sync.align import candidate_lags, candidates
from everyangle.sync.compare import Heard, compare
from everyangle.sync.features import features_from_sound
from everyangle.sync.sources import INDEPENDENT_HEIGHT, in_pauses
from everyangle.testing.sync_scenes import F32, Recorder, Source, record, speech, street

Aligner = Callable[..., Solution]
HERE = Recorder(2.0, 45.0, 1, 1, noise=0.02)
THERE = Recorder(5.0, 45.0, -6, 7, noise=0.02)


def compared(one: F32, other: F32) -> Heard:
    a, b = features_from_sound(one), features_from_sound(other)
    ((_, _, lags),) = candidate_lags(candidates([a, b]))
    return compare(a, b, one, other, lags)


@pytest.mark.parametrize("seed", [32, 33, 34])
def test_other_voices_are_heard_in_the_pauses_of_the_commonest_source(seed: int) -> None:
    scene = street(seed, 55)
    found = compared(record(scene, HERE, 1), record(scene, THERE, 2))
    assert found.pauses is not None
    assert found.pauses.height > INDEPENDENT_HEIGHT
    assert found.finding.independent
    assert found.finding.sure


@pytest.mark.parametrize("level", [1.5, 4.0])
@pytest.mark.parametrize("seed", [41, 42, 43])
def test_one_broadcast_in_two_homes_is_a_link_with_its_offset_and_joins_nothing(
    seed: int, level: float, aligned: Aligner
) -> None:
    sent = speech(seed, 70)
    sounds = {
        "flat": record([*street(100 + seed, 55), Source(sent, 3, 3, level)], HERE, 1),
        "house": record([*street(200 + seed, 55), Source(sent, -4, 5, level)], THERE, 2),
    }
    solution = aligned(sounds)
    assert len({p.component for p in solution.placements}) == 2
    (found,) = solution.alignments
    assert found.verdict is Verdict.REPLAYED_CONTENT
    assert found.offset_s == pytest.approx(3.0, abs=0.1)
    assert "one place" in str(found.evidence["why_not"])


def test_copies_of_one_recording_are_joined_though_they_tell_no_two_sources_apart(aligned: Aligner) -> None:
    sound = record(street(51, 40), HERE, 1)
    noise = np.random.default_rng(1).standard_normal(len(sound)) * 0.002
    solution = aligned({"sent": sound, "received": (0.7 * sound + noise).astype(np.float32)})
    assert len({p.component for p in solution.placements}) == 1


def test_recordings_that_say_nothing_alone_are_joined_where_a_third_agrees(aligned: Aligner) -> None:
    scene = street(61, 60, spread_m=25.0)
    recorders = {
        "near": Recorder(2.0, 50.0, 2, 1, noise=0.02),
        "side": Recorder(4.0, 50.0, -9, 6, noise=0.05),
        "far": Recorder(6.0, 50.0, 30, 25, noise=0.12),
    }
    solution = aligned({name: record(scene, r, k) for k, (name, r) in enumerate(recorders.items())})
    assert len({p.component for p in solution.placements}) == 1


LAG = 400
"""Samples by which the second sound begins later than the first in the pairs below."""


def pair_of(voice: F32, heard_by_b: F32, noise: float = 0.02) -> tuple[F32, F32]:
    random = np.random.default_rng(7)
    a = voice + noise * random.standard_normal(len(voice))
    b = heard_by_b + noise * random.standard_normal(len(voice))
    return a.astype(np.float32), b[LAG:].astype(np.float32)


def height(a: F32, b: F32, *, wanders: bool = False) -> float:
    return in_pauses(a, b, 0.0, len(b) / 8000, LAG / 8000, 0.0, 0.0, wanders=wanders).height


def late(sound: F32, samples: int) -> F32:
    return np.concatenate([np.zeros(samples, np.float32), sound[:-samples]])


@pytest.mark.parametrize("detour", [24, 60, 100])
@pytest.mark.parametrize("seed", [71, 72])
def test_an_echo_is_no_other_source(seed: int, detour: int) -> None:
    voice = speech(seed, 60).astype(np.float32)
    swell = (0.5 + 0.5 * np.sin(np.arange(len(voice)) / 8000 * 2 * np.pi / 7.3)).astype(np.float32)
    a, b = pair_of(voice, (1 - 0.6 * swell) * voice + 0.5 * late(voice, detour))
    assert height(a, b) < INDEPENDENT_HEIGHT


@pytest.mark.parametrize("seed", [71, 72])
def test_another_talker_a_step_aside_is_another_source(seed: int) -> None:
    voice, other = (speech(k, 60).astype(np.float32) for k in (seed, seed + 50))
    a, b = pair_of(voice + 0.6 * other, voice + 0.6 * late(other, 60))
    assert height(a, b) > INDEPENDENT_HEIGHT


@pytest.mark.parametrize("seed", [71, 72])
def test_milliseconds_lost_on_the_way_make_no_other_source(seed: int) -> None:
    voice = speech(seed, 60).astype(np.float32)
    cut = len(voice) * 2 // 3
    a, b = pair_of(voice, np.concatenate([voice[:cut], late(voice, 192)[cut:]]))
    assert height(a, b) < INDEPENDENT_HEIGHT


def test_what_is_played_at_a_changing_speed_is_one_source() -> None:
    voice = speech(71, 60).astype(np.float32)
    at = np.arange(len(voice), dtype=np.float64)
    wandering = np.interp(at - 32 * np.sin(at / 8000 * 2 * np.pi / 20), at, voice).astype(np.float32)
    a, b = pair_of(voice, wandering)
    assert height(a, b, wanders=True) < INDEPENDENT_HEIGHT


def walked(voice: F32, reach_s: float, period_s: float) -> F32:
    at = np.arange(len(voice), dtype=np.float64)
    return np.interp(at - 8000 * reach_s * np.sin(at / 8000 * 2 * np.pi / period_s), at, voice).astype(np.float32)


@pytest.mark.parametrize("reach_s", [0.003, 0.005])
@pytest.mark.parametrize("seed", [71, 72, 73])
def test_a_recorder_that_walks_there_and_back_hears_one_source(seed: int, reach_s: float) -> None:
    voice = speech(seed, 60).astype(np.float32)
    a, b = pair_of(voice, walked(voice, reach_s, 25.0))
    assert height(a, b) < INDEPENDENT_HEIGHT


@pytest.mark.parametrize("reach_s", [0.003, 0.006, 0.009])
def test_who_walks_still_hears_another_talker(reach_s: float) -> None:
    voice, other = (speech(k, 60).astype(np.float32) for k in (71, 121))
    walking = walked(voice + 0.6 * late(other, 250), reach_s, 25.0)
    a, b = pair_of(voice + 0.6 * other, walking)
    assert height(a, b) > INDEPENDENT_HEIGHT
