"""Echoes come from mirror images, and one convolution says the same as one delay after another."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import map_coordinates, spline_filter1d

from everyangle.testing.scene import effects
from everyangle.testing.scene.echoes import in_box, response_of
from everyangle.testing.scene.paths import Path, still
from everyangle.testing.scene.propagation import hear
from everyangle.testing.scene.world import SPEED_OF_SOUND, Box, Enclosure, Leak, Recorder, Scene, Source

RATE = 16_000
ROOM = Enclosure("room", (Leak(0, 20, 800),), Box((0, 0, 0), (6, 4, 3), 0.7, order=3))


def test_a_room_has_six_first_images_each_behind_a_wall() -> None:
    places, gains = in_box(Box((0, 0, 0), (6, 4, 3), 0.7, order=1), (1, 2, 1.5))
    images = {
        tuple(np.round(where, 6)) for where, gain in zip(places, gains, strict=True) if gain == pytest.approx(0.7)
    }
    assert images == {(-1, 2, 1.5), (11, 2, 1.5), (1, -2, 1.5), (1, 6, 1.5), (1, 2, -1.5), (1, 2, 4.5)}
    assert (1, 2, 1.5) in {tuple(p) for p, gain in zip(places, gains, strict=True) if gain == 1}


@pytest.mark.parametrize("delay", [-3.25, 0.0, 7.0, 12.6])
def test_a_response_delays_as_reading_the_spline_at_that_place_does(delay: float) -> None:
    coefficients = spline_filter1d(np.random.default_rng(1).standard_normal(300), order=3)
    response, at = response_of(np.asarray([delay]), np.asarray([0.5]))
    made = np.zeros(400)
    whole = np.convolve(coefficients, response)
    made[50 + at : 50 + at + len(whole)] = whole
    read = map_coordinates(coefficients, (np.arange(400) - 50 - delay)[np.newaxis], order=3, prefilter=False)
    assert np.allclose(made[100:300], 0.5 * read[100:300], atol=1e-12)


def test_what_barely_moves_sounds_as_what_rests() -> None:
    words = np.random.default_rng(2).standard_normal(RATE)
    rest, creeps = still(3, 1, 1.5), Path(((0, 3, 1, 1.5), (100, 3.000001, 1, 1.5)))
    recorder = Recorder("r", still(0, 0), 0.0, 4.0, RATE)
    heard = [
        hear(Scene(RATE, (Source("words", words, 1.0, path, 70),)), recorder, 0.0, 3 * RATE) for path in (rest, creeps)
    ]
    inside = slice(RATE + 200, 2 * RATE)
    assert np.abs(heard[0] - heard[1])[inside].max() < 1e-3 * np.abs(heard[0]).max()


def test_only_those_in_a_room_hear_its_walls() -> None:
    click = Source("click", effects.click(RATE), 1.0, still(1, 2.3, 1.1), 80, "room")
    inside, outside = (Recorder("r", still(5, 2.3, 1.1), 0.0, 4.0, RATE, room=room) for room in ("room", ""))
    counts = []
    for recorder in (inside, outside):
        heard = np.abs(hear(Scene(RATE, (click,), (), (ROOM,)), recorder, 0.0, 2 * RATE))
        first = RATE + round(4 / SPEED_OF_SOUND * RATE)
        assert abs(int(np.argmax(heard > 0.3 * heard.max())) - first) <= 8
        counts.append(int((heard[first + 40 :] > 0.1 * heard.max()).sum()))
    assert counts[0] > 10
    assert counts[1] == 0
