"""A hundred megabytes at once, by every way in: refused early and in plain words, without room being made for them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from everyangle.capture.chain import base64url
from everyangle.record.notes import VerifyKey
from everyangle.testing.capture_client import Line, Phone, posted
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.loops import run as run_to_end

HUGE = 100 << 20
PIECE = 1 << 20
MOST_MORE_KIB = 48 << 10
"""What the server may need beyond what it needed before: some pieces that wait to be read, and nothing near 100 MB."""


@pytest.fixture(scope="module")
def token(grounds: Grounds) -> str:
    return grounds.token()


@pytest.fixture(scope="module")
def key(server: ServerProcess, token: str) -> VerifyKey:
    return server.key(token)


@pytest.fixture
def phone(server: ServerProcess, token: str, key: VerifyKey) -> Iterator[Phone]:
    """A phone of which the server acknowledged something, and that goes on afterwards as if nothing had been."""
    one = Phone(token)

    async def send(body: bytes) -> int:
        line = Line(server.ws, one, key)
        state = await line.open()
        await line.send(one.chunk(body))
        await line.settled()
        await line.close()
        return int(state["next"])

    assert run_to_end(send(b"before")) == 1
    before = most_kib(server)
    yield one
    assert most_kib(server) - before < MOST_MORE_KIB
    assert run_to_end(send(b"after")) == 2
    assert one.receipt is not None
    assert one.receipt.head == one.head


def most_kib(server: ServerProcess) -> int:
    """Return the most memory that the server ever needed."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])


async def pieces() -> AsyncIterator[bytes]:
    for _ in range(HUGE // PIECE):
        yield bytes(PIECE)


@pytest.mark.parametrize("whole", [True, False], ids=["one-frame", "many-frames"])
def test_as_a_message_it_ends_the_connection_which_says_why(
    server: ServerProcess, phone: Phone, *, whole: bool
) -> None:
    async def run() -> ClientConnection:
        async with connect(f"{server.ws}/capture/1/live", max_size=PIECE) as socket:
            await socket.send(json.dumps(phone.opening()))
            await socket.recv()
            try:
                await socket.send(bytes(HUGE) if whole else pieces())
                while True:
                    await asyncio.wait_for(socket.recv(), 30)
            except ConnectionClosed:
                return socket

    ended = run_to_end(run())
    assert ended.close_code == 1009
    assert "exceeds limit" in (ended.close_reason or "")


def place(server: ServerProcess, phone: Phone) -> str:
    return f"{server.http}/capture/1/recordings/{base64url(phone.recording)}/frames"


def bearer(phone: Phone) -> dict[str, str]:
    return {"Authorization": f"Bearer {phone.token}"}


def test_by_post_with_its_size_told_it_is_refused_before_it_is_sent(server: ServerProcess, phone: Phone) -> None:
    async def run() -> tuple[bytes, dict[str, Any]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        head = f"POST {place(server, phone).removeprefix(server.http)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Authorization: Bearer {phone.token}\r\nContent-Length: {HUGE}\r\n\r\n"
        writer.write(head.encode())
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        length = int(answer.lower().partition(b"content-length:")[2].split()[0])
        said = json.loads(await reader.readexactly(length))
        writer.close()
        return answer, said

    answer, said = run_to_end(run())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert said["code"] == "post-too-large"
    assert "16,777,216 bytes" in said["what"]
    assert said["todo"]


@pytest.mark.parametrize("told", [True, False], ids=["size-told", "size-not-told"])
def test_by_post_its_sender_learns_why_while_it_is_being_sent(
    server: ServerProcess, phone: Phone, *, told: bool
) -> None:
    content = iter([bytes(PIECE)] * (HUGE // PIECE))
    headers = bearer(phone) | ({"Content-Length": str(HUGE)} if told else {})
    answer = httpx.post(place(server, phone), content=content, headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (413, "post-too-large")


def test_a_header_that_speaks_of_it_is_refused_by_what_it_says(server: ServerProcess, phone: Phone) -> None:
    chunk = Phone(phone.token, recording=phone.recording, key=phone.key).chunk(b"little")
    frame = bytearray(chunk.frame())
    frame[1 + 28 : 1 + 32] = HUGE.to_bytes(4, "big")
    content = len(frame).to_bytes(4, "big") + frame
    answer = httpx.post(place(server, phone), content=bytes(content), headers=bearer(phone))
    (error,) = answer.json()["errors"]
    assert error["code"] == "chunk-too-large"
    assert "8,388,608" in error["what"]
    assert posted([chunk])[4:] != frame
