"""Single incidents are made once, with a stranger who was elsewhere, and read with their truth."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import benchmarks.syncing.making as making
import pytest
from benchmarks.syncing.making import Maker

from everyangle.testing.collection.material import Synthesized


def test_single_incidents_have_one_stranger_each_and_are_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SMALL", (2, 2))
    maker = Maker(tmp_path, Synthesized())
    (one,) = maker.single("easy", 7, 1)
    assert sorted(Counter(k.event for k in one.truth.recordings.values()).values()) == [1, 2]
    written = {clip.path: clip.path.stat().st_mtime_ns for clip in one.clips}
    (again,) = maker.single("easy", 7, 1)
    assert {clip.path: clip.path.stat().st_mtime_ns for clip in again.clips} == written
    assert again.truth.recordings.keys() == one.truth.recordings.keys()
