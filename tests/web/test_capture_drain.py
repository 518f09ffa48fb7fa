"""A server that is told to stop in the middle of long recordings: it ends soon, and they become whole items later."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

from everyangle.adapters.case_folder import case_to_verify
from everyangle.adapters.clock_system import SystemClock
from everyangle.capture.container import read_begin, read_chunks
from everyangle.stages.audit import audit_case
from everyangle.testing.capture_load import Roamer, items, roamers_of, wait_for_items
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.loops import run as run_to_end

CHUNKS, PHONES, ENOUGH = 3000, 3, 1500
MOST_S = 20.0
"""However busy the machine is: the phones' connections are given ten seconds at most."""


def test_a_server_that_is_told_to_stop_in_long_recordings_ends_soon_and_they_become_whole_items(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    server = ServerProcess(grounds, ["--quiet-after", "2"]).start()
    token = grounds.token()
    key = server.key(token)
    lost, *others = roamers_of(token, PHONES, CHUNKS, 0)

    async def run() -> float:
        sending = [asyncio.create_task(one.run(server, key)) for one in (lost, *others)]
        while min(one.promised for one in (lost, *others)) < ENOUGH:
            await asyncio.wait(sending, timeout=0.05, return_when=asyncio.FIRST_EXCEPTION)
            assert not any(task.done() for task in sending)
        started = time.monotonic()
        assert await asyncio.to_thread(server.stop) == 0
        took_s = time.monotonic() - started
        sending[0].cancel()
        with suppress(asyncio.CancelledError):
            await sending[0]
        await asyncio.to_thread(server.start)
        await asyncio.gather(*sending[1:])
        return took_s

    assert run_to_end(run()) < MOST_S
    wait_for_items(grounds, others)
    wait_for(grounds, lost)
    assert server.stop() == 0
    for one in others:
        assert kept(grounds, one) == [chunk.body for chunk in one.signed]
    found = kept(grounds, lost)
    assert len(found) >= lost.promised >= ENOUGH
    assert found == [chunk.body for chunk in lost.signed[: len(found)]]
    assert audit_case(case_to_verify(grounds.case_folder, grounds.home, SystemClock(), lambda n: bytes(n))).ok


def kept(grounds: Grounds, one: Roamer) -> list[bytes]:
    """Return the bodies in a recording's item."""
    with grounds.case().originals.open(items(grounds)[one.phone.begin.id].item) as file:
        read_begin(file.read)
        return [chunk.body for chunk in read_chunks(file.read)]


def wait_for(grounds: Grounds, one: Roamer) -> None:
    """Wait until the recording of a phone that is gone is an item."""
    ends = time.monotonic() + 60
    while one.phone.begin.id not in items(grounds):
        assert time.monotonic() < ends
        time.sleep(0.2)
