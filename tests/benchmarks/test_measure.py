"""What a solution is said to be worth, against truth that is known by construction."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.syncing.figures import Figures, figures
from benchmarks.syncing.measure import measure
from benchmarks.syncing.truth import Common, Known, Pair, Truth

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.time import ClockMap, Jump

VOICE = Common("talker", "voice", -0.08, -0.08)
CAR = Common("car", "effect", -0.02, 0.03)


def truth_of() -> Truth:
    """Two recordings of one incident, 90 s of them together; the second lost 2 s at its second 40; and a stranger."""
    a = Known("a", "street", ClockMap(0.0), 120.0)
    b = Known("b", "street", ClockMap(20.0, 1 + 20e-6, jumps=(Jump(40.0, 2.0),)), 100.0)
    c = Known("c", "elsewhere", ClockMap(0.0), 60.0)
    return Truth({"a": a, "b": b, "c": c}, (Pair(a, b, (VOICE, CAR)),), {frozenset("ac"): "song"})


TRUTH = truth_of()
RIGHT = TRUTH.recordings["b"].clock


def edge(offset_s: float, verdict: Verdict = Verdict.SAME_EVENT, a: str = "a", b: str = "b") -> Alignment:
    """What was measured between two recordings."""
    return Alignment(a, b, verdict, offset_s, 20.0, 0.05, 90.0, 50.0, (offset_s,))


def judged(*alignments: Alignment, b: ClockMap = RIGHT, b_in: int = 0, c_in: int = 2) -> Figures:
    """The figures of a solution with ``a`` as the anchor of component 0, and clock and component of ``b`` as given."""
    placements = (
        Placement("a", 120.0, 0, anchor=True, clock=ClockMap(0.0)),
        Placement("b", 100.0, b_in, anchor=b_in != 0, clock=b),
        Placement("c", 60.0, c_in, anchor=c_in not in {0, b_in}, clock=ClockMap(0.0)),
    )
    return figures([measure(Solution(placements, alignments), TRUTH)])


def off(by_s: float, error_s: float = 0.1) -> ClockMap:
    """The right clock of ``b``, later by some seconds."""
    return replace(RIGHT.shifted(by_s), error_s=error_s)


def test_the_true_clocks_are_right_in_everything() -> None:
    found = judged(edge(22.0), b=off(0.0))
    assert (found.positives, found.near_clock, found.nearer_clock, found.nearer_span, found.wrong) == (1, 1, 1, 1, 0)
    assert (found.negatives, found.false_edges, found.false_merges, found.mixed) == (2, 0, 0, 0)
    assert (found.lost, found.lost_nearer, found.invented) == (1, 1, 0)
    assert found.drift_ppm is not None
    assert found.drift_ppm[0] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("later_s", "in_range", "on_clock"),
    [(0.0, 1, 1), (0.08, 1, 0), (0.125, 1, 0), (0.14, 0, 0), (-0.04, 1, 1), (-0.07, 1, 0), (-0.09, 0, 0)],
)
def test_the_range_is_that_of_the_sources_and_the_clock_is_itself(later_s: float, in_range: int, on_clock: int) -> None:
    # b later by x makes event_a - event_b = -x; the sources span -0.08 to +0.03 s.
    found = judged(b=off(later_s))
    assert (found.near_span, found.near_clock, found.wrong) == (in_range, on_clock, 1 - in_range)


def test_a_measured_offset_is_compared_with_the_nearest_source() -> None:
    # Aligned on the voice: the residual is -0.08 s, so t_a is 0.08 s later than the clock has it.
    found = judged(edge(22.0 + 0.08 + 0.003))
    assert found.source_ms == pytest.approx((3.0, 3.0), abs=0.2)
    assert judged(edge(22.0 - 0.08)).wrong_edges == 0
    assert judged(edge(22.0 - 0.09)).wrong_edges == 1


def test_a_measured_offset_means_the_same_with_the_recordings_exchanged() -> None:
    rate = 1 + 20e-6
    other = replace(edge(-22.08 / rate, a="b", b="a"), drift_ppm=-20.0)
    found = judged(other)
    assert found.source_ms == pytest.approx((0.0, 0.0), abs=0.2)
    assert found.drift_ppm is not None
    assert found.drift_ppm[0] == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(("offset_s", "counts"), [(22.0, 1), (22.5, 0)])
def test_a_link_by_replayed_content_counts_where_its_offset_is_right(offset_s: float, counts: int) -> None:
    found = judged(edge(offset_s, Verdict.REPLAYED_CONTENT), b_in=1)
    assert (found.near_span, found.with_linked) == (0, counts)


def test_a_false_pair_is_counted_with_its_cause_and_so_is_every_pair_that_it_joins() -> None:
    found = judged(edge(22.0), edge(3.0, a="a", b="c"), b=off(0.0), c_in=0)
    assert (found.false_edges, found.false_merges, found.mixed, found.negatives) == (1, 2, 1, 2)
    assert found.causes == (("song", 1), ("nothing in common", 1))
    assert found.per_10_000 == 5000


@pytest.mark.parametrize(("later_s", "error_s", "covered"), [(0.09, 0.1, 1), (-0.09, 0.1, 1), (0.11, 0.1, 0)])
def test_an_interval_covers_where_the_true_clock_lies_inside(later_s: float, error_s: float, covered: int) -> None:
    found = judged(b=off(later_s, error_s))
    assert (found.covered, found.stated) == (covered, 1)


def test_a_lost_stretch_that_was_not_found_or_is_not_there_is_told() -> None:
    assert judged(b=replace(RIGHT, jumps=())).lost_near == 0
    assert judged(b=replace(RIGHT, jumps=(Jump(40.03, 2.02),))).lost_near == 1
    assert judged(b=replace(RIGHT, jumps=(Jump(40.03, 2.02),))).lost_nearer == 0
    assert judged(b=replace(RIGHT, jumps=(Jump(40.0, 2.0), Jump(70.0, 1.0)))).invented == 1


def test_the_ceiling_is_where_the_sources_stood() -> None:
    found = judged()
    assert (found.ceiling, found.ceiling_middle, found.ceiling_span) == (1, 1, 1)
