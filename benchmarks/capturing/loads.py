"""How many chunks a second a server takes, how long receipts take, and how many phones it serves at once."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from benchmarks.capturing.browsers import served
from benchmarks.capturing.figures import Asked, Told
from benchmarks.syncing.keep import say

from everyangle.capture.receipts import Receipt
from everyangle.record.notes import VerifyKey
from everyangle.testing.capture_client import Line, Phone, Signed
from everyangle.testing.capture_server import ServerProcess

BODY = 50_000
FLAT_OUT_PHONES = 6
MOST_A_SECOND = 400
WINDOW = 8
CHUNKS_A_SECOND = 4
MOST_S = 1.0
"""A receipt that takes longer than this at the 99th percentile means too many phones."""


class _Trusting(Phone):
    """Believes receipts without verifying them, so that the load does not wait for the one who makes it."""

    def take(self, text: str, signature: str, key: VerifyKey) -> Receipt:  # noqa: ARG002
        value = json.loads(text)
        return Receipt(self.recording, value["heads"], bytes.fromhex(value["head"]), (), value["time_us"])


@dataclass
class _Sender:
    """One phone of a load: its chunks are signed before."""

    token: str
    count: int
    rate: float
    begins_s: float
    waits_s: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.phone = _Trusting(self.token)
        body = random.Random(self.count).randbytes(BODY)
        self.chunks: list[Signed] = [self.phone.chunk(body) for _ in range(self.count)]
        self.phone.held.clear()
        self._due: dict[int, float] = {}
        self._free = asyncio.Semaphore(WINDOW)
        self._acknowledged = 0

    def _receipt(self, receipt: Receipt) -> None:
        now = time.monotonic()
        for sequence in range(self._acknowledged + 1, receipt.heads + 1):
            if sequence in self._due:
                self.waits_s.append(now - self._due.pop(sequence))
                self._free.release()
        self._acknowledged = max(self._acknowledged, receipt.heads)

    async def run(self, server: ServerProcess, key: VerifyKey, start: asyncio.Event, lasts_s: float) -> None:
        """Send, at a steady rate or as fast as receipts come; a chunk's wait begins when it is due."""
        line = Line(server.ws, self.phone, key, on_receipt=self._receipt)
        await line.open()
        await start.wait()
        began = time.monotonic() + self.begins_s
        for number, chunk in enumerate(self.chunks):
            due = began + number / self.rate if self.rate else 0.0
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            if time.monotonic() - began > lasts_s * (1 if not self.rate else 3):
                break
            await self._free.acquire()
            self._due[chunk.header.sequence] = due or time.monotonic()
            await line.send(chunk)
        await line.until(lambda: not self._due, 60)
        await line.close()


@dataclass(frozen=True, slots=True)
class _Load:
    chunks: int
    wall_s: float
    p50_s: float
    p99_s: float
    server_cpu_s: float

    @property
    def rate(self) -> float:
        return self.chunks / self.wall_s


def _run(phones: int, rate: float, lasts_s: float) -> _Load:
    with served() as (grounds, server):
        token = grounds.token(uses=100_000)
        key = server.key(token)
        count = int((rate or MOST_A_SECOND) * lasts_s)
        rng = random.Random(phones)
        senders = [_Sender(token, count, rate, rng.random() / rate if rate else 0.0) for _ in range(phones)]

        async def all_of_them() -> float:
            start = asyncio.Event()
            tasks = [asyncio.create_task(one.run(server, key, start, lasts_s)) for one in senders]
            await asyncio.sleep(2 + phones * 0.02)
            start.set()
            began = time.monotonic()
            await asyncio.gather(*tasks)
            return time.monotonic() - began

        before = _cpu_s(server)
        wall_s = asyncio.run(all_of_them())
        used = _cpu_s(server) - before
    waits = [wait for one in senders for wait in one.waits_s]
    p50, p99 = np.percentile(waits, (50, 99))
    return _Load(len(waits), wall_s, float(p50), float(p99), used)


def _cpu_s(server: ServerProcess) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(asked: Asked, told: Told) -> None:
    """Measure both."""
    one = _run(FLAT_OUT_PHONES, 0.0, asked.load_s)
    told.add(
        "chunks of 50 kB a second; receipt p99",
        f"**{one.rate:,.0f}** a second, p99 **{one.p99_s * 1000:.0f} ms** (median {one.p50_s * 1000:.0f} ms, "
        f"{one.server_cpu_s / max(1, one.chunks) * 1e6:.0f} µs of processor a chunk in the server)",
        "1,500, ≤ 100 ms",
        "3,000, ≤ 50 ms",
    )
    best, tried = "none of those tried", []
    for phones in asked.phones:
        many = _run(phones, CHUNKS_A_SECOND, asked.load_s)
        kept_up = many.p99_s <= MOST_S and many.rate >= 0.9 * phones * CHUNKS_A_SECOND * asked.load_s / (
            asked.load_s + 1
        )
        words = f"{phones}: {many.rate:,.0f} chunks a second, p99 {many.p99_s * 1000:.0f} ms"
        say(words)
        tried.append(words)
        if not kept_up:
            break
        best = str(phones)
    told.add("phones at once (4 chunks of 50 kB a second each)", f"**{best}** ({'; '.join(tried)})", "300", "700")
    told.notes.append(
        f"Load: {FLAT_OUT_PHONES} phones with {WINDOW} chunks unanswered each, as fast as receipts come, for "
        f"{asked.load_s:.0f} s; then phones that send 4 a second. The phones, one Python process, share the cores with "
        f"the server. A chunk's wait begins when it is due; phones count while p99 is at most {MOST_S:.0f} s."
    )
