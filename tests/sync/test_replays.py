from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from everyangle.core.alignment import Placement, Solution, Verdict
from everyangle.testing.sync_scenes import Recorder, Source, looped, record, siren, song, speech, street

Aligner = Callable[..., Solution]
Placed = Callable[[Solution], dict[str, Placement]]

HERE = Recorder(2.0, 45.0, 1, 1, noise=0.02)


def apart(solution: Solution) -> bool:
    return len({p.component for p in solution.placements}) == len(solution.placements)


@pytest.mark.parametrize("level", [0.8, 3.0])
def test_the_same_song_in_two_places_joins_nothing(level: float, aligned: Aligner) -> None:
    tune = song(5, 70)
    sounds = {
        name: record([*street(seed, 50), Source(tune, 5, 5, level, start_s=-start)], HERE, seed)
        for name, seed, start in (("bar", 20, 3.0), ("shop", 21, 11.0))
    }
    solution = aligned(sounds)
    assert apart(solution)
    (found,) = solution.alignments
    assert found.verdict in {Verdict.REPLAYED_CONTENT, Verdict.AMBIGUOUS}
    assert any(abs(x - 8.0) < 0.1 for x in found.offsets_s)
    others = {"bar": "shop", "shop": "bar"}
    assert all(others[p.id] in (p.reason or "") for p in solution.placements)


@pytest.mark.parametrize("percent", [0.2, 0.5])
def test_what_is_played_at_two_speeds_is_told_from_what_was_heard_once(percent: float, aligned: Aligner) -> None:
    spoken = speech(81, 70)
    times = np.arange(int(len(spoken) / (1 + percent / 100))) * (1 + percent / 100)
    faster = np.interp(times, np.arange(len(spoken)), spoken).astype(np.float32)
    sounds = {
        name: record([*street(seed, 50), Source(played, 5, 5, 4.0, start_s=-3.0)], HERE, seed)
        for name, seed, played in (("home", 26, spoken), ("shop", 27, faster))
    }
    solution = aligned(sounds)
    assert apart(solution)
    assert all(found.verdict is not Verdict.SAME_EVENT for found in solution.alignments)
    assert any("faster" in str(found.evidence["why_not"]) for found in solution.alignments)


@pytest.mark.parametrize("kind", ["song", "speech"])
def test_a_loop_is_ambiguous_with_its_period(kind: str, aligned: Aligner) -> None:
    part = song(6, 8.0) if kind == "song" else speech(6, 8.0)
    loop = looped(part, 70)
    sounds = {
        name: record([Source(loop, 5, 5, 3.0, start_s=-start)], HERE, seed)
        for name, seed, start in (("a", 20, 3.0), ("b", 21, 6.0))
    }
    solution = aligned(sounds)
    (found,) = solution.alignments
    assert apart(solution)
    assert found.verdict is Verdict.AMBIGUOUS
    assert found.offset_s is None
    assert found.period_s == pytest.approx(8.0, abs=0.05)
    assert len(found.offsets_s) > 1


def test_the_same_siren_model_in_two_places_is_ambiguous_with_its_period(aligned: Aligner, placed: Placed) -> None:
    wail = siren(80, period_s=4.9)
    sounds = {
        name: record([*street(seed, 50), Source(wail, 15, 5, 8.0, start_s=-start)], HERE, seed)
        for name, seed, start in (("a", 22, 3.0), ("b", 23, 6.0))
    }
    solution = aligned(sounds)
    assert apart(solution)
    (found,) = solution.alignments
    assert found.verdict is Verdict.AMBIGUOUS
    assert found.period_s == pytest.approx(4.9, abs=0.05)
    assert "every 4.90 s" in (placed(solution)["a"].reason or "")


def test_voices_beside_a_siren_decide_its_place(aligned: Aligner, placed: Placed) -> None:
    scene = [*street(22, 60), Source(siren(80), 15, 5, 8.0, start_s=-3.0)]
    recorders = {"a": HERE, "b": Recorder(7.0, 45.0, 1, 9, noise=0.02)}
    found = placed(aligned({name: record(scene, r, k) for k, (name, r) in enumerate(recorders.items())}))
    assert found["a"].component == found["b"].component
    offset = found["b"].clock.offset_s - found["a"].clock.offset_s
    assert offset == pytest.approx(5.0, abs=0.05)


@pytest.mark.parametrize("level", [1.5, 6.0])
def test_an_announcement_used_twice_joins_nothing(level: float, aligned: Aligner) -> None:
    spoken = speech(77, 7.0)
    sounds = {
        name: record([*street(seed, 50), Source(spoken, 5, 5, level, start_s=start)], HERE, seed)
        for name, seed, start in (("a", 24, 13.0), ("b", 25, 21.0))
    }
    solution = aligned(sounds)
    assert apart(solution)
    assert all(found.verdict is not Verdict.SAME_EVENT for found in solution.alignments)
