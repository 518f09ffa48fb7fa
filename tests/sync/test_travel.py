from __future__ import annotations

from math import hypot

import numpy as np
import pytest

from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.match import Piece
from everyangle.sync.phase import PROFILE_STEP_S, Phase
from everyangle.sync.travel import WAY_OF_SPREAD, WAY_S, level_s, offset_half_width_s, source_lags, way_s

NOTHING = Seconds(0, 0, 0.1, 0.0)


def phase(sources: dict[float, float], from_s: float = 4.9) -> Phase:
    """A piece's phase whose profile has peaks at some lags, each so high."""
    profile = np.zeros(400)
    for lag, height in sources.items():
        profile[round((lag - from_s) / PROFILE_STEP_S)] = height
    return Phase(
        lag_s=5.0,
        centre_s=10.0,
        slope=0.0,
        slope_error=1e-5,
        sources_s=(5.0,),
        agreeing=10,
        windows=20,
        chance=0.1,
        seconds=(),
        offsets=(),
        looked_s=(),
        profile=tuple(profile.tolist()),
        profile_from_s=from_s,
    )


def piece(heard: Phase | None) -> Piece:
    nats = 0.0 if heard is None else 20.0
    return Piece(0.0, 20.0, Line(5.0, 10.0, 0.0), NOTHING, NOTHING, NOTHING, heard, nats, 0.0, 0.0, ())


def test_all_sources_that_stand_out_of_a_profile_are_told_apart_and_what_is_low_or_near_another_is_not() -> None:
    found = source_lags(phase({4.98: 20.0, 4.981: 15.0, 5.0: 60.0, 5.03: 11.0}))
    assert found == pytest.approx([4.98, 5.0], abs=1e-9)


def test_where_nothing_stands_out_the_sources_are_those_that_led_windows() -> None:
    assert source_lags(phase({5.0: 3.0})) == (5.0,)


def test_ways_are_wider_where_the_sources_of_a_component_lie_far_apart() -> None:
    near, far = piece(phase({5.0: 30.0})), piece(phase({4.96: 30.0, 5.04: 30.0}))
    assert way_s([near]) == WAY_S
    assert way_s([]) == WAY_S
    assert way_s([far]) == pytest.approx(hypot(WAY_S, WAY_OF_SPREAD * 0.04), rel=1e-6)
    assert WAY_S < way_s([near, far]) < way_s([far])


def test_one_pairs_offset_is_less_sure_without_the_waveform() -> None:
    with_phase, without = piece(phase({5.0: 30.0})), piece(None)
    assert level_s(without) > level_s(with_phase)
    assert offset_half_width_s(without) > offset_half_width_s(with_phase) > WAY_S * 2**0.5
