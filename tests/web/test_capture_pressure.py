"""While the disk is slow, phones are read no further than the limits say: each by itself, and all together."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket

from everyangle.capture.limits import Limits
from everyangle.stages.capture import Capture
from everyangle.stages.capture_parcels import Answer, Reply, deliver_here
from everyangle.testing.capture_client import Phone
from everyangle.testing.capture_house import House
from everyangle.testing.capture_server import Grounds
from everyangle.testing.faults import CountingDisk
from everyangle.testing.loops import run as run_to_end
from everyangle.web.capture_socket import PhoneSocket

BODY, CHUNKS, PHONES = 10_000, 60, 3


class SlowDisk(CountingDisk):
    """A disk on which nothing becomes durable until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.free.set()

    def datasync(self, descriptor: int) -> None:
        self.free.wait()
        super().datasync(descriptor)


class Connection:
    """A phone's connection whose messages lie in a queue, as they lie in a socket's buffer, until they are read."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.comes, self.heads = phone, asyncio.Queue[Message](), 0
        self.put({"type": "websocket.connect"})
        self.put({"type": "websocket.receive", "text": json.dumps(phone.opening())})
        self.opened = asyncio.Event()

    def put(self, message: Message) -> None:
        self.comes.put_nowait(message)

    async def send(self, message: Message) -> None:
        said = json.loads(message.get("text") or "{}")
        if said.get("type") == "state":
            self.opened.set()
        elif said.get("type") == "receipt":
            self.heads = json.loads(said["receipt"])["heads"]

    async def serve(self, capture: Capture) -> None:
        websocket = WebSocket({"type": "websocket"}, self.comes.get, self.send)
        await websocket.accept()
        await PhoneSocket(websocket, capture).run()

    @property
    def unread(self) -> int:
        return self.comes.qsize()


@pytest.mark.parametrize(
    ("limits", "most_read"),
    [
        (Limits(reserve_bytes=0, window=4), PHONES * (2 * 4 + 1)),
        # What is being written, what waits, and for each phone one that made it too much and one that is in hand.
        (Limits(reserve_bytes=0, waiting_bytes=5 * BODY), 2 * 5 + 2 * PHONES),
    ],
    ids=["each", "together"],
)
def test_phones_are_not_read_while_too_much_waits(tmp_path: Path, limits: Limits, most_read: int) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    token, disk = grounds.token(), SlowDisk()
    house = House(grounds, disk=disk, limits=limits).open()
    capture = Capture(house.intake, house.keeper, house.journal, house.clock, house.tell)

    async def run() -> None:
        loop = asyncio.get_running_loop()

        def deliver(answers: Sequence[tuple[Reply, Answer]]) -> None:
            loop.call_soon_threadsafe(deliver_here, answers)

        house.intake.deliver_by(deliver)
        house.intake.start()
        connections = [Connection(Phone(token)) for _ in range(PHONES)]
        serving = [asyncio.create_task(one.serve(capture)) for one in connections]
        for one in connections:
            await one.opened.wait()
        disk.free.clear()
        for one in connections:
            for n in range(CHUNKS):
                one.put({"type": "websocket.receive", "bytes": one.phone.chunk(bytes([n]) * BODY).frame()})
        await asyncio.sleep(0.5)
        unread = [one.unread for one in connections]
        await asyncio.sleep(0.5)
        assert [one.unread for one in connections] == unread
        assert PHONES * CHUNKS - sum(unread) <= most_read
        assert all(unread)
        assert not any(one.heads for one in connections)
        disk.free.set()
        await until(lambda: all(one.heads == CHUNKS for one in connections))
        for one in connections:
            one.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.gather(*serving)

    try:
        run_to_end(run())
    finally:
        disk.free.set()
        house.intake.stop()
        house.close()


async def until(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not in time")
