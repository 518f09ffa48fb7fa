"""What a peer said is kept for the same question, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.peers.claims import Claim
from benchmarks.peers.environment import NotMeasuredError
from benchmarks.peers.kept import Told, kept

TOLD = Told((Claim("a", "b", 1.5, claimed=True), Claim("a", "c", None, claimed=False)), 0.25, 1)


def test_the_same_question_is_asked_once_and_another_again(tmp_path: Path) -> None:
    files = {name: str(tmp_path / name) for name in "abc"}
    for name in files.values():
        Path(name).write_text(name)
    asked: list[str] = []

    def ask(peer: str, pairs: list[tuple[str, str]] | None) -> Told:
        return kept(tmp_path, peer, files, pairs, lambda: asked.append(peer) or TOLD)  # type: ignore[func-returns-value]

    assert [ask("one", None), ask("one", None)] == [TOLD, TOLD]
    assert asked == ["one"]
    ask("one", [("a", "b")])
    ask("another version", None)
    Path(files["a"]).write_text("another recording")
    ask("one", None)
    assert asked == ["one", "one", "another version", "one"]


def test_a_peer_that_could_not_be_run_is_asked_again(tmp_path: Path) -> None:
    def fail() -> Told:
        raise NotMeasuredError("no network")

    for _ in range(2):
        with pytest.raises(NotMeasuredError):
            kept(tmp_path, "one", {}, None, fail)
    assert kept(tmp_path, "one", {}, None, lambda: TOLD) == TOLD
