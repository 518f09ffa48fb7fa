"""What is known of a source in pieces follows it as it moves, and counts against all that masks it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from everyangle.testing.scene.paths import Path, still
from everyangle.testing.scene.truth import floor_db, heard_in_pieces
from everyangle.testing.scene.world import SPEED_OF_SOUND, Recorder, Scene, Source

RATE = 16_000
RECORDER = Recorder("r", still(0, 0), 0.0, 20.0, RATE, noise_db=30)
PASSES = Source(
    "car", np.ones(10 * RATE), 2.0, Path(((2, -100, 3, 1.5), (12, 100, 3, 1.5))), 90, kind="car", content="", period_s=0
)


def test_a_passing_car_has_a_delay_for_each_second() -> None:
    rows = heard_in_pieces(Scene(RATE, (PASSES,)), RECORDER)
    assert [row["start_s"] for row in rows] == [float(t) for t in range(2, 12)]
    delays = [float(str(row["delay_s"])) for row in rows]
    assert abs(delays[0] - 90 / SPEED_OF_SOUND) < 0.001
    assert min(delays) < 11 / SPEED_OF_SOUND


def test_a_silent_piece_is_not_heard() -> None:
    pause = np.ones(6 * RATE)
    pause[2 * RATE : 4 * RATE] = 0
    rows = heard_in_pieces(Scene(RATE, (replace(PASSES, samples=pause, path=still(5, 0)),)), RECORDER)
    assert [row["start_s"] for row in rows] == [2.0, 3.0, 6.0, 7.0]


def test_the_town_and_the_wind_mask_what_the_device_alone_would_let_through() -> None:
    town = Source("town", np.ones(RATE), 0.0, still(0, 0), 60, diffuse=True)
    far = replace(PASSES, path=still(30, 0), level_db=80)
    assert heard_in_pieces(Scene(RATE, (far,)), RECORDER)
    assert not heard_in_pieces(Scene(RATE, (far, town)), RECORDER)
    windy = replace(RECORDER, wind_db=80.0)
    assert floor_db(Scene(RATE, (town,)), windy) > 65
    assert abs(floor_db(Scene(RATE, ()), RECORDER) - 30) < 1e-9


def test_words_beside_a_loud_stage_are_not_made_out_until_it_stops() -> None:
    words = replace(PASSES, name="words", path=still(5, 0), level_db=70)
    stage = Source("stage", np.ones(5 * RATE), 2.0, still(0, 10), 105, kind="music")
    rows = heard_in_pieces(Scene(RATE, (words, stage)), RECORDER)
    assert [row["start_s"] for row in rows if row["source"] == "words"] == [7.0, 8.0, 9.0, 10.0, 11.0]
