from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.sync.priors import Claim, TimeSource, Wall, claim, shares, wall_of, weigh

T0 = 1_934_215_200.0
"""An evening in 2031."""

OFFSETS = st.floats(-600, 600)
TIMES = st.floats(T0 - 4e6, T0 + 4e6)


def one(at_s: float, duration_s: float = 60.0, *, zone_known: bool = True) -> Wall:
    source = TimeSource.CONTAINER if zone_known else TimeSource.NAME
    found = wall_of([(Claim(at_s, source, zone_known, duration_s), 0.0)])
    assert found is not None
    return found


@given(TIMES, TIMES, OFFSETS)
def test_no_time_weighs_more_than_ten_nats_and_a_wrong_one_costs_less_than_one(a: float, b: float, by: float) -> None:
    found = weigh(one(a), one(b), by)
    assert -1.0 < found.log_odds < 10.5


@given(TIMES, OFFSETS, st.floats(-1e5, 1e5))
def test_only_the_difference_of_the_times_counts(a: float, by: float, more: float) -> None:
    found, moved = weigh(one(a), one(a + by), by), weigh(one(a + more), one(a + more + by), by)
    assert found.log_odds == pytest.approx(moved.log_odds, abs=1e-3)
    assert found.near


@given(TIMES, TIMES, OFFSETS)
def test_which_of_the_two_comes_first_does_not_matter(a: float, b: float, by: float) -> None:
    assert weigh(one(a), one(b), by).log_odds == pytest.approx(weigh(one(b), one(a), -by).log_odds, abs=1e-6)


@given(OFFSETS, st.floats(0, 8), st.floats(0.5, 8))
def test_the_nearer_an_offset_is_to_what_the_times_say_the_more_they_speak_for_it(
    by: float, gap: float, more: float
) -> None:
    near, far = weigh(one(T0), one(T0 + by + gap), by), weigh(one(T0), one(T0 + by + gap + more), by)
    assert near.log_odds > far.log_odds


@given(OFFSETS, st.integers(-24, 24).filter(bool))
def test_a_wrong_zone_is_forgiven_but_speaks_weakly(by: float, half_hours: int) -> None:
    right, zone = weigh(one(T0), one(T0 + by), by), weigh(one(T0), one(T0 + by + 1800 * half_hours), by)
    assert zone.shift_s == 1800 * half_hours
    assert 0 < zone.log_odds < right.log_odds - 4


def test_a_file_that_says_when_it_ended_still_speaks_for_the_offset() -> None:
    assert weigh(one(T0), one(T0 + 20.0 + 90.0, 90.0), 20.0).log_odds > 5


def test_a_name_without_zone_speaks_against_another_such_name_as_a_container_does() -> None:
    names = weigh(one(T0, zone_known=False), one(T0 + 20, zone_known=False), 20.0)
    mixed = weigh(one(T0), one(T0 + 20 - 5 * 3600, zone_known=False), 20.0)
    assert names.log_odds > 8
    assert 3 < mixed.log_odds < 7
    assert mixed.shift_s == -5 * 3600


def test_times_within_a_minute_of_each_other_do_not_tell_candidates_five_seconds_apart() -> None:
    found = [weigh(one(T0), one(T0 + 2.2), lag).log_odds for lag in (0.0, 4.9, 9.8)]
    assert max(shares(found)) < 0.9
    far = [weigh(one(T0), one(T0 + 1.0), lag).log_odds for lag in (0.0, 20.0, 40.0)]
    assert shares(far)[0] > 0.98


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=9))
def test_shares_sum_to_one_and_keep_the_order(odds: list[float]) -> None:
    found = shares(odds)
    assert sum(found) == pytest.approx(1.0)
    assert max(range(len(odds)), key=lambda k: (found[k], odds[k])) == max(range(len(odds)), key=odds.__getitem__)


def claims(*pairs: tuple[float, float]) -> list[tuple[Claim, float]]:
    return [(Claim(at, TimeSource.CONTAINER, zone_known=True, duration_s=60.0), start) for at, start in pairs]


def test_several_files_of_one_clock_say_its_zero_more_finely_and_outvote_a_wrong_one() -> None:
    found = wall_of(claims((T0, 0.0), (T0 + 11, 10.0), (T0 + 29.5, 30.0), (T0 + 7200, 5.0)))
    assert found is not None
    assert found.files == 3
    ((weight, wall, sigma),) = found.ways
    assert (weight, sigma) == pytest.approx((0.95, 1.44), abs=0.01)
    assert wall == pytest.approx(T0, abs=1.0)


def test_files_that_contradict_each_other_say_nothing() -> None:
    assert wall_of(claims((T0, 0.0), (T0 + 500, 0.0))) is None
    assert wall_of([]) is None


@pytest.mark.parametrize(
    ("created", "named", "source"),
    [
        (None, None, None),
        (T0, None, TimeSource.CONTAINER),
        (None, T0, TimeSource.NAME),
        (T0, T0 - 5 * 3600 + 1, TimeSource.CONTAINER),
        (T0 + 60, T0 + 5.5 * 3600, TimeSource.CONTAINER),
        (T0, T0 + 700, None),
    ],
)
def test_a_name_may_stand_in_for_a_missing_time_and_must_not_contradict_it(
    created: float | None, named: float | None, source: TimeSource | None
) -> None:
    found = claim(60.0, created, named)
    assert (None if found is None else found.source) == source
