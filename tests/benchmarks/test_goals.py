"""A goal is said to be reached only where the figure reaches it, and unknown where it was not measured."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.syncing.breakdown import causes, kinds
from benchmarks.syncing.figures import figures
from benchmarks.syncing.goals import Results, goal_table, goals
from benchmarks.syncing.measure import measure
from tests.benchmarks.known_set import known_set

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.time import ClockMap

TRUTH = known_set()
PLACED = (
    Placement("a", 90.0, 0, anchor=True, clock=ClockMap(0.0)),
    Placement("b", 100.0, 0, anchor=False, clock=ClockMap(20.0, error_s=0.1)),
    Placement("c", 60.0, 0, anchor=False, clock=ClockMap(0.0)),
)
FALSE = Alignment("a", "c", Verdict.SAME_EVENT, 0.0, 0.0, 0.05, 60.0, 20.0, (0.0,))
BY_A_PERIOD = Alignment("a", "b", Verdict.SAME_EVENT, 24.0, 0.0, 0.05, 60.0, 20.0, (24.0,))
MEASURED = measure(Solution(PLACED, (FALSE, BY_A_PERIOD)), TRUTH)
FIGURES = figures([MEASURED])


def test_what_was_not_measured_is_said_so() -> None:
    assert all(goal.met is None for goal in goals(Results()))
    assert "reached" in goal_table(goals(Results()))
    assert "missed" not in goal_table(goals(Results()))


@pytest.mark.parametrize(
    ("share", "met"), [(0.73, (False, False)), (0.74, (True, False)), (0.82, (True, True)), (None, None)]
)
def test_recall_reaches_at_least_and_aim(share: float | None, met: tuple[bool, bool] | None) -> None:
    goal = goals(Results(medium=replace(FIGURES, near_span=share)))[2]
    assert goal.met == met


def test_a_component_that_mixes_incidents_misses_the_goal() -> None:
    assert goals(Results(every=FIGURES))[0].met == (False, False)
    assert goals(Results(every=replace(FIGURES, mixed=0)))[0].met == (True, True)


@pytest.mark.parametrize(("covered", "met"), [(92, False), (93, True), (97, True), (98, False)])
def test_intervals_that_cover_too_much_miss_the_goal_as_those_that_cover_too_little(covered: int, met: bool) -> None:
    (goal,) = [g for g in goals(Results(every=replace(FIGURES, covered=covered, stated=100))) if "intervals" in g.what]
    assert goal.met == (met, met)


def test_false_merges_are_told_by_what_both_heard() -> None:
    rows = [line.split(" | ") for line in causes({"set": MEASURED}).splitlines()[2:]]
    by_cause = {row[1]: row[2:] for row in rows}
    assert by_cause["song"] == ["1", "1", "1", "0", "0 |"]
    assert by_cause["nothing in common"] == ["1", "0", "1", "0", "0 |"]


def test_wrong_edges_are_told_by_the_kind_of_source() -> None:
    rows = {line.split(" | ")[1]: line.split(" | ")[2:] for line in kinds({"set": MEASURED}).splitlines()[2:]}
    assert rows["siren"] == ["1", "1.00", "1.00", "1.00", "0", "1", "1 |"]
    assert rows["voice"] == rows["siren"]
