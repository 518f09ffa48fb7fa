"""A real server on loopback and a real WebSocket client: a phone records, is acknowledged, comes back, is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from everyangle.capture.begin import Source
from everyangle.capture.chain import base64url
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Kind
from everyangle.record.notes import VerifyKey
from everyangle.stages.invite import revoke
from everyangle.testing.capture_client import Line, Phone, RefusedByServerError, posted, sealer_of
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently
from everyangle.testing.loops import run as run_to_end


@pytest.fixture(scope="module")
def server(grounds: Grounds) -> Iterator[ServerProcess]:
    running = ServerProcess(grounds).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def token(grounds: Grounds) -> str:
    return grounds.token(label="Neighbours")


@pytest.fixture(scope="module")
def key(server: ServerProcess, token: str) -> VerifyKey:
    return server.key(token)


def refused(server: ServerProcess, phone: Phone, key: VerifyKey) -> dict[str, Any]:
    async def run() -> dict[str, Any]:
        line = Line(server.ws, phone, key)
        with pytest.raises(RefusedByServerError):
            await line.open()
        assert line.error is not None
        await line.close()
        return line.error

    return run_to_end(run())


def missing(phone: Phone) -> list[tuple[int, int]]:
    return [] if phone.receipt is None else list(phone.receipt.missing)


def test_hello_says_what_the_link_is_for(server: ServerProcess, token: str) -> None:
    hello = server.hello(token)
    assert hello["case"] == "The stop on Alder Street"
    assert hello["label"] == "Neighbours"
    assert hello["version"] == 1
    assert hello["limits"]["window"] == 8


@pytest.mark.parametrize("sealed", [False, True])
def test_what_a_phone_sends_is_acknowledged_in_order(
    server: ServerProcess, token: str, key: VerifyKey, sealed: bool
) -> None:
    phone = Phone(token)

    async def record() -> None:
        sealer = sealer_of(server.hello(token)["seal_key"], phone.recording) if sealed else None
        line = Line(server.ws, phone, key, sealer)
        state = await line.open()
        assert (state["next"], state["ended"]) == (1, False)
        await line.send(phone.note(Kind.SEGMENT, mime="video/webm", why="start"))
        for n in range(30):
            await line.send(phone.chunk(bytes([n]) * 3000))
        await line.send_json({"type": "time", "t0": 5})
        await line.settled()
        await line.until(lambda: bool(line.times))
        assert line.times[0]["t0"] == 5
        await line.close()

    run_to_end(record())
    assert phone.receipt is not None
    assert (phone.receipt.heads, phone.receipt.head) == (31, phone.head)


def test_a_phone_that_comes_back_goes_on_where_it_was(server: ServerProcess, token: str, key: VerifyKey) -> None:
    phone = Phone(token)

    async def record() -> None:
        line = Line(server.ws, phone, key)
        await line.open()
        for _ in range(5):
            await line.send(phone.chunk(b"first"))
        await line.settled()
        await line.close()
        lost = [phone.chunk(b"while offline") for _ in range(12)]
        again = Line(server.ws, phone, key)
        state = await again.open()
        assert state["next"] == 6
        assert state["head"] == phone.receipt.head.hex() if phone.receipt else ""
        await again.send(lost[5])  # beyond a gap: the server says where it is
        await again.until(lambda: len(again.states) > 1)
        assert again.states[-1]["next"] == 6
        await again.resume(again.states[-1])
        await again.settled()
        await again.resume({"next": 1, "missing": []})  # all of it again: known, and acknowledged
        await again.send(phone.note(Kind.END, why="stopped"))
        await again.settled()
        await again.send(phone.note(Kind.WORDS, words="I stood at the corner."))
        await again.settled()
        assert again.refusal() == ""
        await again.send(phone.chunk(b"after the end"))
        await again.until(lambda: again.error is not None)
        assert again.refusal() == "recording-ended"
        await again.close()

    run_to_end(record())


def test_heads_come_first_and_bodies_later(server: ServerProcess, token: str, key: VerifyKey) -> None:
    phone = Phone(token)

    async def record() -> None:
        line = Line(server.ws, phone, key)
        await line.open()
        chunks = [phone.chunk(bytes([n]) * 900) for n in range(10)]
        for chunk in chunks:
            await line.send(chunk, HEAD_ONLY)
        await line.until(lambda: phone.receipt is not None and phone.receipt.heads == 10)
        assert missing(phone) == [(1, 10)]
        assert len(phone.held) == 10
        for n in (3, 4, 9):
            await line.send(chunks[n], LATE_BODY)
        await line.until(lambda: len(phone.held) == 7)
        assert missing(phone) == [(1, 3), (6, 9)]
        await line.close()
        again = Line(server.ws, phone, key)
        await again.resume(await again.open())
        await again.settled()
        assert missing(phone) == []
        await again.close()

    run_to_end(record())


def test_post_carries_the_same(server: ServerProcess, token: str, key: VerifyKey) -> None:
    content = b"a file on the phone" * 1000
    phone = Phone(token, Source.FILE, "IMG_0001.MOV", content)
    bearer = {"Authorization": f"Bearer {token}"}
    place = f"{server.http}/capture/1/recordings/{base64url(phone.recording)}"
    opened = httpx.post(f"{place}/open", json=phone.opening(), headers=bearer, timeout=30)
    assert opened.json()["next"] == 1
    chunks = [phone.chunk(content[at : at + 4000]) for at in range(0, len(content), 4000)]
    first = httpx.post(f"{place}/frames", content=posted(chunks[:3]), headers=bearer).json()
    assert first["state"]["next"] == 4
    phone.take(first["receipt"]["receipt"], first["receipt"]["signature"], key)
    assert len(phone.held) == len(chunks) - 3
    chunks.append(phone.note(Kind.END, why="sent"))
    broken = bytearray(posted(chunks[3:]))
    broken[-1] ^= 1
    second = httpx.post(f"{place}/frames", content=bytes(broken), headers=bearer).json()
    assert second["errors"][0]["code"] == "body-wrong"
    assert second["state"]["next"] == len(chunks)
    last = httpx.post(f"{place}/frames", content=posted(chunks[-1:]), headers=bearer).json()
    assert (last["errors"], last["state"]["ended"]) == ([], True)
    wrong = httpx.post(f"{place}/frames", content=posted(chunks[-1:]), headers={"Authorization": "Bearer " + "A" * 22})
    assert wrong.status_code == 404


def test_wrong_links_and_second_devices_are_told(grounds: Grounds, server: ServerProcess, key: VerifyKey) -> None:
    assert server.hello("A" * 22)["code"] == "link-wrong"
    assert server.hello("no token")["code"] == "link-wrong"
    assert refused(server, Phone("A" * 22), key)["code"] == "link-wrong"
    once = grounds.token(uses=1)
    first = Phone(once)

    async def record() -> None:
        line = Line(server.ws, first, key)
        await line.open()
        await line.close()
        same_device = Phone(once, key=first.key)
        line = Line(server.ws, same_device, key)
        await line.open()
        await line.close()

    run_to_end(record())
    told = refused(server, Phone(once), key)
    assert (told["code"], told["fatal"]) == ("link-used-up", True)


def test_a_revoked_link_ends_new_recordings_and_leaves_those_that_go_on(
    grounds: Grounds, server: ServerProcess, key: VerifyKey
) -> None:
    token = grounds.token()
    phone = Phone(token)

    async def record() -> None:
        line = Line(server.ws, phone, key)
        await line.open()
        await line.send(phone.chunk(b"before"))
        await line.settled()
        await asyncio.to_thread(patiently, lambda: revoke(grounds.case(), token, why="the flyer was copied"))
        await asyncio.sleep(1.2)
        await line.send(phone.chunk(b"after"))
        await line.settled()
        assert line.refusal() == ""
        await line.close()

    run_to_end(record())
    assert refused(server, Phone(token), key)["code"] == "link-revoked"
    answer = httpx.post(f"{server.http}/capture/1/hello", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 410


def test_a_recordings_id_belongs_to_whoever_began_it(server: ServerProcess, token: str, key: VerifyKey) -> None:
    phone = Phone(token)

    async def begin() -> None:
        line = Line(server.ws, phone, key)
        await line.open()
        await line.close()

    run_to_end(begin())
    assert refused(server, Phone(token, recording=phone.recording), key)["code"] == "recording-other"


def test_every_answer_lets_nothing_from_elsewhere_in(server: ServerProcess) -> None:
    answer = httpx.post(f"{server.http}/capture/1/hello")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers


def test_the_log_of_events_names_no_address(server: ServerProcess) -> None:
    witness = "127.0.0.9"
    with httpx.Client(transport=httpx.HTTPTransport(local_address=witness)) as client:
        client.post(f"{server.http}/capture/1/hello", headers={"Authorization": "Bearer nothing"})
    event = server.wait_for("refused")
    assert witness not in str(server.events)
    assert not any("address" in one for one in server.events)
    assert "code" in event
