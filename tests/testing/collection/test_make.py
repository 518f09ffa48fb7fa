"""A made collection tells the truth about its files, and making it again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import av
import pytest

from everyangle.testing.collection.known import causes, ceiling, common
from everyangle.testing.collection.make import make


def test_the_files_are_as_long_as_the_truth_says_and_are_kept(tmp_path: Path) -> None:
    path = make(3, "easy", 3, tmp_path, processes=1)
    truth = json.loads(path.read_bytes())
    for row in truth["recordings"]:
        with av.open(str(tmp_path / row["file"])) as opened:
            assert (opened.duration or 0) / av.time_base == pytest.approx(row["duration_s"], abs=0.1)
    for pair in truth["pairs"]:
        clocks = {row["file"]: row for row in truth["recordings"]}
        assert pair["offset_s"] == pytest.approx(
            clocks[pair["b"]]["offset_s"] - clocks[pair["a"]]["offset_s"], abs=0.02
        )
    written = path.read_bytes()
    path.unlink()
    assert make(3, "easy", 3, tmp_path, processes=1).read_bytes() == written
    with pytest.raises(ValueError, match="another set"):
        make(4, "easy", 3, tmp_path)


def test_what_an_interrupt_left_of_another_set_is_not_taken_for_this_one(tmp_path: Path) -> None:
    for seed, folder in ((3, "both"), (4, "both"), (4, "alone")):
        path = make(seed, "easy", 2, tmp_path / folder, processes=1)
        made = path.read_bytes()
        path.unlink()
    assert len(list((tmp_path / "both").glob("incident-easy-*.json"))) >= 2
    make(4, "easy", 2, tmp_path / "both", processes=1)
    assert (tmp_path / "both" / "truth.json").read_bytes() == made


def test_a_source_between_two_recorders_shifts_their_offset_by_the_difference_of_its_delays() -> None:
    row = {
        "source": "talker 0",
        "start_s": 5.0,
        "end_s": 7.0,
        "level_db": 60.0,
        "noise_db": 30.0,
        "kind": "voice",
        "period_s": 0.0,
    }
    near, far = {**row, "delay_s": 0.01}, {**row, "delay_s": 0.08}
    (found,) = common([near], [far], (0.0, 20.0))
    assert found["shift_s"] == pytest.approx(-0.07)
    assert common([near], [far], (8.0, 20.0)) == []
    best = ceiling([{"overlap_s": 20.0, "sources": [found]}, {"overlap_s": 3.0, "sources": []}])
    assert (best["pairs"], best["audible"], best["best_50_ms"]) == (1, 1.0, 0.0)


def test_recordings_that_heard_the_same_content_in_two_places_are_named_with_the_cause() -> None:
    song = {"content": "song 1", "kind": "music"}
    siren = {"content": "siren wail", "kind": "siren"}
    voice = {"content": "", "kind": "voice"}
    assert causes([song, voice], [voice, siren]) == []
    assert causes([song, siren], [siren, song, voice]) == [
        {"cause": "siren", "content": "siren wail"},
        {"cause": "song", "content": "song 1"},
    ]


def test_what_repeats_within_a_pair_is_told_with_its_period(tmp_path: Path) -> None:
    truth = json.loads(make(3, "easy", 3, tmp_path, processes=1).read_bytes())
    for pair in truth["pairs"]:
        assert pair["periods_s"] == sorted({s["period_s"] for s in pair["sources"] if s["period_s"]})
        low, high = pair["range_s"] or (pair["offset_s"], pair["offset_s"])
        assert high - low < 0.5
        assert low - 0.3 < pair["offset_s"] < high + 0.3
