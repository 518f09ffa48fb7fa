from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.core.alignment import Placement, Solution
from everyangle.core.errors import BadInputError
from everyangle.core.placements import Pin
from everyangle.core.time import ClockMap
from everyangle.sync.pins import roots
from everyangle.testing.sync_scenes import F32, Recorder, record, street

Aligner = Callable[..., Solution]
Placed = Callable[[Solution], dict[str, Placement]]


@pytest.fixture(scope="module")
def sounds() -> dict[str, F32]:
    scene = street(61, 50)
    recorders = {"a": Recorder(0, 35, 5, 5), "b": Recorder(8, 35, -6, 2), "c": Recorder(12, 35, 3, -9)}
    return {name: record(scene, r, k) for k, (name, r) in enumerate(recorders.items())}


def test_what_has_no_sound_stands_where_a_person_put_it(
    sounds: dict[str, F32], aligned: Aligner, placed: Placed
) -> None:
    pins = (
        Pin("cctv", "b", ClockMap(-20.0, rate=1.001, error_s=0.5)),
        Pin("photo", "cctv", ClockMap(30.0)),
    )
    found = placed(aligned(sounds, pins, silent={"cctv": 90.0, "photo": 0.0}))
    assert {p.component for p in found.values()} == {0}
    b = found["b"].clock
    assert found["cctv"].clock.event_from_media(50.0) == pytest.approx(b.event_from_media(-20.0 + 1.001 * 50.0))
    assert found["cctv"].clock.error_s >= 0.5
    assert found["photo"].clock.event_from_media(0.0) == pytest.approx(found["cctv"].clock.event_from_media(30.0))
    assert not found["cctv"].anchor
    assert found["cctv"].reason is None


def test_a_person_outranks_the_machine_and_the_conflict_is_named(
    sounds: dict[str, F32], aligned: Aligner, placed: Placed
) -> None:
    solution = aligned(sounds, (Pin("b", "a", ClockMap(15.0)),))
    found = placed(solution)
    assert found["b"].clock.event_from_media(0.0) == pytest.approx(found["a"].clock.event_from_media(15.0))
    (conflict,) = [x for x in solution.alignments if {x.a, x.b} == {"a", "b"}]
    assert conflict.evidence["used"] is False
    assert "contradicts the hand placement of b by 7." in str(conflict.evidence["why_not"])


def test_a_pin_that_agrees_with_the_sound_is_no_conflict(
    sounds: dict[str, F32], aligned: Aligner, placed: Placed
) -> None:
    solution = aligned(sounds, (Pin("b", "a", ClockMap(8.1)),))
    assert all(x.evidence["used"] for x in solution.alignments)
    found = placed(solution)
    assert found["b"].clock.event_from_media(0.0) == pytest.approx(found["a"].clock.event_from_media(8.1))
    c_from_a = found["c"].clock.offset_s - found["a"].clock.offset_s
    assert c_from_a == pytest.approx(12.0, abs=0.15)


def test_an_item_put_on_a_clock_of_its_own_leaves_the_component(
    sounds: dict[str, F32], aligned: Aligner, placed: Placed
) -> None:
    solution = aligned(sounds, (Pin("b", None, ClockMap(100.0)),))
    found = placed(solution)
    assert found["a"].component == found["c"].component != found["b"].component
    assert found["b"].clock == ClockMap(100.0)
    assert found["b"].reason == "a person put it on an event clock of its own"
    assert all("contradicts a person" in str(x.evidence["why_not"]) for x in solution.alignments if "b" in (x.a, x.b))


@pytest.mark.parametrize(
    ("pins", "code"),
    [
        ((Pin("a", "b", ClockMap(0)), Pin("b", "c", ClockMap(0)), Pin("c", "a", ClockMap(0))), "pin-cycle"),
        ((Pin("a", "a", ClockMap(0)),), "pin-cycle"),
        ((Pin("a", "nobody", ClockMap(0)),), "pin-unknown"),
        ((Pin("a", "b", ClockMap(0)), Pin("a", "c", ClockMap(0))), "pin-twice"),
    ],
)
def test_pins_that_make_no_sense_are_refused(pins: tuple[Pin, ...], code: str) -> None:
    with pytest.raises(BadInputError) as caught:
        roots(["a", "b", "c"], pins)
    assert caught.value.code == code
