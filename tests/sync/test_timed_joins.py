"""Joining by times, on made-up pairs: what no times, right or wrong, may ever do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.alignment import Verdict
from everyangle.sync.agree import Pair
from everyangle.sync.check import Finding
from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.graph import Groups
from everyangle.sync.match import Match, Piece, Rival
from everyangle.sync.priors import Claim, TimeSource
from everyangle.sync.timed import joined_by_time, told, undecided
from everyangle.sync.times import Standing, Times

T0 = 1_934_215_200.0
LENGTH_S = 60.0


def pair(a: int, b: int, lag_s: float, beside: float = 9.0, rivals: Sequence[float] = ()) -> Pair:
    """Return a pair that shares replayable content, and so much evidence beside it, at a lag and its rivals."""
    seconds, no = Seconds(10, 20, 0.03, beside), Seconds(0, 20, 0.03, 0.0)
    piece = Piece(5.0, 45.0, Line(lag_s, 25.0, 0.0), seconds, seconds, no, None, 0.0, 0.5, 0.5, (10, 20))
    verdict = Verdict.AMBIGUOUS if rivals else Verdict.REPLAYED_CONTENT
    others = tuple(Rival(lag, 0.0, 9.0, 9.0, 0.0) for lag in rivals)
    finding = Finding(verdict, 40.0, sure=False, kinds=(), lags_s=(lag_s, *rivals), period_s=None, why="music")
    return Pair(f"r{a}", f"r{b}", Match((piece,), others, 40.0), finding, ())


def standing(claims: Sequence[float | None]) -> dict[str, Standing]:
    """Return recordings that each stand at the zero of a node of their own."""
    said = [None if c is None else Claim(c, TimeSource.CONTAINER, zone_known=True, duration_s=LENGTH_S) for c in claims]
    return {f"r{k}": Standing(k, 0.0, LENGTH_S, one) for k, one in enumerate(said)}


def alone(count: int) -> Groups:
    return Groups(tuple(range(count)), (0.0,) * count, frozenset(), {}, {})


def nothing_against(_first: int, _second: int, _shift: float) -> float:
    return 0.0


def joined(times: Times, pairs: Sequence[Pair]) -> set[int]:
    return set(joined_by_time(times, pairs, undecided(pairs), nothing_against))


def test_a_recording_without_a_time_is_joined_by_way_of_nobody() -> None:
    times = Times(alone(2), standing([T0, None]))
    assert joined(times, [pair(0, 1, 5.0)]) == set()


def test_little_beside_what_can_be_replayed_is_too_little() -> None:
    assert joined(Times(alone(2), standing([T0, T0 + 5])), [pair(0, 1, 5.0, beside=4.0)]) == set()
    assert joined(Times(alone(2), standing([T0, T0 + 5])), [pair(0, 1, 5.0, beside=6.0)]) == {0}


def test_a_pair_of_one_event_that_is_too_weak_to_join_is_joined_by_times_that_agree() -> None:
    replayed = pair(0, 1, 5.0, beside=0.0)
    weak = replace(replayed, finding=replace(replayed.finding, verdict=Verdict.SAME_EVENT, score=20.0))
    assert joined(Times(alone(2), standing([T0, T0 + 5])), [replayed]) == set()
    assert joined(Times(alone(2), standing([T0, T0 + 5])), [weak]) == {0}
    assert joined(Times(alone(2), standing([T0, T0 + 45])), [weak]) == set()


def test_two_pairs_that_agree_hold_the_evidence_together() -> None:
    groups = Groups((0, 0, 2), (0.0, 10.0, 0.0), frozenset(), {}, {})
    both = [pair(0, 2, 15.0, beside=3.0), pair(1, 2, 5.0, beside=3.0)]
    assert len(joined(Times(groups, standing([T0, T0 + 10, T0 + 15])), both)) == 1
    apart = [pair(0, 2, 15.0, beside=3.0), pair(1, 2, 9.0, beside=3.0)]
    assert joined(Times(groups, standing([T0, T0 + 10, T0 + 15])), apart) == set()


def test_two_groups_that_sound_made_are_never_joined() -> None:
    groups = Groups((0, 0, 2, 2), (0.0, 10.0, 0.0, 10.0), frozenset(), {}, {})
    claims = [T0, T0 + 10, T0 + 15, T0 + 25]
    assert joined(Times(groups, standing(claims)), [pair(0, 2, 15.0), pair(1, 3, 15.0)]) == set()


def test_nor_by_way_of_a_single_recording_between_them() -> None:
    groups = Groups((0, 0, 2, 2, 4), (0.0, 10.0, 0.0, 10.0, 0.0), frozenset(), {}, {})
    times = Times(groups, standing([T0, T0 + 10, T0 + 30, T0 + 40, T0 + 15]))
    assert len(joined(times, [pair(0, 4, 15.0), pair(2, 4, -15.0)])) == 1
    assert times.group[0] != times.group[2]


def test_one_wrong_time_among_several_does_not_mislead_a_group() -> None:
    groups = Groups((0, 0, 0, 3), (0.0, 10.0, 20.0, 0.0), frozenset(), {}, {})
    claims = [T0, T0 + 10, T0 + 7200, T0 + 30]
    assert joined(Times(groups, standing(claims)), [pair(2, 3, 10.0)]) == {0}
    assert joined(Times(groups, standing([*claims[:3], T0 + 7210])), [pair(2, 3, 10.0)]) == set()


@pytest.mark.parametrize(("devices", "joins"), [(("x", "y", "x"), True), ((None, None, None), False)])
def test_a_clock_that_is_wrong_by_hours_is_right_among_the_recordings_of_its_device(
    devices: tuple[str | None, ...], joins: bool
) -> None:
    groups = Groups((0, 0, 2), (0.0, 10.0, 0.0), frozenset(), {}, {})
    off = 5 * 3600 + 777.0
    known = standing([T0 + off, T0 + 10, T0 + off + 75])
    known = {name: replace(one, device=devices[k]) for k, (name, one) in enumerate(known.items())}
    assert joined(Times(groups, known), [pair(1, 2, 65.0)]) == ({0} if joins else set())


def test_same_event_pairs_that_contradict_a_join_forbid_it() -> None:
    times = Times(alone(2), standing([T0, T0 + 5]))
    assert joined_by_time(times, [pair(0, 1, 5.0)], [0], lambda _a, _b, _shift: 30.0) == {}


def test_what_is_barred_is_no_candidate() -> None:
    def barred(ones: Mapping[int, float], others: Mapping[int, float]) -> str:
        return "rejected" if abs(others[1] - ones[0] - 5.0) < 1.0 else ""

    pairs = [pair(0, 1, 5.0, rivals=(25.0,))]
    times = Times(alone(2), standing([T0, T0 + 5]), barred)
    assert joined(times, pairs) == set()
    found = told(times, pairs, [0])
    assert found[0].prior.lag_s == 25.0


@pytest.mark.parametrize(("said_s", "chosen_s"), [(6.0, 5.0), (26.5, 25.0), (15.0, None), (4000.0, None)])
def test_a_candidate_is_chosen_where_the_times_are_near_one_alone(said_s: float, chosen_s: float | None) -> None:
    pairs = [pair(0, 1, 5.0, beside=0.0, rivals=(25.0, 45.0))]
    found = told(Times(alone(2), standing([T0, T0 + said_s])), pairs, [0])[0]
    assert (found.prior.decided == "candidate") == (chosen_s is not None)
    if chosen_s is not None:
        assert found.pair.finding.lags_s[0] == chosen_s
        assert set(found.pair.finding.lags_s) == {5.0, 25.0, 45.0}


def test_a_period_that_was_not_measured_everywhere_is_filled() -> None:
    one = pair(0, 1, 5.0, rivals=(15.0,))
    finding = Finding(
        one.finding.verdict, 40.0, sure=False, kinds=(), lags_s=(5.0, 15.0), period_s=10.0, why="it repeats"
    )
    pairs = [Pair("r0", "r1", one.match, finding, ())]
    found = told(Times(alone(2), standing([T0, T0 - 34.0])), pairs, [0])[0]
    assert found.prior.lag_s == -35.0


CLAIMS = st.lists(st.none() | st.floats(T0 - 300, T0 + 300) | st.floats(T0 - 1e6, T0 + 1e6), min_size=6, max_size=6)
PAIRS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(-55, 55), st.floats(0, 20)).filter(lambda p: p[0] < p[1]),
    max_size=9,
    unique_by=lambda p: p[:2],
)


@given(CLAIMS, PAIRS)
def test_whatever_times_say_the_groups_of_sound_stay_as_they_are(
    claims: list[float | None], drawn: list[tuple[int, int, float, float]]
) -> None:
    groups = Groups((0, 0, 2, 2, 4, 5), (0.0, 10.0, 0.0, -3.0, 0.0, 0.0), frozenset(), {}, {})
    pairs = [pair(*p) for p in drawn]
    times = Times(groups, standing(claims))
    used = joined(times, pairs)
    assert times.group[0] == times.group[1] != times.group[2] == times.group[3]
    assert times.offset_s[1] - times.offset_s[0] == pytest.approx(10.0)
    assert times.offset_s[3] - times.offset_s[2] == pytest.approx(-3.0)
    assert len(set(times.group)) == 4 - len(used)
    for n in used:
        a, b = drawn[n][:2]
        assert times.group[a] == times.group[b]
        assert times.offset_s[b] - times.offset_s[a] == pytest.approx(drawn[n][2])
