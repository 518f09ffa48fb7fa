"""Who recorded when: by example, and against counting moment by moment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.ids import Digest
from everyangle.core.time import ClockMap, Jump
from everyangle.dossier.coverage import Coverage, Stretch, Timed, coverage, pieces

A, B, C = (Digest(c * 64) for c in "abc")


def test_nothing_recorded_is_no_coverage() -> None:
    assert coverage([]) == Coverage(None, (), (), (), (), ())


def test_a_gap_a_late_start_and_an_early_stop_are_found() -> None:
    found = coverage([Timed(A, ClockMap(0.0), 5.0), Timed(B, ClockMap(8.0), 4.0), Timed(C, ClockMap(0.5), 11.5)])
    assert found.span == Stretch(0.0, 12.0)
    assert found.gaps == ()
    assert found.late == (Stretch(0.0, 8.0, (B,)),)
    assert found.early == (Stretch(5.0, 12.0, (A,)),)
    alone = coverage([Timed(A, ClockMap(0.0), 5.0), Timed(B, ClockMap(8.0), 4.0)])
    assert alone.gaps == (Stretch(5.0, 8.0),)
    assert [s.recordings for s in alone.segments] == [(A,), (), (B,)]


def test_a_lost_stretch_is_a_hole_in_its_own_recording_only() -> None:
    found = coverage([Timed(A, ClockMap(0.0, jumps=(Jump(4.0, 2.5),)), 10.0), Timed(B, ClockMap(0.0), 12.5)])
    assert found.lost == (Stretch(4.0, 6.5, (A,)),)
    assert found.gaps == ()
    assert Stretch(4.0, 6.5, (B,)) in found.segments


def test_a_clock_that_runs_slow_stretches_its_recording() -> None:
    assert pieces(ClockMap(1.0, 1.5), 4.0) == (Stretch(1.0, 7.0),)


def test_a_jump_back_in_time_makes_no_hole() -> None:
    assert len(pieces(ClockMap(0.0, jumps=(Jump(4.0, -1.0),)), 10.0)) == 1


def test_two_jumps_at_one_place_are_one_hole() -> None:
    assert pieces(ClockMap(0.0, jumps=(Jump(4.0, 1.0), Jump(4.0, 2.0))), 5.0) == (Stretch(0, 4), Stretch(7, 8))


def test_recordings_that_meet_do_not_overlap_by_an_error_of_arithmetic() -> None:
    meeting = [Timed(A, ClockMap(-15.9), 0.1), Timed(B, ClockMap(-17.7, jumps=(Jump(0.025, 1.7),)), 0.1)]
    assert [s.recordings for s in coverage(meeting).segments] == [(B,), (), (B,), (A,)]


times = st.integers(-200, 200).map(lambda n: n / 10)
recordings = st.builds(
    lambda offset, length, at, lost: (ClockMap(offset, jumps=(Jump(at * length, lost),) if lost else ()), length),
    times,
    st.integers(1, 200).map(lambda n: n / 10),
    st.sampled_from([0.25, 0.5, 0.75]),
    st.sampled_from([0.0, 0.0, 1.7]),
)


@given(st.lists(recordings, min_size=1, max_size=5))
def test_every_moment_belongs_to_the_segment_that_says_who_recorded(made: list[tuple[ClockMap, float]]) -> None:
    timed = [Timed(Digest(f"{n:064x}"), clock, length) for n, (clock, length) in enumerate(made)]
    found = coverage(timed)
    assert found.span is not None
    for segment in found.segments:
        t = (segment.start_s + segment.end_s) / 2
        there = [(one, one.clock.media_from_event(t)) for one in timed]
        assert segment.recordings == tuple(
            one.digest for one, media in there if media is not None and 0 <= media < one.duration_s
        )
    edges = [s.start_s for s in found.segments] + [found.segments[-1].end_s]
    assert edges[0] == found.span.start_s
    assert edges[-1] == found.span.end_s
    assert [s.end_s for s in found.segments] == edges[1:]


@given(st.lists(recordings, min_size=1, max_size=5))
def test_recorded_time_is_conserved(made: list[tuple[ClockMap, float]]) -> None:
    timed = [Timed(Digest(f"{n:064x}"), clock, length) for n, (clock, length) in enumerate(made)]
    total = sum(s.length_s * len(s.recordings) for s in coverage(timed).segments)
    assert total == pytest.approx(sum(length for _, length in made))
