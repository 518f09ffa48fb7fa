"""``everyangle build --reader``: a language model at a server on this machine proposes; only what is verbatim stays."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from everyangle import app
from everyangle.cli.main import status_of
from everyangle.core.ledger import Ledger
from everyangle.core.ledger_json import ledger_json
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger

TEXT = "In the ferryman's telling no paper was shown to him. The agency declined to comment.\n"
TELLING = {
    "speaker": ["the ferryman's"],
    "cue": ["telling"],
    "content": ["no paper was shown to him"],
    "act": "asserts",
}
INVENTED = {"speaker": ["the ferryman's"], "content": ["a paper was shown to him"], "act": "asserts"}


@contextmanager
def server(answer: Callable[[], bytes]) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server that speaks chat completions, and the texts that it was asked about."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(body["messages"][-1]["content"])
            data = answer()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_address[1]}/v1", asked
        finally:
            running.shutdown()
            thread.join()


def completion() -> bytes:
    content = json.dumps({"statements": [TELLING, INVENTED]})
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVERYANGLE_HOME", str(tmp_path / "home"))
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    assert status_of(["init", str(tmp_path / "case"), "--title", "Lantern Quay", "--quiet"]) == 0
    assert status_of(["add", str(tmp_path / "case"), str(tmp_path / "news.txt"), "--quiet"]) == 0
    return tmp_path / "case"


def build(case: Path, url: str, *more: str) -> int:
    return status_of(["build", str(case), "--reader", url, "--model", "a-model", "--progress", "json", *more])


def weighed(case: Path) -> Ledger:
    with app.open_bench(case) as bench:
        return ledger(load(bench), bench)


def proposed(case: Path) -> list[tuple[str, str]]:
    every = [one.statement for one in weighed(case).statements]
    return [(one.content.text, one.proposed_by) for one in every if one.proposed_by]


def test_what_a_model_proposes_word_for_word_stands_marked_and_outlasts_all_that_is_derived(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server(completion) as (url, asked):
        assert build(case, url) == 0
        told = capsys.readouterr()
        assert "a-model was asked about 1 documents: 1 statements; the item proposed-by-a-model.json" in told.out
        assert "proposals-refused" in told.err
        assert proposed(case) == [("no paper was shown to him", "a-model")]
        before = ledger_json(weighed(case))
        assert build(case, url) == 0
    assert asked == [TEXT]
    shutil.rmtree(case / "derived")
    (case / "catalogue.sqlite").unlink()
    assert status_of(["build", str(case), "--quiet"]) == 0
    assert ledger_json(weighed(case)) == before
    assert status_of(["accounts", "show", str(case), "no paper was shown"]) == 0
    assert "proposed by the model a-model" in capsys.readouterr().out
    assert status_of(["verify", str(case), "--quiet"]) == 0


def test_a_server_that_is_gone_takes_nothing_away_and_is_asked_again(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(case, "http://127.0.0.1:9/v1") == 0
    assert "model-unreachable" in capsys.readouterr().err
    assert [one.statement.content.text for one in weighed(case).statements] == ["to comment"]
    with server(completion) as (url, asked):
        assert build(case, url, "--quiet") == 0
    assert len(asked) == 1
    assert len(proposed(case)) == 1


def test_a_server_that_talks_nonsense_is_told(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with server(lambda: b"<html>hello</html>") as (url, _):
        assert build(case, url) == 0
    assert "model-answer-malformed" in capsys.readouterr().err
    assert proposed(case) == []


def test_a_server_without_a_model_is_half_named(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["build", str(case), "--reader", "http://127.0.0.1:9/v1"]) == 2
    assert "reader-half-named" in capsys.readouterr().err


def test_of_an_item_of_proposals_only_marked_verbatim_statements_are_taken(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "by-hand.json"
    with server(completion) as (url, _):
        given = ["read", str(tmp_path / "news.txt"), "--reader", url, "--model", "b", "--json", str(out), "--quiet"]
        assert status_of(given) == 0
    fields = json.loads(out.read_bytes())
    (document,) = fields["documents"]
    (one,) = (each for each in document["statements"] if each.get("proposed_by"))
    nobodys = {**one, "id": "n1", "content": {"spans": [[0, 2]], "text": "In"}}
    nobodys.pop("proposed_by")

    def added(name: str, text: str, *statements: object) -> None:
        told = {**fields, "documents": [{**document, "text": text, "statements": statements}]}
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")
        assert status_of(["add", str(case), str(tmp_path / name), "--quiet"]) == 0

    added("false.json", TEXT, {**one, "content": {**one["content"], "text": "a paper was shown to him"}})
    added("elsewhere.json", TEXT.replace("no paper", "NO PAPER"), {**one, "content": in_capitals(one["content"])})
    added("right.json", TEXT, nobodys, one)
    assert status_of(["build", str(case), "--progress", "json"]) == 0
    told = capsys.readouterr().err
    assert "Nothing of what models propose in it is taken" in told
    assert "1 of the statements that a model proposed are not verbatim" in told
    assert proposed(case) == [("no paper was shown to him", "b")]


def in_capitals(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "text": content["text"].replace("no paper", "NO PAPER")}
