"""Asking a language model over HTTP, at a real server on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from everyangle.adapters.language_model_http import HttpLanguageModel
from everyangle.core.errors import BadInputError, EveryAngleError, LimitError, RefusedError, StorageError

Reply = Callable[[BaseHTTPRequestHandler, dict[str, object]], None]


@contextmanager
def server(reply: Reply) -> Iterator[str]:
    """Yield the base address of a server that answers every request in one way."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply(self, body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_address[1]}/v1"
        finally:
            running.shutdown()
            thread.join()


def send(handler: BaseHTTPRequestHandler, data: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def completion(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def test_a_model_is_asked_as_its_protocol_has_it() -> None:
    asked: list[tuple[str, str | None, dict[str, object]]] = []

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, object]) -> None:
        asked.append((handler.path, handler.headers["Authorization"], body))
        send(handler, completion("words"))

    with server(reply) as url:
        assert HttpLanguageModel(url + "/", "a-model", "a key").answer("do this", "with that") == "words"
        assert HttpLanguageModel(url, "a-model").answer("do this", "with that") == "words"
    (path, key, body), (_, none, _) = asked
    assert (path, key, none) == ("/v1/chat/completions", "Bearer a key", None)
    assert (body["model"], body["temperature"]) == ("a-model", 0)
    assert body["messages"] == [{"role": "system", "content": "do this"}, {"role": "user", "content": "with that"}]


def status_500(handler: BaseHTTPRequestHandler, _body: object) -> None:
    send(handler, b"{}", 500)


def redirect(handler: BaseHTTPRequestHandler, _body: object) -> None:
    send(handler, b"", 307, Location="http://127.0.0.1:1/elsewhere")


def nonsense(handler: BaseHTTPRequestHandler, _body: object) -> None:
    send(handler, b"<html>hello</html>")


def other_json(handler: BaseHTTPRequestHandler, _body: object) -> None:
    send(handler, b'{"choices": []}')


def no_text(handler: BaseHTTPRequestHandler, _body: object) -> None:
    send(handler, completion(None))


def too_much(handler: BaseHTTPRequestHandler, _body: object) -> None:
    try:
        send(handler, completion("x" * 3_000_000))
    except OSError:
        handler.close_connection = True


def silence(handler: BaseHTTPRequestHandler, _body: object) -> None:
    handler.close_connection = True


def hanging(_handler: BaseHTTPRequestHandler, _body: object) -> None:
    time.sleep(1.5)


def dripping(handler: BaseHTTPRequestHandler, _body: object) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(60):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize(
    ("reply", "kind", "code"),
    [
        (status_500, BadInputError, "model-refused"),
        (redirect, BadInputError, "model-refused"),
        (nonsense, BadInputError, "model-answer-malformed"),
        (other_json, BadInputError, "model-answer-malformed"),
        (no_text, BadInputError, "model-answer-malformed"),
        (too_much, LimitError, "model-answer-too-large"),
        (silence, StorageError, "model-unreachable"),
        (hanging, LimitError, "model-too-slow"),
        (dripping, LimitError, "model-too-slow"),
    ],
)
def test_a_server_that_misbehaves_is_told(reply: Reply, kind: type[EveryAngleError], code: str) -> None:
    with server(reply) as url:
        started = time.monotonic()
        with pytest.raises(kind) as raised:
            HttpLanguageModel(url, "m", timeout_s=0.6).answer("a", "b")
        assert time.monotonic() - started < 3
    assert raised.value.code == code
    assert raised.value.holds


def test_nobody_there_is_told() -> None:
    with pytest.raises(StorageError) as raised:
        HttpLanguageModel("http://127.0.0.1:9/v1", "m").answer("a", "b")
    assert raised.value.code == "model-unreachable"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host/v1", "localhost:8080", "", "http://[", "http://"])
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(BadInputError) as raised:
        HttpLanguageModel(url, "m")
    assert raised.value.code == "reader-malformed"


def test_a_key_never_goes_over_the_network_in_clear() -> None:
    with pytest.raises(RefusedError) as raised:
        HttpLanguageModel("http://models.example/v1", "m", "a key")
    assert raised.value.code == "reader-key-exposed"
    HttpLanguageModel("https://models.example/v1", "m", "a key")
