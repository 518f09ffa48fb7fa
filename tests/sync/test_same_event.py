from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from everyangle.core.alignment import Placement, Solution, Verdict
from everyangle.testing.sync_scenes import F32, Recorder, record, street

Aligner = Callable[..., Solution]
Placed = Callable[[Solution], dict[str, Placement]]


def difference_s(placement: Placement, anchor: Placement, recorder: Recorder, base: Recorder, t_media: float) -> float:
    """How far a placement is off at a media time, against the anchor's true clock."""
    t_event = recorder.clock.event_from_media(t_media)
    t_anchor = base.clock.media_from_event(t_event)
    assert t_anchor is not None
    assert anchor.anchor
    return placement.clock.event_from_media(t_media) - t_anchor


RECORDERS = {
    "porch": Recorder(0.0, 40.0, 5, 5, ppm=40),
    "window": Recorder(11.3, 40.0, -8, 3, ppm=-35),
    "car": Recorder(18.6, 35.0, 12, -9, noise=0.02),
}


@pytest.fixture(scope="module")
def scene() -> dict[str, F32]:
    sources = street(3, 60)
    return {name: record(sources, recorder, k) for k, (name, recorder) in enumerate(RECORDERS.items())}


@pytest.fixture(scope="module")
def solved(scene: dict[str, F32], aligned: Aligner) -> Solution:
    return aligned({**scene, "stranger": record(street(77, 50), Recorder(4, 40), 9)})


def test_recordings_of_one_event_are_placed_within_fifty_milliseconds_and_their_stated_error(
    solved: Solution, placed: Placed
) -> None:
    found = placed(solved)
    (base,) = [name for name in RECORDERS if found[name].anchor]
    for name in set(RECORDERS) - {base}:
        off = difference_s(found[name], found[base], RECORDERS[name], RECORDERS[base], 20.0)
        assert abs(off) < 0.05
        assert abs(off) <= found[name].clock.error_s
        assert found[name].component == found[base].component == 0


def test_the_anchor_is_the_clock(solved: Solution, placed: Placed) -> None:
    (anchor,) = [p for p in placed(solved).values() if p.anchor and p.component == 0]
    assert (anchor.clock.offset_s, anchor.clock.rate, anchor.clock.error_s) == (0.0, 1.0, 0.0)


def test_drift_is_measured_to_a_few_parts_per_million(solved: Solution) -> None:
    for found in solved.alignments:
        true = (RECORDERS[found.b].clock.rate / RECORDERS[found.a].clock.rate - 1) * 1e6
        assert found.drift_ppm == pytest.approx(true, abs=8)


def test_a_stranger_stays_out_with_a_reason(solved: Solution, placed: Placed) -> None:
    stranger = placed(solved)["stranger"]
    assert stranger.component == 1
    assert stranger.reason == "it has nothing in common with the other recordings"
    assert all("stranger" not in (a.a, a.b) for a in solved.alignments)


def test_an_alignment_says_which_seconds_and_kinds_of_evidence_agree(solved: Solution) -> None:
    for found in solved.alignments:
        assert found.verdict is Verdict.SAME_EVENT
        assert found.evidence["used"] is True
        assert len(found.evidence["kinds"]) >= 2  # type: ignore[arg-type]  # JSON-ready values are objects
        assert found.evidence["triangles_closed"] == 1


def test_names_and_order_do_not_matter(
    scene: dict[str, F32], solved: Solution, aligned: Aligner, placed: Placed
) -> None:
    new_names = {"porch": "z", "window": "a", "car": "m"}
    again = placed(aligned({new_names[n]: scene[n] for n in ("car", "window", "porch")}))
    for name in RECORDERS:
        one, other = placed(solved)[name], again[new_names[name]]
        assert (one.clock, one.anchor, one.component) == (other.clock, other.anchor, other.component)


def test_a_pair_is_told_in_input_order_whichever_way_round_it_was_measured(
    scene: dict[str, F32], aligned: Aligner
) -> None:
    pair = {name: scene[name] for name in ("porch", "window")}
    (there,) = aligned(pair).alignments
    (back,) = aligned(dict(reversed(pair.items()))).alignments
    assert (there.a, there.b) == (back.b, back.a) == ("porch", "window")
    assert there.offset_s is not None
    assert back.offset_s is not None
    t_b = 7.0
    t_a = there.offset_s + (1 + there.drift_ppm * 1e-6) * t_b
    assert back.offset_s + (1 + back.drift_ppm * 1e-6) * t_a == pytest.approx(t_b, abs=1e-6)


def test_int16_sound_gives_the_same_as_float(scene: dict[str, F32], aligned: Aligner, placed: Placed) -> None:
    whole = {name: np.round(sound * 32768).astype(np.int16) for name, sound in scene.items()}
    floats = {name: sound.astype(np.float32) / np.float32(32768) for name, sound in whole.items()}
    assert placed(aligned(whole)) == placed(aligned(floats))


def test_a_chain_of_overlaps_becomes_one_component(aligned: Aligner, placed: Placed) -> None:
    sources = street(31, 115)
    recorders = {f"c{k}": Recorder(k * 25.0, 40.0, 4.0 * k, 0.0, ppm=10.0 * k) for k in range(4)}
    solution = aligned({name: record(sources, r, k) for k, (name, r) in enumerate(recorders.items())})
    found = placed(solution)
    assert {p.component for p in found.values()} == {0}
    (base,) = [name for name, p in found.items() if p.anchor]
    for name in set(recorders) - {base}:
        true = recorders[name].start_s - recorders[base].start_s
        assert found[name].clock.offset_s == pytest.approx(true, abs=max(0.05, found[name].clock.error_s))
    assert found["c3"].clock.error_s >= found["c2"].clock.error_s


def test_the_stated_interval_covers_the_truth_in_many_scenes(aligned: Aligner, placed: Placed) -> None:
    inside = total = 0
    for seed in range(500, 512):
        rng = np.random.default_rng(seed)
        sources = street(seed, 45, spread_m=20)
        recorders = {
            f"r{k}": Recorder(
                start_s=float(rng.uniform(0, 10)),
                length_s=24.0,
                x_m=float(rng.uniform(-15, 15)),
                y_m=float(rng.uniform(-15, 15)),
                ppm=float(rng.uniform(-50, 50)),
            )
            for k in range(3)
        }
        found = placed(aligned({n: record(sources, r, seed + k) for k, (n, r) in enumerate(recorders.items())}))
        bases = {p.component: n for n, p in found.items() if p.anchor}
        for name, placement in found.items():
            base = bases[placement.component]
            if name != base:
                off = difference_s(placement, found[base], recorders[name], recorders[base], 12.0)
                inside += abs(off) <= placement.clock.error_s
                total += 1
    assert total >= 20
    assert inside >= 0.9 * total
