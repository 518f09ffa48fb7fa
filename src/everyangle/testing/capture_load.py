"""Phones under load that come back whatever happens, and a server that is killed under them. For tests and benchmarks.

Each phone remembers what a receipt promised, and compares it with what the server says when it comes back: a promise
that was not kept is an error at once.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from everyangle.capture.frames import HEAD_ONLY, Kind
from everyangle.capture.receipts import Receipt
from everyangle.record.entries import decode_entry
from everyangle.record.kinds_capture import CaptureEnded
from everyangle.record.notes import VerifyKey
from everyangle.testing.capture_client import Line, Phone, RefusedByServerError, Signed
from everyangle.testing.capture_server import Grounds, ServerProcess

WINDOW = 8
_AGAIN_S = 0.1
_AFTERWARDS, _LOOKS_S = 3, 0.8


class PromiseBrokenError(Exception):
    """What a receipt promised is not there."""


@dataclass
class Roamer:
    """A phone that records at a steady rate, keeps what is not acknowledged, and connects anew when it must.

    Attributes:
        phone: its key and chain.
        chunks: how many chunks it sends.
        rate: chunks a second; 0 for as fast as receipts come.
        body: bytes of a chunk.
        heads_first: share of chunks whose head goes first and the body after the next.
        waits_s: of each chunk, seconds from sending to the receipt that covers its body.
        connections: how often it connected.
        promised: how many chunks receipts promised.
    """

    phone: Phone
    chunks: int
    rate: float = 0.0
    body: int = 2000
    heads_first: float = 0.0
    rng: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    waits_s: list[float] = field(default_factory=list)
    connections: int = 0
    promised: int = 0
    signed: list[Signed] = field(default_factory=list)
    _sent_s: dict[int, float] = field(default_factory=dict)

    async def run(self, server: ServerProcess, key: VerifyKey) -> None:
        """Record everything, and end only when all of it is promised."""
        started = time.monotonic()
        while self.phone.held or len(self.signed) < self.chunks:
            line = Line(server.ws, self.phone, key, on_receipt=self._receipt)
            try:
                await self._connected(line, started)
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(_AGAIN_S * self.rng.random())
            except RefusedByServerError as refused:
                if refused.args[0]["code"] not in ("stopping", "too-many", "disk-full"):
                    raise
                await asyncio.sleep(_AGAIN_S)

    async def _connected(self, line: Line, started: float) -> None:
        state = await line.open()
        self.connections += 1
        self._compare(state["next"], [(a, b) for a, b in state["missing"]], state["head"])
        await line.resume(state)
        late: list[Signed] = []
        while len(self.signed) < self.chunks and not line.closed:
            if self.rate and (wait := started + len(self.signed) / self.rate - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            await line.until(lambda: len(self.phone.held) < WINDOW, 30)
            chunk = self._next()
            only_head = self.rng.random() < self.heads_first
            await line.send(chunk, HEAD_ONLY if only_head else 0)
            for one in late:
                await line.send(one, 4)
            late = [chunk] if only_head else []
        for one in late:
            await line.send(one, 4)
        await line.settled(30)
        await line.close()

    def _next(self) -> Signed:
        last = len(self.signed) + 1 == self.chunks
        chunk = self.phone.note(Kind.END, why="stopped") if last else self.phone.chunk(self.rng.randbytes(self.body))
        self.signed.append(chunk)
        self._sent_s[chunk.header.sequence] = time.monotonic()
        return chunk

    def _receipt(self, receipt: Receipt) -> None:
        now = time.monotonic()
        for sequence in [n for n in self._sent_s if receipt.has_body(n)]:
            self.waits_s.append(now - self._sent_s.pop(sequence))
            self.promised += 1

    def _compare(self, following: int, missing: Sequence[tuple[int, int]], head: str) -> None:
        receipt = self.phone.receipt
        if receipt is None:
            return
        absent = {n for a, b in missing for n in range(a, b + 1)}
        kept = all(n not in absent for n in range(1, receipt.heads + 1) if receipt.has_body(n))
        true_head = following < 2 or self.signed[following - 2].head.hex() == head
        if following <= receipt.heads or not kept or not true_head:
            raise PromiseBrokenError(f"{receipt.heads} heads were promised, and the next one is to be {following}")


async def killed_under_load(
    server: ServerProcess, roamers: Sequence[Roamer], key: VerifyKey, *, kills: int, rng: random.Random
) -> int:
    """Let phones record while the server is killed at random moments and started again; return how often it was.

    Where all phones are done, it is killed some times more, so that what waits outlasts it without them.

    Raises:
        PromiseBrokenError: if anything that was acknowledged is not there.
    """
    recording = [asyncio.create_task(one.run(server, key)) for one in roamers]
    done = 0
    for _ in range(kills):
        await asyncio.wait(recording, timeout=0.05 + rng.random() * 0.4, return_when=asyncio.FIRST_EXCEPTION)
        if all(task.done() for task in recording):
            break
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        done += 1
    await asyncio.gather(*recording)
    for _ in range(_AFTERWARDS):
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await asyncio.sleep(_LOOKS_S)
    return done + _AFTERWARDS


def roamers_of(token: str, count: int, chunks: int, rate: float) -> list[Roamer]:
    """Return phones of which every other sends some heads first."""
    return [
        Roamer(Phone(token), chunks, rate, heads_first=0.2 * (n % 2), rng=random.Random(n))  # noqa: S311
        for n in range(count)
    ]


def items(grounds: Grounds) -> dict[str, CaptureEnded]:
    """Return the last item of each recording."""
    bodies = [decode_entry(data).body for data in grounds.case().log.read()]
    return {body.recording: body for body in bodies if isinstance(body, CaptureEnded)}


def wait_for_items(grounds: Grounds, roamers: list[Roamer]) -> None:
    """Wait until each recording is an item that holds all of it.

    Raises:
        AssertionError: not within a minute and a half.
    """
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        found = items(grounds)
        if all((one := found.get(r.phone.begin.id)) and one.heads == r.phone.heads for r in roamers):
            return
        time.sleep(0.2)
    found = items(grounds)
    held = ", ".join(
        f"{found[r.phone.begin.id].heads if r.phone.begin.id in found else 'no'} of {r.phone.heads}" for r in roamers
    )
    raise AssertionError(f"not every recording became a whole item; heads in their items: {held}")
