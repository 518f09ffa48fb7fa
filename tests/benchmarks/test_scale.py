"""Sets put together keep their incidents apart; finished runs are kept and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.syncing.engine import Clip
from benchmarks.syncing.scale import (
    Kept,
    Step,
    growth_table,
    negatives_table,
    reached,
    recordings_for,
    sizes,
    together,
)
from benchmarks.syncing.sets import MadeSet
from tests.benchmarks.known_set import known_set

SET = MadeSet(tuple(Clip(n, Path(n)) for n in "abc"), known_set(), {})
STEP = Step(150, 9000.0, 30.0, 400.0, {"match": 10.0}, 200, 0.8, 10_000, 1, 1, {"song": 3})


def test_incidents_of_two_sets_are_two_incidents() -> None:
    clips, truth = together([SET, SET], 5)
    assert [clip.id for clip in clips] == ["0/a", "0/b", "0/c", "1/a", "1/b"]
    assert {known.event for known in truth.recordings.values()} == {"0/street", "0/elsewhere", "1/street"}
    assert [pair.a.id for pair in truth.pairs] == ["0/a", "1/a"]
    assert truth.cause("0/a", "0/c") == "song"
    assert truth.cause("0/a", "1/b") == "nothing in common"


def test_a_pair_whose_recording_is_left_out_is_left_out() -> None:
    _, truth = together([SET, SET], 4)
    assert [pair.a.id for pair in truth.pairs] == ["0/a"]


def test_a_finished_run_is_found_again_and_a_line_that_was_cut_off_is_not_one(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "new" / "runs.jsonl")
    assert kept.get("growth 150") is None
    kept.put("growth 150", STEP)
    with (tmp_path / "new" / "runs.jsonl").open("a") as file:
        file.write('{"name": "growth 1000", "st')
    again = Kept(tmp_path / "new" / "runs.jsonl")
    assert again.get("growth 150") == STEP
    assert again.get("growth 1000") is None


def test_growth_is_measured_up_to_the_most_that_was_asked_for() -> None:
    assert (sizes(5000), sizes(500), sizes(150)) == ([150, 1000, 5000], [150, 500], [150])


def test_growth_is_told_against_the_first_size() -> None:
    larger = Step(1000, 60_000.0, 300.0, 900.0, {"match": 100.0}, 1400, 0.8, 400_000, 0, 0, {})
    last = growth_table([STEP, larger]).splitlines()[-1]
    assert "| 300 | 300 | 1.50 |" in last


def test_errors_over_many_pairs_are_told_in_ten_thousand() -> None:
    text = negatives_table(STEP)
    assert "| pairs of two incidents | 10000 |" in text
    assert "| said same-event (per 10,000) | 1 (1.000) |" in text
    assert "song 3" in text


def test_whole_collections_hold_the_pairs_that_were_asked_for() -> None:
    assert (recordings_for(1_000_000), recordings_for(100_000), recordings_for(125_000)) == (1500, 500, 1000)


def test_what_was_not_measured_at_scale_is_not_said_to_be_reached() -> None:
    assert {goal.met for goal in reached([STEP], STEP)} == {None}
    large = replace(STEP, clips=5000, cpu_s=1400.0, peak_mib=3000.0)
    merges, false, growth, memory = reached([STEP, large], replace(STEP, negatives=1_000_000))
    assert (merges.met, false.met) == ((False, False), (True, False))
    assert (growth.met, memory.met) == ((True, False), (True, False))
