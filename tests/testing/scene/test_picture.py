"""The clock in every frame can be read back exactly, and perspective puts things where they belong."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from everyangle.testing.incident.drawing import Thing
from everyangle.testing.scene.picture.canvas import Canvas
from everyangle.testing.scene.picture.clock import LONGEST_S, clock_text, read_code, stamped
from everyangle.testing.scene.picture.view import NEAR_M, View, in_sight, looking_at

GREY = np.full((272, 480, 3), 120, dtype=np.uint8)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, round(LONGEST_S * 1000)))
def test_every_millisecond_is_read_back(milliseconds: int) -> None:
    small = np.full((136, 240, 3), 120, dtype=np.uint8)
    assert read_code(stamped(small, milliseconds / 1000, "X")) == milliseconds / 1000


@pytest.mark.parametrize("size", [(480, 272), (640, 362), (320, 181)])
def test_the_code_survives_scaling_and_jpeg(size: tuple[int, int]) -> None:
    packed = io.BytesIO()
    Image.fromarray(stamped(GREY, 83.456, "X")).resize(size).save(packed, "jpeg", quality=60)
    assert read_code(np.asarray(Image.open(packed))) == 83.456


def test_a_damaged_code_is_not_read() -> None:
    frame = stamped(GREY, 83.456, "X").copy()
    assert read_code(GREY) is None
    frame[-8:, 23 * 8 : 24 * 8] = 255 - frame[-8:, 23 * 8 : 24 * 8]
    assert read_code(frame) is None


def test_a_time_beyond_the_code_is_refused() -> None:
    with pytest.raises(ValueError, match="holds 0 to"):
        stamped(GREY, LONGEST_S + 1, "X")


def test_the_clock_for_people_is_cut_not_rounded() -> None:
    assert [clock_text(t) for t in (0.0, 83.46, 119.99, 600.0)] == ["T+00:00.0", "T+01:23.4", "T+01:59.9", "T+10:00.0"]


def test_what_is_looked_at_is_in_the_middle_and_left_is_left() -> None:
    view = looking_at((3.0, 8.0, 4.0), (0.0, -2.0, 1.0), 60)
    middle, left = view.relative(np.array([[0.0, -2.0, 1.0], [4.0, -2.0, 1.0]]))
    assert middle[:2] == pytest.approx([0, 0], abs=1e-9)
    assert left[0] < 0 < left[2]


def test_a_polygon_behind_the_eye_is_not_seen_and_one_across_it_is_cut() -> None:
    behind = np.array([[-1.0, 0, -2], [1, 0, -2], [0, 1, -3]])
    across = np.array([[-1.0, -0.1, -2], [1, -0.1, -2], [0, -0.1, 5]])
    assert len(in_sight(behind, 1, 1)) == 0
    assert in_sight(across, 1, 1)[:, 2].min() >= NEAR_M - 1e-9


def test_the_nearer_thing_covers_the_further_one() -> None:
    canvas = Canvas(View((0, 0, 0), 0, 0, 60), 40, 30)
    red: Thing = ((3.0, 0.0, 0.0), lambda c: c.disc((3.0, 0.0, 0.0), 1.0, (255, 0, 0)))
    blue: Thing = ((9.0, 0.0, 0.0), lambda c: c.disc((9.0, 0.0, 0.0), 4.0, (0, 0, 255)))
    canvas.nearest_last([red, blue])
    assert canvas.pixels()[15, 20].tolist() == [255, 0, 0]
    assert canvas.pixels()[15, 6].tolist() == [0, 0, 255]
