from __future__ import annotations

import numpy as np
import pytest

from everyangle.sync import envelopes
from everyangle.sync.envelopes import envelope_candidates
from everyangle.sync.features import Features, features_from_sound
from everyangle.testing.sync_scenes import Recorder, record, street


@pytest.fixture(scope="module")
def heard() -> list[Features]:
    """Two encounters, three recordings each, one of two pieces."""
    found = []
    for k in range(6):
        length = 70.0 if k == 0 else 16.0
        found.append(features_from_sound(record(street(40 + k % 2, 80), Recorder(3.0 * k, length, k - 3.0, 4.0), k)))
    return found


PAIRS = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 4), (0, 4), (3, 5)]


def test_compiled_and_array_envelopes_agree_to_the_last_bit(
    heard: list[Features], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = list(envelope_candidates(heard.__getitem__, PAIRS))
    monkeypatch.setattr(envelopes, "MANY_PAIRS", 0)
    assert list(envelope_candidates(heard.__getitem__, PAIRS)) == few
    assert {(c.a, c.b) for c in few if abs(c.lag_s - 3.0 * (c.b - c.a)) < 0.1} >= {(0, 2), (2, 4), (0, 4), (1, 3)}


def test_a_second_recording_is_transformed_once_and_the_first_ones_are_held(heard: list[Features]) -> None:
    asked: list[int] = []

    def features(number: int) -> Features:
        asked.append(number)
        return heard[number]

    ordered = sorted(PAIRS, key=lambda pair: (pair[1], pair[0]))
    found = list(envelope_candidates(features, ordered))
    assert sorted(asked) == sorted({k for pair in PAIRS for k in pair})
    assert sorted(found, key=repr) == sorted(envelope_candidates(heard.__getitem__, PAIRS), key=repr)
    assert np.isfinite([c.strength for c in found]).all()
