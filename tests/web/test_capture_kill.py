"""A real server that is killed and stopped while phones record: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from everyangle.adapters.case_folder import case_to_verify
from everyangle.adapters.clock_system import SystemClock
from everyangle.capture.container import read_begin, read_chunks
from everyangle.stages.audit import audit_case
from everyangle.testing.capture_load import items, killed_under_load, roamers_of, wait_for_items
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.loops import run as run_to_end


def test_a_server_killed_at_random_under_load_keeps_every_promise(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    token = grounds.token()
    server = ServerProcess(grounds, ["--quiet-after", "2"]).start()
    roamers = roamers_of(token, 6, 150, 30)
    kills = run_to_end(killed_under_load(server, roamers, server.key(token), kills=4, rng=random.Random(3)))
    assert kills >= 3
    assert sum(one.connections for one in roamers) > 6 * kills / 2
    wait_for_items(grounds, roamers)
    assert server.stop() == 0
    for one in roamers:
        with grounds.case().originals.open(items(grounds)[one.phone.begin.id].item) as file:
            read_begin(file.read)
            bodies = [chunk.body for chunk in read_chunks(file.read)]
        assert bodies == [chunk.body for chunk in one.signed]
    verdict = audit_case(case_to_verify(grounds.case_folder, grounds.home, SystemClock(), lambda n: bytes(n)))
    assert verdict.ok, verdict.findings


def test_a_server_that_is_told_to_stop_answers_what_it_took_and_lets_phones_come_back(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path)
    grounds.make()
    token = grounds.token()
    server = ServerProcess(grounds).start()
    key = server.key(token)
    roamers = roamers_of(token, 4, 120, 60)

    async def run() -> None:
        recording = [asyncio.create_task(one.run(server, key)) for one in roamers]
        await asyncio.sleep(0.7)
        assert await asyncio.to_thread(server.stop) == 0
        await asyncio.to_thread(server.start)
        await asyncio.gather(*recording)

    run_to_end(run())
    assert all(not one.phone.held and len(one.signed) == 120 for one in roamers)
    assert [event["event"] for event in server.events].count("stopped") == 1
    assert server.stop() == 0
