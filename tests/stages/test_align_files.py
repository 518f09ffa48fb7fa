"""Files aligned without a case: what they say of their times and devices, and what people let be weighed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from everyangle.cli.main import status_of
from everyangle.testing.scene.encode import FORMATS, write
from everyangle.testing.sync_scenes import F64, Recorder, Source, record, song, street

Align = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def concert() -> dict[str, F64]:
    """Two phones at a concert, 7 s apart, at 16 kHz."""
    scene = [*street(20, 70), Source(song(7, 70), 3, 3, 2.5)]
    recorders = {"left": Recorder(2.0, 45.0, 1, 1, noise=0.02), "right": Recorder(9.0, 45.0, 4, -2, noise=0.02)}
    return {n: np.repeat(record(scene, r, k).astype(np.float64), 2) for k, (n, r) in enumerate(recorders.items())}


@pytest.fixture
def align(concert: dict[str, F64], tmp_path: Path) -> Align:
    """A function that writes the two recordings, aligns them, and returns the document."""

    def run(names: tuple[str, str], created: tuple[str | None, str | None], *options: str) -> dict[str, Any]:
        for name, said, samples in zip(names, created, concert.values(), strict=True):
            path = tmp_path / "received" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, FORMATS["m4a"], samples, 16_000, created=said)
        out = tmp_path / "out.json"
        given = ["align", str(tmp_path / "received"), "--json", str(out), "--jobs", "1", "--quiet", *options]
        assert status_of(given) == 0
        document: dict[str, Any] = json.loads(out.read_bytes())
        return document

    return run


TIMES = ("2031-04-17T18:00:00Z", "2031-04-17T18:00:08Z")


def together(document: dict[str, Any]) -> bool:
    return len({one["component"] for one in document["recordings"]}) == 1


def test_containers_times_decide_what_music_leaves_open_and_the_document_says_so(align: Align) -> None:
    document = align(("left.m4a", "right.m4a"), TIMES)
    assert together(document)
    (pair,) = document["alignments"]
    assert (pair["verdict"], pair["evidence"]["used"]) == ("replayed-content", True)
    assert pair["evidence"]["prior"]["source"] == "container"
    assert pair["evidence"]["prior"]["gap_s"] == pytest.approx(1.0, abs=0.2)
    assert [one["prior"] is not None for one in document["recordings"] if not one["anchor"]] == [True]


def test_without_metadata_the_music_stays_a_link(align: Align) -> None:
    document = align(("left.m4a", "right.m4a"), TIMES, "--no-metadata")
    assert not together(document)
    assert document["alignments"][0]["evidence"]["prior"] is None


def test_names_speak_where_containers_are_silent(align: Align) -> None:
    document = align(("VID_20310417_180000.m4a", "20310417_180007.m4a"), (None, None))
    assert together(document)
    assert document["alignments"][0]["evidence"]["prior"]["source"] == "name"


def test_a_wrong_time_joins_nothing(align: Align) -> None:
    assert not together(align(("left.m4a", "right.m4a"), ("2031-04-17T18:00:00Z", "2031-04-17T21:13:08Z")))


def test_recordings_of_one_folder_that_would_overlap_are_refused(align: Align) -> None:
    document = align(("left.m4a", "right.m4a"), TIMES, "--device-from", "folder")
    assert not together(document)
    assert "one device" in document["alignments"][0]["evidence"]["why_not"]


def test_recordings_of_two_folders_may_overlap(align: Align) -> None:
    assert together(align(("ada/left.m4a", "ben/right.m4a"), TIMES, "--device-from", "folder"))
