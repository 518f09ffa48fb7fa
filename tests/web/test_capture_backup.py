"""Copies that are made while the server works, in the order that the documentation tells, hold every promise."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import httpx

from everyangle.adapters.case_folder import case_to_verify
from everyangle.adapters.clock_system import SystemClock
from everyangle.capture.chain import base64url
from everyangle.capture.receipts import Receipt
from everyangle.stages.audit import audit_case
from everyangle.testing.capture_load import Roamer, items, roamers_of
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.loops import run as run_to_end

COPIES, SHORT, CHUNKS = 6, 12, 40


def test_a_copy_made_while_phones_record_goes_on_from_every_receipt(tmp_path: Path) -> None:
    grounds = Grounds(tmp_path / "served")
    grounds.make()
    token = grounds.token()
    server = ServerProcess(grounds, ["--quiet-after", "1"]).start()
    key = server.key(token)
    short, long = roamers_of(token, SHORT, CHUNKS, 40), roamers_of(token, 2, SHORT * CHUNKS, 40)

    async def one_after_another() -> None:
        for one in short:
            await one.run(server, key)

    async def run() -> list[list[Receipt]]:
        recording = [asyncio.create_task(one.run(server, key)) for one in long]
        recording.append(asyncio.create_task(one_after_another()))
        promised: list[list[Receipt]] = []
        for n in range(COPIES):
            await asyncio.sleep(2)
            promised.append([one.phone.receipt for one in (*short, *long) if one.phone.receipt])
            await asyncio.to_thread(copied, grounds.folder, tmp_path / f"copy-{n}")
        await asyncio.gather(*recording)
        return promised

    promised = run_to_end(run())
    assert server.stop() == 0
    assert items(grounds)
    for n, receipts in enumerate(promised):
        check(Grounds(tmp_path / f"copy-{n}"), receipts, [*short, *long])


def copied(served: Path, copy: Path) -> None:
    """Copy what is served: the journal, then the logs, then all the rest."""
    copy_of(served / "root" / "capture-journal", copy / "root" / "capture-journal")
    copy_of(served / "root" / "stop" / "log", copy / "root" / "stop" / "log")
    for folder in ("originals", "derivatives", "private"):
        copy_of(served / "root" / "stop" / folder, copy / "root" / "stop" / folder)
    copy_of(served / "home", copy / "home")


def copy_of(source: Path, target: Path) -> None:
    """Copy a folder; what vanishes meanwhile is passed over, as rsync does."""

    def copy(one: str, to: str) -> str:
        with suppress(FileNotFoundError):
            return str(shutil.copy2(one, to))
        return to

    if source.exists():
        shutil.copytree(source, target, copy_function=copy, dirs_exist_ok=True)


def check(copy: Grounds, receipts: Sequence[Receipt], roamers: Sequence[Roamer]) -> None:
    """The copy verifies, and a server over it has what receipts promised before it was made."""
    case = case_to_verify(copy.case_folder, copy.home, SystemClock(), lambda n: bytes(n))
    verdict = audit_case(case)
    assert verdict.ok, verdict.findings
    server = ServerProcess(copy).start()
    phones = {one.phone.recording: one.phone for one in roamers}
    try:
        for receipt in receipts:
            phone = phones[receipt.recording]
            place = f"{server.http}/capture/1/recordings/{base64url(phone.recording)}/open"
            bearer = {"Authorization": f"Bearer {phone.token}"}
            state = httpx.post(place, json=phone.opening(), headers=bearer, timeout=30).json()
            assert state["next"] > receipt.heads
            absent = {n for a, b in state["missing"] for n in range(a, b + 1)}
            assert not [n for n in absent if receipt.has_body(n)]
    finally:
        assert server.stop() == 0
