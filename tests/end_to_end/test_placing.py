"""Placing by hand, confirming, withdrawing and tying, on the built case of the bundled incident.

The livestream is the anchor there; it lost 7.5 s at about 110 s of its media time.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle import app
from everyangle.cli.main import status_of
from everyangle.core.casefile import DecisionKind
from everyangle.core.time import ClockMap
from everyangle.stages.load import load
from everyangle.stages.view import CaseView

PHOTO, CCTV, STREAM = "photo-fairlie.jpg", "cctv-pharmacy-ch2.mp4", "livestream-mira.webm"


def view(case: Path) -> CaseView:
    with app.open_bench(case) as bench:
        return load(bench)


def clock(case: Path, name: str) -> ClockMap | None:
    now = view(case)
    item = next(one.item.id for one in now.items if one.item.name == name)
    placement = now.placement(item)
    return None if placement is None else placement.clock


def place(case: Path, *arguments: str) -> int:
    return status_of(["place", str(case), *arguments, "--why", "seen", "--quiet"])


def build(case: Path) -> None:
    assert status_of(["build", str(case), "--quiet"]) == 0


def test_a_camera_placed_against_a_stream_does_not_lose_what_the_stream_lost(case: Path) -> None:
    stream, camera = clock(case, STREAM), clock(case, CCTV)
    assert stream is not None
    assert camera is not None
    assert [round(j.lost_s, 1) for j in stream.jumps] == [7.5]
    assert camera.jumps == ()
    assert camera.offset_s == pytest.approx(-12.0)


def test_an_offset_beyond_a_lost_stretch_counts_what_was_lost(case: Path) -> None:
    assert place(case, PHOTO, "--like", STREAM, "--offset", "2:30") == 0
    build(case)
    photo = clock(case, PHOTO)
    assert photo is not None
    assert photo.offset_s == pytest.approx(157.5, abs=0.02)


def test_an_offset_counts_what_was_lost_though_another_placement_came_after_the_last_build(case: Path) -> None:
    assert place(case, CCTV, "--like", STREAM, "--offset", "-12.5") == 0
    assert place(case, PHOTO, "--like", STREAM, "--offset", "2:30") == 0
    decision = next(d for d in view(case).decisions if d.said.endswith("2:30"))
    assert decision.relation.offset_s == pytest.approx(157.5, abs=0.02)


def test_placing_confirming_and_tying_need_no_build_between(case: Path) -> None:
    assert place(case, CCTV, "--like", STREAM, "--offset", "-12.5") == 0
    assert place(case, "wpd-bodycam-412.mp4", "--confirm") == 0
    assert place(case, PHOTO, "--at", "1:00") == 0
    tie = ["--event", "1:00", "--is", "2031-04-17T19:52:52-05:00", "--why", "a watch"]
    assert status_of(["clock", str(case), *tie, "--quiet"]) == 0
    assert {d.said for d in view(case).decisions} >= {"--at 1:00", "--confirm"}
    assert len(view(case).ties) == 2


def test_a_wall_time_places_through_the_tie(case: Path) -> None:
    assert place(case, PHOTO, "--at", "2031-04-17T19:55:16-05:00") == 0
    build(case)
    photo = clock(case, PHOTO)
    assert photo is not None
    assert photo.offset_s == pytest.approx(204.0, abs=0.001)


def test_a_confirmed_placement_stands_and_the_anchor_has_none_to_confirm(case: Path) -> None:
    before = clock(case, "wpd-bodycam-412.mp4")
    assert place(case, "wpd-bodycam-412.mp4", "--confirm") == 0
    build(case)
    after = clock(case, "wpd-bodycam-412.mp4")
    assert before is not None
    assert after is not None
    assert after.offset_s == pytest.approx(before.offset_s, abs=1e-6)
    assert after.error_s == pytest.approx(before.error_s, abs=1e-6)
    assert DecisionKind.CONFIRMED in {d.kind for d in view(case).decisions}
    assert place(case, STREAM, "--confirm") == 4


def test_a_withdrawn_placement_is_gone_and_cannot_be_withdrawn_again(case: Path) -> None:
    assert place(case, CCTV, "--withdraw") == 0
    build(case)
    now = view(case)
    item = next(one.item.id for one in now.items if one.item.name == CCTV)
    assert now.decision(item) is None
    assert now.reason(item) == "it has no sound"
    assert place(case, CCTV, "--withdraw") == 4


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([STREAM, "--like", CCTV, "--offset", "12"], 3),
        ([CCTV, "--like", CCTV, "--offset", "1"], 3),
        ([STREAM, "--at", "5"], 4),
        (["02-sergeant-statement.txt", "--at", "5"], 2),
        (["nobody.mp4", "--at", "5"], 2),
        ([PHOTO, "--at", "5", "--confirm"], 2),
        ([PHOTO, "--like", STREAM], 2),
        ([PHOTO, "--at", "yesterday"], 2),
        ([PHOTO, "--confirm"], 4),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_recorded(case: Path, arguments: list[str], status: int) -> None:
    entries = (case / "log" / "checkpoint").read_bytes()
    assert place(case, *arguments) == status
    assert (case / "log" / "checkpoint").read_bytes() == entries


def test_event_time_that_the_anchor_lost_is_tied_through_another_recording(case: Path) -> None:
    tie = ["--event", "1:53", "--is", "2031-04-17T19:53:45-05:00", "--why", "a watch"]
    assert status_of(["clock", str(case), *tie, "--quiet"]) == 0
    tied = view(case).wall()
    assert tied is not None
    assert tied[0].t_event == pytest.approx(113.0, abs=1e-5)
    assert tied[0].within_s is None
