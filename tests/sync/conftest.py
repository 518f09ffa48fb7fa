from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from everyangle.core.alignment import Placement, Solution
from everyangle.core.placements import Pin
from everyangle.sync.align import align
from everyangle.sync.features import features_from_sound
from everyangle.sync.recording import Recording
from everyangle.testing.sync_scenes import F32, RATE_HZ

Aligner = Callable[..., Solution]


@pytest.fixture(scope="session")
def aligned() -> Aligner:
    def run(sounds: Mapping[str, F32], pins: Sequence[Pin] = (), silent: Mapping[str, float] | None = None) -> Solution:
        features = {name: features_from_sound(sound) for name, sound in sounds.items()}
        recordings = [Recording(name, len(sound) / RATE_HZ) for name, sound in sounds.items()]
        recordings += [Recording(name, duration_s) for name, duration_s in (silent or {}).items()]
        return align(recordings, features, sounds.__getitem__, pins)

    return run


@pytest.fixture(scope="session")
def placed() -> Callable[[Solution], dict[str, Placement]]:
    return lambda solution: {p.id: p for p in solution.placements}
