from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEER = """
from benchmarks.peers.dating import answer


def date(text, created):
    print("noise")
    if "fails" in text:
        raise ValueError("cannot")
    return [("Monday", created), ("Monday", "2"), ("nowhere", "3")]


answer(date)
"""


def test_words_are_placed_one_after_another_and_a_failure_is_told(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"a": ["Monday or Monday.", "2031-04-16"], "b": ["It fails.", "2031-04-16"]}))
    done = subprocess.run([sys.executable, "-c", PEER, request], cwd=ROOT, capture_output=True, text=True, check=True)
    one, two = map(json.loads, done.stdout.splitlines())
    assert one["found"] == [[0, 6, "2031-04-16"], [10, 16, "2"]]
    assert (two["found"], two["said"]) == ([], "ValueError: cannot")
    assert one["cpu_s"] >= 0
