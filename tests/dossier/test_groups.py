"""Recordings that belong together share a clock; one that belongs nowhere can be watched all the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from everyangle.core.ids import Digest
from everyangle.core.items import ItemKind, MediaInfo, Name, Reception, VideoStream
from everyangle.core.time import ClockMap, Instant
from everyangle.dossier.groups import groups, timed
from everyangle.dossier.model import Dossier, Publication, ShownItem, ShownPlacement

_VIDEO = VideoStream("h264", 320, 180, 0, Fraction(1, 1000), 0, Fraction(25), variable=False)


def recording(letter: str, placement: ShownPlacement | None) -> ShownItem:
    reception = Reception(Name(b"clip.mp4"), 9, None, Instant(0), 1)
    return ShownItem(
        Digest(letter * 64),
        ItemKind.RECORDING,
        9,
        (reception,),
        "items/clip.mp4",
        media=MediaInfo("mp4", 10.0, _VIDEO, None),
        plays="media/clip.mp4",
        placement=placement,
    )


def dossier(*items: ShownItem) -> Dossier:
    return Dossier("Title", "0" * 32, Instant(0), "everyangle", items, Publication("why"))


def test_recordings_stand_in_the_order_in_which_they_start() -> None:
    late, early = recording("a", ShownPlacement(ClockMap(5.0), 0)), recording("b", ShownPlacement(ClockMap(1.0), 0))
    (group,) = groups(dossier(late, early))
    assert [i.digest[0] for i in group.items] == ["b", "a"]
    assert [one.clock.offset_s for one in timed(group)] == [1.0, 5.0]


def test_a_recording_without_a_place_gets_a_clock_of_its_own() -> None:
    placed, stranger = recording("a", ShownPlacement(ClockMap(5.0), 0)), recording("b", None)
    main, apart = groups(dossier(placed, stranger, recording("c", ShownPlacement(ClockMap(0.0), 1))))[::2]
    assert [i.digest[0] for i in main.items] == ["a"]
    assert [(i.digest[0], i.placement and i.placement.clock) for i in apart.items] == [("b", ClockMap(0.0))]
    assert apart.number == 2


def test_without_any_placement_there_is_no_main_clock() -> None:
    assert [group.number for group in groups(dossier(recording("a", None)))] == [1]


def test_what_no_browser_plays_has_no_clock() -> None:
    assert groups(dossier(replace(recording("a", None), plays=None))) == ()
