"""Other programs are asked in processes of their own, with packages pinned by hash, or said to be not measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.peers.environment import HERE, NotMeasuredError, source_of
from benchmarks.peers.indexed import MATCH, olaf
from benchmarks.peers.pairwise import PAIRWISE, ask
from tests.structure.test_requirements import PIN, pins, wanted

ROOT = Path(__file__).parents[2]
FAKE = """
from benchmarks.peers.answer import NoAnswerError, answer
def compare(a, b):
    print("a peer that talks")
    if b == "silent": raise NoAnswerError("nothing heard")
    return 1.5, 12.0, True
answer(compare)
"""


@pytest.mark.parametrize("name", [*PAIRWISE, "audfprint"])
def test_the_packages_of_a_peer_are_pinned_by_hash(name: str) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    assert PIN.sub("", text) == ""
    assert wanted((HERE / f"{name}.in").read_text(encoding="utf-8")) <= pins(text).keys()


@pytest.mark.parametrize(("name", "words"), PAIRWISE.items())
def test_a_peer_is_told_by_the_version_that_runs(name: str, words: str) -> None:
    assert pins((HERE / f"{name}.txt").read_text(encoding="utf-8"))[name] == words.split()[-1]


def test_what_a_peer_prints_does_not_mix_with_its_answers(tmp_path: Path) -> None:
    request = tmp_path / "request"
    files = {"x": "one", "y": "two", "z": "silent"}
    request.write_text(json.dumps({"files": files, "pairs": [["x", "y"], ["x", "z"]]}))
    command = [sys.executable, "-c", FAKE, str(request)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    right, silent = map(json.loads, done.stdout.splitlines())
    assert (right["offset_s"], right["claimed"], right["said"]) == (1.5, True, "")
    assert (silent["offset_s"], silent["claimed"], silent["said"]) == (None, False, "NoAnswerError: nothing heard")


def test_a_peer_whose_source_is_not_there_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(NotMeasuredError, match="does not exist"):
        source_of("audfprint", "https://example.org/none", "0" * 40, tmp_path, tmp_path / "nowhere")
    with pytest.raises(NotMeasuredError, match="could not be fetched"):
        source_of("audfprint", (tmp_path / "none").as_uri(), "0" * 40, tmp_path, None)


def test_a_peer_that_needs_a_program_which_is_missing_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotMeasuredError, match="needs ffmpeg"):
        ask("polysync", {}, [], tmp_path)
    with pytest.raises(NotMeasuredError, match="needs ffmpeg"):
        olaf({}, tmp_path, None)


def test_a_hit_of_audfprint_is_read() -> None:
    line = (
        "Matched /s/a.m4a 22.0 sec 604 raw hashes as /s/b.m4a at   -6.4 s with    14 of    39 common hashes at rank 0"
    )
    found = MATCH.match(line)
    assert found
    assert (found["query"], found["ref"], float(found["at"]), int(found["count"])) == ("/s/a.m4a", "/s/b.m4a", -6.4, 14)
