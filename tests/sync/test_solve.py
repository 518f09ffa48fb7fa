from __future__ import annotations

import numpy as np
import pytest

from everyangle.core.time import ClockMap, Jump
from everyangle.sync.solve import PROPAGATION_S, Point, clocks


def points_between(
    a: int, b: int, clock_a: ClockMap, clock_b: ClockMap, pair: int, wrong_s: float = 0.0
) -> list[Point]:
    found = []
    for t_event in (20.0, 40.0, 60.0, 80.0):
        t_a, t_b = clock_a.media_from_event(t_event), clock_b.media_from_event(t_event)
        assert t_a is not None
        assert t_b is not None
        found.append(Point(a, b, t_a + wrong_s, t_b, 5e-4, (pair, 0)))
    return found


def test_offsets_rates_and_lengths_of_lost_stretches_are_recovered() -> None:
    true = [ClockMap(0.0), ClockMap(12.0, 1.00004), ClockMap(-7.0, 0.99997, jumps=(Jump(55.0, 2.0),))]
    pairs = [(0, 1), (1, 2), (0, 2)]
    points = [p for n, (a, b) in enumerate(pairs) for p in points_between(a, b, true[a], true[b], n)]
    found = clocks([0, 1, 2], 0, points, dict.fromkeys(range(3), PROPAGATION_S), {2: (Jump(55.0, 1.995),)})
    assert found[0] == ClockMap(0.0)
    for node in (1, 2):
        assert found[node].offset_s == pytest.approx(true[node].offset_s, abs=2e-3)
        assert found[node].rate == pytest.approx(true[node].rate, abs=4e-6)
    assert found[2].jumps[0].lost_s == pytest.approx(2.0, abs=5e-3)


def test_one_pair_that_is_off_moves_a_clock_less_than_a_mean_would() -> None:
    true = [ClockMap(0.0), ClockMap(5.0), ClockMap(9.0), ClockMap(2.0)]
    pairs = [(a, b) for a in range(4) for b in range(a + 1, 4)]
    points = [
        p
        for n, (a, b) in enumerate(pairs)
        for p in points_between(a, b, true[a], true[b], n, wrong_s=0.25 if (a, b) == (0, 3) else 0.0)
    ]
    found = clocks([0, 1, 2, 3], 0, points, dict.fromkeys(range(6), PROPAGATION_S), {})
    assert abs(found[3].offset_s - 2.0) < 0.25 / 2 * 0.75


def test_the_stated_error_grows_along_a_chain_and_never_falls_below_one_sources_uncertainty() -> None:
    true = [ClockMap(float(k)) for k in range(4)]
    points = [p for k in range(3) for p in points_between(k, k + 1, true[k], true[k + 1], k)]
    found = clocks([0, 1, 2, 3], 0, points, dict.fromkeys(range(3), PROPAGATION_S), {})
    errors = [found[k].error_s for k in range(4)]
    assert errors[0] == 0.0
    assert errors[1] >= PROPAGATION_S
    assert errors == sorted(errors)
    assert errors[3] == pytest.approx(PROPAGATION_S * np.sqrt(3), rel=0.1)


def test_many_pairs_do_not_make_the_stated_error_vanish() -> None:
    true = [ClockMap(float(k)) for k in range(6)]
    pairs = [(a, b) for a in range(6) for b in range(a + 1, 6)]
    points = [p for n, (a, b) in enumerate(pairs) for p in points_between(a, b, true[a], true[b], n)]
    found = clocks(range(6), 0, points, dict.fromkeys(range(len(pairs)), PROPAGATION_S), {})
    assert all(found[k].error_s >= PROPAGATION_S for k in range(1, 6))
