"""Media time, event time and wall time, and the maps between them."""

from __future__ import annotations

import math
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.core.time import (
    ClockMap,
    Instant,
    Jump,
    MediaTime,
    format_position,
    parse_instant,
    parse_position,
)

seconds = st.floats(-1e5, 1e5, allow_nan=False)
positive = st.floats(0, 1e4, allow_nan=False)
rates = st.floats(0.999, 1.001)


@st.composite
def clocks(draw: st.DrawFn) -> ClockMap:
    at = sorted(draw(st.lists(st.integers(1, 5000), max_size=4, unique=True)))
    return ClockMap(
        draw(seconds), draw(rates), draw(st.floats(0, 9)), tuple(Jump(float(a), draw(st.floats(0.1, 60))) for a in at)
    )


def test_media_time_counts_ticks_exactly() -> None:
    assert MediaTime(1001, Fraction(1, 30000)).seconds == pytest.approx(0.0333666667)


def test_event_time_follows_the_published_formula() -> None:
    clock = ClockMap(10.0, 1.0001, 0.02, (Jump(100.0, 4.5), Jump(200.0, 1.0)))
    assert clock.event_from_media(99.0) == pytest.approx(10 + 99 * 1.0001)
    assert clock.event_from_media(100.0) == pytest.approx(10 + 100 * 1.0001 + 4.5)
    assert clock.event_from_media(300.0) == pytest.approx(10 + 300 * 1.0001 + 5.5)


@given(clocks(), positive)
def test_event_time_leads_back_to_media_time(clock: ClockMap, t_media: float) -> None:
    back = clock.media_from_event(clock.event_from_media(t_media))
    assert back is not None
    assert back == pytest.approx(t_media, abs=1e-6)


@given(clocks())
def test_no_media_time_exists_inside_a_lost_stretch(clock: ClockMap) -> None:
    for jump in clock.jumps:
        inside = clock.event_from_media(jump.at_s) - 0.05
        assert clock.media_from_event(inside) is None


@given(clocks(), clocks(), positive)
def test_composed_clocks_act_one_after_the_other(first: ClockMap, then: ClockMap, t_media: float) -> None:
    both = first.then(then)
    assert both.event_from_media(t_media) == pytest.approx(
        then.event_from_media(first.event_from_media(t_media)), abs=1e-4
    ) or any(abs(first.event_from_media(t_media) - j.at_s) < 1e-4 for j in then.jumps)


@pytest.mark.parametrize(
    "arguments",
    [
        {"offset_s": math.nan},
        {"offset_s": 0, "rate": 0},
        {"offset_s": 0, "error_s": -1},
        {"offset_s": 0, "jumps": (Jump(5, 1), Jump(4, 1))},
    ],
)
def test_what_is_no_clock_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(BadInputError) as caught:
        ClockMap(**arguments)  # type: ignore[arg-type]  # the table above is deliberately loose
    assert caught.value.code == "clock-malformed"


def test_wall_times_need_an_offset_from_utc() -> None:
    assert parse_instant("2025-05-03T10:04:12-05:00") == Instant(1746284652000000, "stated")
    assert parse_instant("2025-05-03T15:04:12.000001Z").isoformat() == "2025-05-03T15:04:12.000001Z"
    for text in ("2025-05-03T10:04:12", "yesterday", ""):
        with pytest.raises(BadInputError):
            parse_instant(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("83.2", 83.2), ("1:23.2", 83.2), ("0:01:23.2", 83.2), ("-0:04.5", -4.5), ("1:00:00", 3600.0), ("90:00", 5400)],
)
def test_positions_are_read_as_people_write_them(text: str, expected: float) -> None:
    assert parse_position(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "1:2:3:4", "nan", "1e5", "1:-2", "١"])
def test_other_positions_are_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        parse_position(text)


@given(st.floats(-1e6, 1e6))
def test_a_written_position_reads_back_to_its_last_digit(t: float) -> None:
    assert parse_position(format_position(t, decimals=3)) == pytest.approx(t, abs=0.0006)


def test_errors_keep_their_parts_across_processes() -> None:
    error = BadInputError("media-empty", "a.mp4 is empty.", holds="It is kept.", todo="Ask for it again.")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.what, again.holds, again.todo) == (error.code, error.what, error.holds, error.todo)
    assert type(again) is BadInputError
