from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.alignment import Solution
from everyangle.core.outcomes import Fate, outcomes, stretch
from everyangle.testing.sync_examples import example


@pytest.fixture(scope="module")
def found() -> Callable[[str], Solution]:
    return lambda name: example(name).solution


def test_three_that_agree_stand_in_one_circle(found: Callable[[str], Solution]) -> None:
    told = outcomes(found("lost-stretch"))
    assert {one.fate for one in told.values()} == {Fate.PLACED}
    for one in told.values():
        assert (one.support.others, one.support.circles, one.peers) == (2, 1, 3)
        assert one.support.kinds == ("landmarks", "envelope", "phase")


def test_a_loop_links_or_is_ambiguous_and_places_nothing(found: Callable[[str], Solution]) -> None:
    told = outcomes(found("loop"))
    assert {one.fate for one in told.values()} == {Fate.AMBIGUOUS}
    assert all(len(one.leads) == 1 and not one.support.others for one in told.values())


def test_a_stranger_is_apart(found: Callable[[str], Solution]) -> None:
    assert outcomes(found("stranger"))["another-day"].fate is Fate.APART


def test_a_stretch_stands_where_both_recorded_it(found: Callable[[str], Solution]) -> None:
    (pair,) = found("drift").alignments
    shared = stretch(pair)
    assert shared is not None
    assert pair.offset_s is not None
    assert shared.a_from_s - shared.b_from_s == pytest.approx(pair.offset_s, abs=0.01)
    assert 0 <= shared.b_from_s < shared.b_to_s <= 71
    assert shared.b_to_s - shared.b_from_s > 40
