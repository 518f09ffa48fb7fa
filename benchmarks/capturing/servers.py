"""A server that is killed at random under load and at every step, the power that goes, and chunks that are forged."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from benchmarks.capturing.figures import Asked, Told
from benchmarks.syncing.keep import say

from everyangle.adapters.case_folder import case_to_verify
from everyangle.adapters.clock_system import SystemClock
from everyangle.capture.container import read_begin, read_chunks
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY
from everyangle.stages.audit import audit_case
from everyangle.testing.capture_client import Phone, Signed
from everyangle.testing.capture_failing import fail, steps_of
from everyangle.testing.capture_load import PromiseBrokenError, items, killed_under_load, roamers_of, wait_for_items
from everyangle.testing.capture_mutants import TOKEN, flips, is_true, kept, recorded, sealer, session
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.faults import CountingDisk, CrashingDisk
from everyangle.testing.faults_power import PowerDisk

ROUND = 50
"""Kills in one round; each round has a case of its own, so that the last kill costs no more than the first."""
SIDE_BY_SIDE = 2
PHONES, RATE, PER_KILL = 10, 25, 40


@dataclass(frozen=True, slots=True)
class _Round:
    kills: int
    promised: int
    lost: int
    connections: int


def killed_at_random(asked: Asked, told: Told) -> None:
    """Kill the server while phones record, and see whether it kept what it promised."""
    started = time.monotonic()
    done: list[_Round] = []
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        # Phones may be done before a round has all its kills: then there are more rounds.
        while (missing := asked.kills - sum(one.kills for one in done)) > 0:
            rounds = [min(ROUND, missing - start) for start in range(0, missing, ROUND)]
            done += pool.map(_round, rounds, range(asked.seed + len(done), asked.seed + len(done) + len(rounds)))
    kills, promised = sum(one.kills for one in done), sum(one.promised for one in done)
    told.add(
        f"server killed at random {kills} times under load",
        f"**{sum(one.lost for one in done)}** of {promised:,} acknowledged chunks lost",
        "0 acknowledged chunks lost (1,000 kills)",
        "0",
    )
    told.notes.append(
        f"Server killed: {PHONES} phones that send {RATE} chunks a second each, in rounds of {ROUND} kills on a fresh "
        f"case, {SIDE_BY_SIDE} rounds side by side, {time.monotonic() - started:.0f} s; phones connected "
        f"{sum(one.connections for one in done):,} times and compared what they found with their last receipt; after "
        "each round every recording's item was compared chunk by chunk with what was sent, and the case verified."
    )


def _round(kills: int, seed: int) -> _Round:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as base:
        grounds = Grounds(Path(base))
        grounds.make()
        token = grounds.token()
        server = ServerProcess(grounds, ["--quiet-after", "2"]).start()
        roamers = roamers_of(token, PHONES, kills * PER_KILL, RATE)
        key, lost = server.key(token), 0
        try:
            done = asyncio.run(killed_under_load(server, roamers, key, kills=kills, rng=random.Random(seed)))
            wait_for_items(grounds, roamers)
        except (PromiseBrokenError, AssertionError) as error:
            say(f"BROKEN: {error}")
            done, lost = kills, 1
        finally:
            server.stop()
        if not lost:
            ended = items(grounds)
            for one in roamers:
                with grounds.case().originals.open(ended[one.phone.begin.id].item) as file:
                    read_begin(file.read)
                    bodies = [chunk.body for chunk in read_chunks(file.read)]
                lost += sum(a != b.body for a, b in zip(bodies, one.signed, strict=True))
            verdict = audit_case(case_to_verify(grounds.case_folder, grounds.home, SystemClock(), bytes))
            lost += not verdict.ok
        say(f"{done} kills, {lost} lost")
        return _Round(done, sum(one.promised for one in roamers), lost, sum(one.connections for one in roamers))


def every_step(asked: Asked, told: Told) -> None:  # noqa: ARG001  every part is asked alike
    """Kill the server at every write, sync, rename and folder of the journal and of the case."""
    with _Begun() as house:
        steps, case_steps = steps_of(house.base, house.begun)
        lost = sum(house.fails(CrashingDisk(step), None) for step in range(1, steps + 1))
        lost += sum(house.fails(None, CrashingDisk(step)) for step in range(1, case_steps + 1))
    told.add(
        f"server killed at every write, sync and rename ({steps} of the journal, {case_steps} of the case)",
        f"**{lost}** with an acknowledged chunk lost",
        "0",
        "0",
    )


def power(asked: Asked, told: Told) -> None:
    """Cut the power at every step, again and again, each time losing another part of what was not waited for."""
    with _Begun() as house:
        steps, case_steps = steps_of(house.base, house.begun)
        states = lost = 0
        while states < asked.states:
            # Every seventh step of the case, another one each time: those are slow, and less of it is at stake.
            for step in range(1, steps + 1):
                lost += house.fails(PowerDisk(step, random.Random(states)), None)
                states += 1
            for step in range(1 + states % 7, case_steps + 1, 7):
                lost += house.fails(None, PowerDisk(step, random.Random(states)))
                states += 1
            say(f"{states} states, {lost} with something lost")
    told.add(f"power-loss model, {states:,} states", f"**{lost}** with an acknowledged chunk lost", "0 of 5,000", "0")


class _Begun:
    """A case with a link in a temporary folder, to be copied for each failure."""

    def __enter__(self) -> Self:
        self.base = Path(tempfile.mkdtemp())
        grounds = Grounds(self.base / "begun")
        grounds.make()
        self.begun = (grounds.folder, grounds.token())
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.base, ignore_errors=True)

    def fails(self, disk: CountingDisk | None, case_disk: CountingDisk | None) -> int:
        """Return 1 where a promise was broken by a failure, or else 0."""
        try:
            fail(self.base / "failing", self.begun, disk, case_disk)
        except AssertionError as error:
            say(f"BROKEN: {error}")
            shutil.rmtree(self.base / "failing", ignore_errors=True)
            return 1
        return 0


def mutations(asked: Asked, told: Told) -> None:
    """Offer forged, reordered, replayed, truncated and foreign chunks to recordings."""
    rng = random.Random(asked.seed)
    tried = accepted = 0
    while tried < asked.mutations:
        phone = Phone(TOKEN)
        chunks, foreign = recorded(phone), [*recorded(Phone(TOKEN)), *recorded(Phone(TOKEN, key=phone.key))]
        one = session(phone)
        for position, chunk in enumerate(chunks):
            sealed = chunk.frame(0, sealer(phone))
            for mutant in _mutants(chunk, sealed, chunks, position, foreign, rng):
                found = kept(one, mutant)
                tried += found is None
                if found is not None:
                    accepted += not is_true(found, chunk)
                    one.take_back(found)
            if kept(one, sealed if position % 2 else chunk.frame()) is None:
                raise AssertionError("a true chunk was refused")
    told.add(
        f"{tried:,} forged, reordered, replayed, truncated and foreign chunks",
        f"**{accepted}** accepted",
        "0 of 10,000",
        "0",
    )


def _mutants(
    chunk: Signed, sealed: bytes, chunks: list[Signed], position: int, foreign: list[Signed], rng: random.Random
) -> Iterator[bytes]:
    plain = chunk.frame()
    for data in (plain, sealed):
        flipped = list(flips(data))
        yield from rng.sample(flipped, min(300, len(flipped)))
        yield from (data[: rng.randrange(len(data))] for _ in range(40))
        yield from (data + rng.randbytes(rng.randrange(1, 90)) for _ in range(20))
    others = (*foreign, *chunks[:position], *chunks[position + 1 :])
    yield from (other.frame(flags) for other in others for flags in (0, HEAD_ONLY, LATE_BODY))
    yield from (plain[:65] + other.signature + plain[129:] for other in others)
    yield from (plain[:1] + other.raw_header + plain[65:] for other in others)
    yield from (rng.randbytes(len(plain)) for _ in range(20))
