"""An incident's seed decides it; its recordings hang together; what streams lost can be found."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from everyangle.testing.collection.incident import incident, sizes
from everyangle.testing.collection.levels import LEVELS
from everyangle.testing.collection.material import Synthesized
from everyangle.testing.collection.people import AROUND_LOST_S, filming
from everyangle.testing.collection.places import KINDS, layout


@pytest.mark.parametrize("clips", [1, 7, 150])
def test_incidents_have_as_many_recordings_as_asked_for(clips: int) -> None:
    counts = sizes(5, LEVELS["medium"], clips)
    assert sum(counts) == clips
    assert max(counts) <= 10


def test_recordings_of_one_incident_hang_together() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        found = list(filming(rng, LEVELS["medium"], layout(rng), 200.0, 9))
        spans = [(f.recorder.start_s, f.recorder.stop_s, f.device) for f in found]
        for number, (begin, end, device) in enumerate(spans[1:], 1):
            before = spans[:number]
            assert device == before[-1][2] or max(min(end, e) - max(begin, b) for b, e, _ in before) >= 4.9


def test_recordings_of_one_device_never_overlap() -> None:
    seen = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        found = list(filming(rng, LEVELS["medium"], layout(rng), 200.0, 9))
        for one, other in pairwise(found):
            if one.device == other.device:
                seen += 1
                assert other.recorder.start_s > one.recorder.stop_s
    assert seen > 10


def test_streams_lose_stretches_and_some_leave_a_minute_on_either_side() -> None:
    wide = lost = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        for one in filming(rng, LEVELS["hard"], layout(rng), 350.0, 10):
            r = one.recorder
            for gap in r.lost:
                lost += 1
                assert r.start_s < gap.from_s < gap.from_s + gap.lost_s < r.stop_s
                assert 0.3 <= gap.lost_s <= 6.01
                wide += min(gap.from_s - r.start_s, r.stop_s - gap.from_s - gap.lost_s) >= AROUND_LOST_S
    assert lost > 30
    assert wide > 5


def test_every_kind_of_place_comes_up_and_the_seed_decides_which() -> None:
    kinds = [layout(np.random.default_rng(n)).kind for n in range(200)]
    assert set(kinds) == set(KINDS)
    assert kinds == [layout(np.random.default_rng(n)).kind for n in range(200)]


def test_the_same_seed_gives_the_same_samples() -> None:
    one, other = (incident(3, 1, LEVELS["easy"], 2, Synthesized()) for _ in range(2))
    for a, b in zip(one.recorded, other.recorded, strict=True):
        assert np.array_equal(a.take.samples, b.take.samples)
        assert a.heard == b.heard
