from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.alignment import Placement, Solution
from everyangle.testing.sync_scenes import Recorder, record, street

Aligner = Callable[..., Solution]
Placed = Callable[[Solution], dict[str, Placement]]


@pytest.mark.parametrize(("at_s", "lost_s"), [(25.0, 3.0), (30.0, 0.6), (24.0, 9.0)])
@pytest.mark.parametrize("others", [1, 2])
def test_a_lost_stretch_is_found_with_its_place_and_length(
    at_s: float, lost_s: float, others: int, aligned: Aligner, placed: Placed
) -> None:
    sources = street(41, 80)
    recorders = {"live": Recorder(6.0, 55.0, -6, 8, ppm=20, lost=((at_s, lost_s),))}
    recorders |= {f"phone{k}": Recorder(2.0 * k, 70.0 - 2 * k, 5 + 4 * k, 5, ppm=-15) for k in range(others)}
    solution = aligned({name: record(sources, r, k) for k, (name, r) in enumerate(recorders.items())})
    found = placed(solution)
    assert {p.component for p in found.values()} == {0}
    phone = found["phone0"].clock
    if found["live"].anchor:
        (jump,) = found["live"].clock.jumps
        before = found["live"].clock.event_from_media(10.0) - phone.event_from_media(16.0)
    else:
        (jump,) = found["live"].clock.jumps
        before = found["live"].clock.event_from_media(10.0) - phone.event_from_media(16.0)
        after = found["live"].clock.event_from_media(50.0) - phone.event_from_media(56.0 + lost_s)
        assert after == pytest.approx(0.0, abs=0.06)
    assert before == pytest.approx(0.0, abs=0.06)
    assert jump.at_s == pytest.approx(at_s, abs=0.1)
    assert jump.lost_s == pytest.approx(lost_s, abs=0.05)
    assert not any(p.clock.jumps for name, p in found.items() if name != "live")


def test_a_recording_that_joins_after_the_lost_stretch_is_placed_too(aligned: Aligner, placed: Placed) -> None:
    sources = street(1, 60)
    recorders = {
        "a": Recorder(0.0, 40.0, 5, 5),
        "b": Recorder(12.0, 40.0, -8, 3),
        "live": Recorder(20.5, 37.0, 15, -20, lost=((14.0, 2.5),), noise=0.02),
    }
    solution = aligned({name: record(sources, r, k) for k, (name, r) in enumerate(recorders.items())})
    assert {p.component for p in solution.placements} == {0}
    assert all(found.evidence["used"] for found in solution.alignments)
    (jump,) = placed(solution)["live"].clock.jumps
    assert jump.lost_s == pytest.approx(2.5, abs=0.05)


def test_half_a_minute_is_found_lost_as_a_second_is(aligned: Aligner, placed: Placed) -> None:
    sources = street(43, 140)
    recorders = {
        "live": Recorder(4.0, 100.0, -6, 8, ppm=20, lost=((40.0, 30.0),)),
        "phone": Recorder(0.0, 138.0, 5, 5, ppm=-15),
        "window": Recorder(20.0, 110.0, 9, -4),
    }
    solution = aligned({name: record(sources, r, k) for k, (name, r) in enumerate(recorders.items())})
    found = placed(solution)
    assert {p.component for p in found.values()} == {0}
    (jump,) = found["live"].clock.jumps
    assert jump.at_s == pytest.approx(40.0, abs=0.25)
    assert jump.lost_s == pytest.approx(30.0, abs=0.05)


@pytest.mark.parametrize("seed", range(60, 64))
def test_no_stretch_is_invented_where_none_was_lost(seed: int, aligned: Aligner, placed: Placed) -> None:
    sources = street(seed, 90)
    recorders = {
        f"r{k}": Recorder(6.0 * k, 70.0, 12.0 * k - 15, 20 - 9.0 * k, ppm=30 - 20 * k, noise=0.03) for k in range(3)
    }
    solution = aligned({name: record(sources, r, seed + k) for k, (name, r) in enumerate(recorders.items())})
    assert not any(p.clock.jumps for p in placed(solution).values())
