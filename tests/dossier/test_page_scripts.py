"""The pure scripts of the page: clock, correction of drift, moments in the address, ruler. Run where they live."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everyangle.core.time import ClockMap, Jump
from everyangle.dossier.words import clock_time, error


@pytest.fixture(scope="module")
def run(_shared: Any) -> Any:
    """A function that evaluates an expression with ``EA`` as the scripts' namespace and ``x`` as the argument."""
    return lambda expression, x=None: _shared.page.evaluate(
        f"(x) => {{ const EA = EveryAngle; return {expression}; }}", x
    )


STOPPED = "EA.clock.stoppedAt(5)"


def test_a_clock_stands_until_it_plays(run: Any) -> None:
    assert run(f"EA.clock.position({STOPPED}, 100)") == 5
    assert run(f"EA.clock.position(EA.clock.changed({STOPPED}, 100, {{playing: true}}), 102.5)") == 7.5


def test_changing_the_rate_makes_no_leap(run: Any) -> None:
    playing = f"EA.clock.changed({STOPPED}, 100, {{playing: true}})"
    faster = f"EA.clock.changed({playing}, 102, {{rate: 2}})"
    assert run(f"EA.clock.position({faster}, 102)") == 7
    assert run(f"EA.clock.position({faster}, 103)") == 9


clocks = st.builds(
    lambda offset, rate, jumps: ClockMap(offset, rate, 0.0, tuple(sorted(Jump(a, b) for a, b in jumps))),
    st.floats(-100, 100),
    st.floats(0.5, 2.0),
    st.lists(st.tuples(st.floats(1, 59), st.floats(0.1, 10)), max_size=3, unique_by=lambda jump: round(jump[0], 2)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clock=clocks, media=st.floats(0, 59.9))
def test_the_page_maps_time_as_the_core_does(run: Any, clock: ClockMap, media: float) -> None:
    given_map = {
        "offset": clock.offset_s,
        "rate": clock.rate,
        "error": 0,
        "jumps": [[j.at_s, j.lost_s] for j in clock.jumps],
    }
    t_event = clock.event_from_media(media)
    assert run("EA.clock.eventFromMedia(x[0], x[1])", [given_map, media]) == pytest.approx(t_event, abs=1e-9)
    there = run("EA.clock.presence(EA.clock.pieces(x[0], 60), x[1])", [given_map, t_event])
    assert there["state"] == "recording"
    assert there["media"] == pytest.approx(media, abs=1e-6)
    for jump in clock.jumps:
        lost = clock.event_from_media(jump.at_s) - jump.lost_s / 2
        assert run("EA.clock.presence(EA.clock.pieces(x[0], 60), x[1]).state", [given_map, lost]) == "lost"


def test_a_small_drift_is_left_alone_a_larger_nudged_a_large_one_sought(run: Any) -> None:
    act = "EA.follow.correction(x, 1).act"
    assert [run(act, drift) for drift in (0, 0.003, -0.003)] == ["hold"] * 3
    assert [run(act, drift) for drift in (0.02, -0.1, 0.29)] == ["nudge"] * 3
    assert [run(act, drift) for drift in (0.4, -2)] == ["seek"] * 2


@pytest.mark.parametrize("drift", [0.02, 0.1, 0.25])
def test_a_nudge_goes_against_the_drift_and_stays_small(run: Any, drift: float) -> None:
    ahead, behind = (run("EA.follow.correction(x, 1).rate", d) for d in (drift, -drift))
    assert 0.92 - 1e-9 <= ahead < 1 < behind <= 1.08 + 1e-9


def test_nudges_close_the_drift(run: Any) -> None:
    drift = -0.25
    for _ in range(60):
        drift += (run("EA.follow.correction(x, 1).rate", drift) - 1) * 0.1
    assert abs(drift) <= 0.005


@pytest.mark.parametrize("rate", [0.01, 0.25, 4, 50])
def test_rates_stay_within_what_browsers_play(run: Any, rate: float) -> None:
    assert 0.0625 <= run("EA.follow.correction(-0.1, x).rate", rate) <= 16


@pytest.mark.parametrize(("fps", "frames"), [(25, 1), (29.97, -1), (30, 7), (23.976, 1)])
def test_a_frame_step_lands_in_the_middle_of_a_frame(run: Any, fps: float, frames: int) -> None:
    clock = {"offset": 0, "rate": 1, "error": 0, "jumps": []}
    at = 100 / fps
    landed = run("EA.clock.frameStep(x[0], x[1], x[2], x[3])", [clock, fps, at, frames])
    assert landed * fps == pytest.approx(100 + frames + 0.5)


@pytest.mark.parametrize("t", [0, 83.24, -12.04, 59.96, 3661, 0.049])
def test_the_page_writes_times_as_the_house_does(run: Any, t: float) -> None:
    assert run("EA.moment.clockTime(x)", t) == clock_time(t)


@pytest.mark.parametrize("error_s", [0.0004, 0.012, 0.3, 1.0850922153365161, 2.0, 12.2])
def test_the_page_writes_errors_as_the_house_does(run: Any, error_s: float) -> None:
    assert run("EA.moment.error(x)", error_s) == error(error_s).replace("\u00a0", " ")


@pytest.mark.parametrize("t", [0, 83.2, -1.5, 3661.25])
def test_an_address_leads_back_to_its_moment(run: Any, t: float) -> None:
    assert run("EA.moment.fromHash(EA.moment.toHash(x))", t) == pytest.approx(t)


def test_marks_stand_at_round_times_and_apart(run: Any) -> None:
    marks = run("EA.ruler.marks(-3.2, 100, 10, 80)")
    assert marks["step"] == 10
    assert marks["times"] == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]


@pytest.mark.parametrize(("count", "width", "columns"), [(1, 1500, 1), (4, 1500, 2), (6, 1500, 3), (5, 390, 2)])
def test_pictures_share_the_width_so_that_they_are_largest(run: Any, count: int, width: int, columns: int) -> None:
    assert run(f"EA.columns({count}, {width}, 560)") == columns
