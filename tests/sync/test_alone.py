from __future__ import annotations

from collections.abc import Callable

import numpy as np

from everyangle.core.alignment import Placement, Solution
from everyangle.testing.sync_scenes import F32, Recorder, record, street

Aligner = Callable[..., Solution]
Placed = Callable[[Solution], dict[str, Placement]]


def test_each_recording_alone_says_why(aligned: Aligner, placed: Placed) -> None:
    sounds: dict[str, F32] = {
        "phone": record(street(50, 30), Recorder(0, 20), 1),
        "muted": np.zeros(20 * 8000, np.float32),
        "blink": record(street(51, 5), Recorder(0, 2.5), 2),
        "empty": np.zeros(0, np.float32),
        "crumb": np.ones(3, np.float32) * np.float32(0.1),
    }
    found = placed(aligned(sounds, silent={"photo": 0.0}))
    assert {name: p.reason for name, p in found.items()} == {
        "phone": "it has nothing in common with the other recordings",
        "muted": "its sound is silence",
        "blink": "its sound is too short to compare (2.5 s)",
        "empty": "its sound is silence",
        "crumb": "its sound is too short to compare (0.0 s)",
        "photo": "it has no sound",
    }
    assert sorted(p.component for p in found.values()) == list(range(6))
    assert all(p.anchor for p in found.values())


def test_the_only_recording_says_so(aligned: Aligner, placed: Placed) -> None:
    found = placed(aligned({"phone": record(street(50, 30), Recorder(0, 20), 1)}))
    assert found["phone"].reason == "there is no other recording with sound"


def test_nothing_gives_an_empty_solution(aligned: Aligner) -> None:
    assert aligned({}) == Solution((), ())


def test_the_same_sound_twice_lies_on_itself(aligned: Aligner, placed: Placed) -> None:
    sound = record(street(52, 40), Recorder(0, 30), 1)
    found = placed(aligned({"original": sound, "copy": sound.copy()}))
    assert found["original"].component == found["copy"].component
    assert abs(found["original"].clock.offset_s - found["copy"].clock.offset_s) < 0.001


def test_sound_that_is_not_a_number_counts_as_silence(aligned: Aligner, placed: Placed) -> None:
    found = placed(aligned({"broken": np.full(80_000, np.nan, np.float32)}))
    assert found["broken"].reason == "its sound is silence"
