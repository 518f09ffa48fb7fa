"""Random scenes: the seed decides them, recordings overlap in chains, and a stranger stands apart."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from everyangle.testing.scene.ready import (
    DIFFICULTIES,
    REPORTING_FROM,
    SHORTEST_OVERLAP_S,
    Filmed,
    random_scene,
    write_all,
)
from everyangle.testing.scene.truth import FORMAT, truth_json


@pytest.fixture(scope="module")
def filmed() -> tuple[Filmed, ...]:
    return random_scene(11, "easy", span_s=40.0)


def test_the_seed_decides_every_sample(filmed: tuple[Filmed, ...]) -> None:
    again, other = (random_scene(seed, "easy", span_s=40.0) for seed in (11, 12))
    assert all(np.array_equal(a.take.samples, b.take.samples) for a, b in zip(filmed, again, strict=True))
    assert not np.array_equal(filmed[0].take.samples, other[0].take.samples)


def test_one_stranger_comes_last_and_belongs_to_another_event(filmed: tuple[Filmed, ...]) -> None:
    assert [one.event for one in filmed] == ["incident"] * DIFFICULTIES["easy"].recorders + ["elsewhere"]


def test_every_recording_overlaps_an_earlier_one(filmed: tuple[Filmed, ...]) -> None:
    spans = [(o.take.recorder.start_s, o.take.recorder.stop_s) for o in filmed if o.event == "incident"]
    for number, (begin, end) in enumerate(spans[1:], 1):
        assert max(min(end, e) - max(begin, b) for b, e in spans[:number]) >= SHORTEST_OVERLAP_S - 1e-6


def test_files_last_as_long_as_the_truth_says(filmed: tuple[Filmed, ...], tmp_path: Path) -> None:
    write_all(filmed, tmp_path)
    truth = json.loads(json.dumps(truth_json(one.known for one in filmed)))
    assert truth["format"] == FORMAT
    for row in truth["recordings"]:
        with av.open(str(tmp_path / row["file"])) as opened:
            assert opened.duration is not None
            assert opened.duration / 1e6 == pytest.approx(row["duration_s"], abs=0.06)


def test_reporting_seeds_are_apart_from_development_seeds() -> None:
    assert REPORTING_FROM == 10_000
