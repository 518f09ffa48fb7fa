"""Bad input and bad days on the wire: each has its outcome, its code and its words."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from everyangle.capture.chain import base64url
from everyangle.capture.frames import MAX_BODY_BYTES, MAX_FRAME_BYTES
from everyangle.capture.limits import Limits
from everyangle.core.errors import LimitError, StorageError
from everyangle.record.notes import VerifyKey, parse_key
from everyangle.testing.capture_client import Line, Phone, posted
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.loops import run as run_to_end
from everyangle.web.addresses import Addresses
from everyangle.web.errors import PUBLIC, close_code, error_json, status_of


@pytest.fixture(scope="module")
def token(grounds: Grounds) -> str:
    return grounds.token()


@pytest.fixture(scope="module")
def key(server: ServerProcess, token: str) -> VerifyKey:
    return server.key(token)


Told = tuple[dict[str, Any], int | None]
"""The last message that a connection got, and the code by which it was closed."""


def talk(
    server: ServerProcess, say: Callable[[ClientConnection], Awaitable[None]]
) -> tuple[dict[str, Any], int | None]:
    async def run() -> Told:
        last: dict[str, Any] = {}
        async with connect(f"{server.ws}/capture/1/live", max_size=1 << 20) as socket:
            try:
                await say(socket)
                while True:
                    last = json.loads(await asyncio.wait_for(socket.recv(), 30))
            except ConnectionClosed:
                return last, socket.close_code

    return run_to_end(run())


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("no json", "message-malformed"),
        ("[]", "message-malformed"),
        ('{"type":"time","t0":1}', "open-missing"),
        ('{"type":"open"}', "open-missing"),
        (b"bytes", "message-malformed"),
        ('{"type":"open","token":"x","begin":5,"signature":""}', "open-malformed"),
        ('{"type":"open","token":"x","begin":"+","signature":"AA"}', "base64-malformed"),
        ("[" * 20_000, "message-malformed"),
    ],
)
def test_a_connection_that_does_not_begin_with_open_is_told_and_closed(
    server: ServerProcess, first: str | bytes, code: str
) -> None:
    last, closed = talk(server, lambda socket: socket.send(first))
    assert (last["type"], last["code"], last["fatal"]) == ("error", code, True)
    assert last["what"]
    assert closed == 1008


def opened(server: ServerProcess, phone: Phone, *more: str | bytes) -> Told:
    async def say(socket: ClientConnection) -> None:
        await socket.send(json.dumps(phone.opening()))
        await socket.recv()
        for one in more:
            await socket.send(one)

    return talk(server, say)


def test_frames_and_messages_of_no_known_form_are_told_and_closed(server: ServerProcess, token: str) -> None:
    for wrong, code in (
        (b"", "frame-malformed"),
        (b"x" * 500, "frame-malformed"),
        (b"\x00" + b"EAC2" + bytes(200), "protocol-unknown"),
        ('{"type":"delete"}', "message-unknown"),
        ('{"type":"list"}', "message-unknown"),
        ('{"type":"time","t0":{}}', "message-unknown"),
    ):
        last, closed = opened(server, Phone(token), wrong)
        assert (last["code"], closed) == (code, 1008)


def test_a_chunk_of_no_bytes_is_kept_and_one_of_too_many_is_not(
    server: ServerProcess, token: str, key: VerifyKey
) -> None:
    phone = Phone(token)

    async def run() -> None:
        line = Line(server.ws, phone, key)
        await line.open()
        await line.send(phone.chunk(b""))
        await line.send(phone.chunk(bytes(MAX_BODY_BYTES)))
        await line.settled()
        with suppress(ConnectionClosed):
            await line.send_raw(bytes(MAX_FRAME_BYTES + 1))
        await line.until(lambda: line.closed)
        assert line.close_code == 1009  # the WebSocket's own code for a message that is too large
        again = Line(server.ws, phone, key)
        assert (await again.open())["next"] == 3
        await again.close()

    run_to_end(run())


def test_a_clock_that_is_off_by_years_changes_nothing(server: ServerProcess, token: str, key: VerifyKey) -> None:
    phone = Phone(token)

    async def run() -> None:
        line = Line(server.ws, phone, key)
        await line.open()
        await line.send_json({"type": "time", "t0": -1e300})
        await line.until(lambda: bool(line.times))
        assert line.times[0]["t1"] <= line.times[0]["t2"]
        await line.send(phone.note(kind=type(phone.chunk(b"").header.kind).CLOCK, offset_us=10**17, round_trip_us=5))
        await line.close()

    run_to_end(run())


def test_a_post_that_is_too_large_is_refused_without_being_read(server: ServerProcess, token: str) -> None:
    phone = Phone(token)
    bearer = {"Authorization": f"Bearer {token}"}
    place = f"{server.http}/capture/1/recordings/{base64url(phone.recording)}"
    httpx.post(f"{place}/open", json=phone.opening(), headers=bearer)
    answer = httpx.post(f"{place}/frames", content=bytes((16 << 20) + 1), headers=bearer, timeout=30)
    assert (answer.status_code, answer.json()["code"]) == (413, "post-too-large")
    answer = httpx.post(f"{place}/frames", content=b"\xff\xff\xff\xff", headers=bearer)
    assert (answer.status_code, answer.json()["code"]) == (400, "frame-malformed")
    answer = httpx.post(f"{place}/open", content=b"{", headers=bearer)
    assert (answer.status_code, answer.json()["code"]) == (400, "message-malformed")
    unknown = f"{server.http}/capture/1/recordings/{base64url(bytes(16))}/frames"
    answer = httpx.post(unknown, content=posted([phone.chunk(b"x")]), headers=bearer)
    assert answer.status_code == 404


def test_two_tabs_with_one_recording_do_not_harm_it(server: ServerProcess, token: str, key: VerifyKey) -> None:
    phone = Phone(token)

    async def run() -> None:
        first, second = Line(server.ws, phone, key), Line(server.ws, phone, key)
        await first.open()
        await second.open()
        for n in range(10):
            chunk = phone.chunk(bytes([n]) * 100)
            await first.send(chunk)
            await second.send(chunk)
        await first.settled()
        await second.settled()
        assert (first.refusal(), second.refusal()) == ("", "")
        await first.close()
        await second.close()

    run_to_end(run())
    assert phone.receipt is not None
    assert phone.receipt.head == phone.head


def test_many_wrong_links_from_one_address_are_slowed_down(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    server = ServerProcess(grounds, ["--log-addresses"]).start()
    with httpx.Client(timeout=30) as client:
        answers = [client.post(f"{server.http}/capture/1/hello").status_code for _ in range(40)]
    assert answers[:30] == [404] * 30
    assert answers[30:] == [429] * 10
    server.stop()
    # Only where whoever runs the server asked for it; see test_capture_flow for the ordinary case.
    assert {event["address"] for event in server.events if event["event"] == "refused"} == {"127.0.0.1"}


def test_connections_are_counted_by_address_and_in_all() -> None:
    addresses = Addresses(Limits(address_connections=2, connections=3))
    with addresses.connection("a"), addresses.connection("a"):
        with pytest.raises(LimitError), addresses.connection("a"):
            pass
        with addresses.connection("b"), pytest.raises(LimitError), addresses.connection("c"):
            pass
    with addresses.connection("a"):
        pass


def test_over_tls_with_a_certificate_made_for_the_lab(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    server = ServerProcess(grounds, ["--lab-certificate"]).start()
    token = grounds.token()
    trusted = ssl.create_default_context(cafile=str(grounds.home / "lab" / "127.0.0.1.crt"))
    trusted.verify_flags &= ~ssl.VERIFY_X509_STRICT
    address = f"https://127.0.0.1:{server.port}/capture/1/hello"
    hello = httpx.post(address, headers={"Authorization": f"Bearer {token}"}, verify=trusted, timeout=30)
    assert "strict-transport-security" in hello.headers
    phone = Phone(token)

    async def run() -> None:
        line = Line(f"wss://127.0.0.1:{server.port}", phone, parse_key(hello.json()["receipt_key"]))
        await line.open(trusted)
        await line.send(phone.chunk(b"over TLS"))
        await line.settled()
        await line.close()

    run_to_end(run())
    assert phone.receipt is not None
    assert server.stop() == 0


def test_what_goes_wrong_inside_tells_a_phone_no_path() -> None:
    inside = StorageError("case-missing", "/srv/cases/stop is gone", todo="look at /srv/cases")
    assert error_json(inside)["code"] == "server-failed"
    assert "/srv" not in json.dumps(error_json(inside))
    assert status_of(inside) == 500
    assert close_code(inside) == 1013


def test_every_code_of_the_protocol_is_told_in_its_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats" / "capture.md").read_text(encoding="utf-8")
    assert [code for code in sorted(PUBLIC) if f"`{code}`" not in page] == []
