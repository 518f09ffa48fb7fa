"""Measured facts: the interval between moments, its error, and what fits it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from everyangle.accounts.amounts import Amount
from everyangle.accounts.measured import Claim, Clocks, beside, measure, moments_of
from everyangle.core.ids import Digest
from everyangle.core.ledger import Measure
from everyangle.core.time import ClockMap, Instant, Jump, WallTie
from everyangle.core.weighing import Edge, MeasureSort
from everyangle.record.kinds_accounts import AccountAct, AccountBody, MeasureSet, MomentEdge, MomentSet

A, B, STRANGER = Digest("a" * 64), Digest("b" * 64), Digest("c" * 64)
TIE = WallTie(100.0, Instant(1_000_000_000_000_000), 1.0)
CLOCKS = Clocks({A: ClockMap(0.0, jumps=(Jump(50.0, 5.0),)), B: ClockMap(10.0, error_s=0.08)}, wall=TIE)


def acts(*bodies: AccountBody) -> list[AccountAct]:
    return [AccountAct(index, body, Instant(index)) for index, body in enumerate(bodies)]


def moment(
    label: str,
    item: Digest,
    start: float,
    end: float | None = None,
    within: float | None = 0.05,
    old: int | None = None,
) -> MomentSet:
    end = start if end is None else end
    within_us = None if within is None else round(within * 1e6)
    return MomentSet(label, item, round(start * 1e6), round(end * 1e6), within_us, old, str(start), "seen")


def measured(*bodies: AccountBody, clocks: Clocks = CLOCKS) -> Measure:
    every = acts(*bodies)
    return measure(every[-1], cast("MeasureSet", every[-1].body), moments_of(every, clocks), clocks)


def interval(a: int = 0, b: int = 1, edge: Edge = Edge.START) -> MeasureSet:
    return MeasureSet(MeasureSort.INTERVAL, (MomentEdge(a), MomentEdge(b, edge)), "", "wait:how-long", "why")


def test_within_one_recording_only_the_marking_errs() -> None:
    found = measured(moment("reach", A, 10), moment("break", A, 40), interval())
    assert found.value == 30
    assert found.error_s == pytest.approx(0.0707, abs=1e-3)
    assert found.words == "30.0 s ± 0.1 s from “reach” to “break”"


def test_between_two_recordings_the_placements_err_too() -> None:
    found = measured(moment("reach", A, 10, within=0.0), moment("break", B, 40, within=0.0), interval())
    assert (found.value, found.error_s) == (40, 0.08)


def test_what_a_recording_lost_in_between_counts_and_errs() -> None:
    clocks = Clocks({A: ClockMap(0.0, error_s=0.3, jumps=(Jump(50.0, 5.0),))})
    found = measured(moment("reach", A, 40, within=0.0), moment("break", A, 60, within=0.0), interval(), clocks=clocks)
    assert (found.value, found.error_s) == (25, 0.3)


def test_an_error_that_nobody_stated_is_unknown_and_a_marking_without_one_says_so() -> None:
    clocks = Clocks(CLOCKS.maps, frozenset({B}))
    found = measured(moment("reach", A, 10), moment("break", B, 40), interval(), clocks=clocks)
    assert (found.value, found.error_s) == (40, None)
    assert "error unknown" in found.words
    assert (
        "error of marking not stated" in measured(moment("a", A, 1), moment("b", A, 2, within=None), interval()).words
    )


def test_the_end_of_a_moment_can_be_meant() -> None:
    assert measured(moment("reach", A, 10), moment("break", A, 20, 25), interval(edge=Edge.END)).value == 15


def test_a_corrected_moment_is_the_one_that_counts() -> None:
    every = acts(moment("reach", A, 10), moment("reach", A, 12, old=0), moment("reach", A, 13, old=1))
    found = moments_of(every, CLOCKS)
    assert {entry: one.from_s for entry, one in found.items()} == {0: 13, 1: 13, 2: 13}
    assert {one.entry for one in found.values()} == {2}


def test_a_moment_outlasts_a_new_alignment() -> None:
    marked = acts(moment("break", B, 40))
    moved = Clocks({B: ClockMap(-3.5, error_s=0.02)})
    assert moments_of(marked, CLOCKS)[0].from_s == 50
    assert moments_of(marked, moved)[0].from_s == 36.5


def test_a_moment_of_a_recording_without_a_place_is_not_measured() -> None:
    found = measured(moment("reach", A, 10), moment("break", STRANGER, 40), interval())
    assert (found.value, found.words) == (None, "not measured: “break” has no place on the case's clock")


def test_a_withdrawn_moment_is_told() -> None:
    assert measured(moment("reach", A, 10), interval(b=7)).words == "not measured: a moment of it was withdrawn"


def test_a_wall_time_has_the_error_of_the_tie_and_of_the_place() -> None:
    found = measured(moment("break", B, 40, within=0.0), MeasureSet(MeasureSort.TIME, (MomentEdge(0),), "", None, ""))
    assert found.value == 1_000_000_000 - 50
    assert found.error_s == pytest.approx(1.0032, abs=1e-3)


@pytest.mark.parametrize(
    ("offset_s", "words"),
    [(0.0, "2001-09-09 01:45:50 UTC"), (-18_000.0, "2001-09-08 20:45:50 UTC−05:00"), (20_700.0, "07:30:50 UTC+05:45")],
)
def test_a_wall_time_is_told_by_the_clock_of_the_place(offset_s: float, words: str) -> None:
    body = MeasureSet(MeasureSort.TIME, (MomentEdge(0),), "", None, "")
    found = measured(moment("break", B, 40, within=0.0), body, clocks=replace(CLOCKS, offset_s=offset_s))
    assert f"{words} ± " in found.words
    assert found.value == 1_000_000_000 - 50


def test_moments_are_counted() -> None:
    count = MeasureSet(MeasureSort.COUNT, (MomentEdge(0), MomentEdge(1)), "blows", None, "")
    assert measured(moment("first", A, 1), moment("second", A, 2), count).value == 2


def claim(low: float, high: float | None) -> Claim:
    return Claim("s", Amount((low + (high or low)) / 2, low, high, "second", "as said", 0, 1, approximate=True))


@pytest.mark.parametrize(
    ("low", "high", "fits", "difference"),
    [
        (1200, 1800, False, "measured less by 19 min 30 s or more"),
        (0, 180, True, ""),
        (30.05, 60, True, ""),
        (0, 20, False, "measured more by 10 s or more"),
        (30, None, True, ""),
    ],
)
def test_a_claim_fits_where_its_words_and_the_error_meet(
    low: float, high: float | None, fits: bool, difference: str
) -> None:
    found = beside(measured(moment("reach", A, 10), moment("break", A, 40), interval()), [claim(low, high)])
    assert [(one.fits, one.difference) for one in found.claims] == [(fits, difference)]
