from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.time import ClockMap
from everyangle.sync.agree import Pair
from everyangle.sync.check import Finding
from everyangle.sync.cycles import MOST_CYCLES, fits
from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.match import Match, Piece
from everyangle.testing.sync_scenes import Recorder, record, street

NONE = Seconds(0, 0, 0.0, 0.0)


def pair(a: str, b: str, lag_s: float, score: float = 50.0, seconds: tuple[int, ...] = (4, 5, 6)) -> Pair:
    line = Line(lag_s, 5.0, 0.0)
    piece = Piece(0.0, 30.0, line, NONE, NONE, NONE, None, 0.0, 0.0, 0.0, seconds)
    finding = Finding(Verdict.SAME_EVENT, score, sure=True, kinds=(), lags_s=(lag_s,), period_s=None, why="")
    return Pair(a, b, Match((piece,), (), 30.0), finding, ())


def at(**offsets: float) -> Mapping[str, ClockMap]:
    return {name: ClockMap(offset) for name, offset in offsets.items()}


def test_a_circle_misses_its_start_by_what_the_offsets_disagree() -> None:
    pairs = [pair("a", "b", 2.0), pair("b", "c", 3.0), pair("a", "c", 5.1)]
    found = fits(pairs, {0, 1, 2}, at(a=0.0, b=2.0, c=5.0))
    assert found[0].residual_s == pytest.approx(0.0)
    assert found[2].residual_s == pytest.approx(0.1)
    assert [c.third for c in found[0].cycles] == ["c"]
    # a to b to c is 5.0, back from c to a is 5.1 the other way.
    assert found[0].cycles[0].closes_s == pytest.approx(-0.1)
    assert found[2].cycles[0].closes_s == pytest.approx(0.1)


def test_a_circle_does_not_depend_on_where_the_clocks_were_put() -> None:
    pairs = [pair("a", "b", 2.0), pair("b", "c", 3.0), pair("a", "c", 5.1)]
    one = fits(pairs, {0, 1, 2}, at(a=0.0, b=2.0, c=5.0))
    other = fits(pairs, {0, 1, 2}, at(a=7.0, b=1.0, c=3.0))
    assert one[1].cycles[0].closes_s == pytest.approx(other[1].cycles[0].closes_s)


def test_pairs_that_are_not_used_close_nothing() -> None:
    pairs = [pair("a", "b", 2.0), pair("b", "c", 3.0), pair("a", "c", 5.1)]
    found = fits(pairs, {0, 1}, at(a=0.0, b=2.0, c=5.0))
    assert found.keys() == {0, 1}
    assert all(not fit.cycles for fit in found.values())


def test_the_circles_with_the_most_evidence_are_told() -> None:
    thirds = [f"t{k:02d}" for k in range(MOST_CYCLES + 4)]
    pairs = [pair("a", "b", 0.0)]
    for k, third in enumerate(thirds):
        pairs += [pair("a", third, 0.0, 20.0 + k), pair("b", third, 0.0, 90.0)]
    found = fits(pairs, set(range(len(pairs))), at(a=0, b=0, **dict.fromkeys(thirds, 0)))
    assert [c.third for c in found[0].cycles] == thirds[::-1][:MOST_CYCLES]


@pytest.fixture(scope="module")
def three(aligned: Callable[..., Solution]) -> Solution:
    scene = street(402, 70)
    return aligned(
        {
            "porch-phone": record(scene, Recorder(0.0, 60, 5, 5, ppm=40), 1),
            "livestream": record(scene, Recorder(3.5, 50, -6, 8, lost=((22.0, 3.2),)), 2),
            "window-phone": record(scene, Recorder(8.0, 55, 9, -4, ppm=-45), 3),
        }
    )


def test_each_alignment_tells_with_whom_it_closes(three: Solution) -> None:
    evidence: Mapping[tuple[str, str], Any] = {(f.a, f.b): f.evidence for f in three.alignments}
    for (a, b), told in evidence.items():
        (cycle,) = told["cycles"]
        assert {a, b, cycle["with"]} == {p.id for p in three.placements}
        # Drift and the lost stretch are counted: only the sound's way is left.
        assert abs(cycle["closes_s"]) < 0.15
        assert abs(told["residual_s"]) < 0.15


def test_a_residual_is_what_the_pair_alone_would_say(three: Solution) -> None:
    clock = {p.id: p.clock for p in three.placements}
    for found in three.alignments:
        assert _middle_gap(found, clock) == pytest.approx(found.evidence["residual_s"], abs=0.005)


def _middle_gap(found: Alignment, clock: Mapping[str, ClockMap]) -> float:
    evidence: Any = found.evidence
    piece = max(evidence["pieces"], key=lambda p: p["b_to_s"] - p["b_from_s"])
    t_b = piece["agreeing_s"][len(piece["agreeing_s"]) // 2] + 0.5
    assert found.offset_s is not None
    t_a = found.offset_s + (1 + found.drift_ppm * 1e-6) * t_b
    return clock[found.a].event_from_media(t_a) - clock[found.b].event_from_media(t_b)


def test_a_recording_alone_closes_nothing(aligned: Callable[..., Solution]) -> None:
    solution = aligned({"one": record(street(5, 30), Recorder(0.0, 25, 2, 2), 1)})
    assert [type(p) for p in solution.placements] == [Placement]
    assert solution.alignments == ()
