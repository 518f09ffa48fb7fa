from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from everyangle.core.alignment import Alignment, Solution
from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.match import Piece
from everyangle.sync.pictures import profile_of
from everyangle.testing.sync_scenes import Recorder, record, street


@pytest.fixture(scope="module")
def both(aligned: Callable[..., Solution]) -> tuple[Alignment, Alignment]:
    """The same pair with either recording given first."""
    scene = street(401, 75)
    sounds = {
        "porch": record(scene, Recorder(0.0, 70, 5, 5, ppm=45), 1),
        "window": record(scene, Recorder(4.25, 70, -6, 8, ppm=-38), 2),
    }
    (one,) = aligned(sounds).alignments
    (other,) = aligned(dict(reversed(sounds.items()))).alignments
    return one, other


def picture(found: Alignment) -> Any:
    return found.evidence["profile"]


def test_the_picture_is_highest_at_an_offset_that_was_found(both: tuple[Alignment, Alignment]) -> None:
    for found in both:
        profile, sources = picture(found), found.evidence["source_offsets_s"]
        assert isinstance(sources, list)
        best = max(range(len(profile["tenths"])), key=profile["tenths"].__getitem__)
        at = profile["from_s"] + best * profile["step_s"]
        assert min(abs(at - source) for source in sources) < 2 * profile["step_s"]


def test_the_picture_of_the_swapped_pair_is_the_mirror_image(both: tuple[Alignment, Alignment]) -> None:
    one, other = map(picture, both)
    assert one["tenths"] == other["tenths"][::-1]
    last = one["from_s"] + one["step_s"] * (len(one["tenths"]) - 1)
    assert other["from_s"] == pytest.approx(-last, abs=1e-5)


def test_a_picture_is_small(both: tuple[Alignment, Alignment]) -> None:
    for found in both:
        assert len(picture(found)["tenths"]) <= 200
        assert min(picture(found)["tenths"]) >= 0


def test_windows_agree_with_the_line_or_say_nothing(both: tuple[Alignment, Alignment]) -> None:
    for found in both:
        pieces: Any = found.evidence["pieces"]
        for piece in pieces:
            windows = piece["windows"]
            assert len(windows["b_s"]) == len(windows["off_ms"])
            agreeing = [x for x in windows["off_ms"] if x is not None]
            assert len(agreeing) == found.evidence["phase"]["agreeing_s"]  # type: ignore[index]
            assert all(abs(x) < 125 for x in agreeing)
            assert sorted(windows["b_s"]) == windows["b_s"]


def test_windows_of_the_swapped_pair_say_the_opposite(both: tuple[Alignment, Alignment]) -> None:
    one, other = (next(p["windows"] for p in found.evidence["pieces"]) for found in both)  # type: ignore[attr-defined]
    for x, y in zip(one["off_ms"], other["off_ms"], strict=True):
        assert (x is None) == (y is None)
        assert x is None or x == pytest.approx(-y, abs=0.011)


def test_without_phase_there_is_no_picture() -> None:
    none = Seconds(0, 0, 0.0, 0.0)
    piece = Piece(0.0, 9.0, Line(1.0, 4.5, 0.0), none, none, none, None, 0.0, 0.0, 0.0, ())
    assert profile_of(piece, swapped=False) is None
