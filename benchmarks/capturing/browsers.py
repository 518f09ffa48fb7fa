"""A browser that is killed while it records, again and again, and how much of what it filmed is held afterwards."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.capturing.figures import Asked, Told, seconds
from benchmarks.capturing.picture import camera, last_time_s
from benchmarks.syncing.keep import say
from playwright.sync_api import Page, Playwright, sync_playwright

from everyangle.testing.capture_held import Held, held
from everyangle.testing.capture_page import ALLOWED, FLAGS, Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess

WITHOUT_CODECS = "delete window.MediaStreamTrackProcessor;"
ONLY_MP4 = (
    WITHOUT_CODECS
    + """const claims = MediaRecorder.isTypeSupported;
    MediaRecorder.isTypeSupported = (type) => type.includes("mp4") && claims(type);"""
)
LEAST_S, MORE_S = 3.0, 1.0
"""How long each run films before it is killed: from three to four seconds."""
SETTLE_S = 0.5

Begin = Callable[[Page], None]
Result = Callable[[float], float | None]


def start_phone(playwright: Playwright, folder: Path, script: str) -> Phone:
    """Return a browser with a script that runs before each page's own."""
    flags = [*FLAGS, "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"]
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path="/usr/bin/chromium", args=flags, permissions=ALLOWED
    )
    context.add_init_script(script)
    phone = Phone(playwright, folder, context, context.pages[0])
    for pid in phone.pids():
        _prefer_session(pid)
    return phone


def killed(runs: int, asked: Asked, script: str, begin: Begin, result: Result) -> list[float | None]:
    """Return the seconds lost of each run: from the kill back to the last picture that can be decoded.

    Args:
        runs: how many.
        asked: the camera's width, and the seed of the moments.
        script: run before the page's own.
        begin: opens the page and presses Record.
        result: takes the time of the kill and returns the time in the last picture that is held, or None.
    """
    rng = random.Random(asked.seed)
    lost: list[float | None] = []
    with sync_playwright() as playwright:
        for number in range(runs):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                phone = start_phone(playwright, Path(folder), camera(asked.width) + script)
                try:
                    begin(phone.page)
                    phone.page.wait_for_timeout(1000 * (LEAST_S + MORE_S * rng.random()))
                finally:
                    at = phone.kill()
                time.sleep(SETTLE_S)
                last = result(at)
                lost.append(None if last is None else at - last)
                say(f"run {number + 1}: {'everything' if last is None else f'{at - last:.2f} s'} lost")
    return lost


@contextmanager
def served() -> Iterator[tuple[Grounds, ServerProcess]]:
    """Yield a server over a fresh case."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as base:
        grounds = Grounds(Path(base))
        grounds.make()
        server = ServerProcess(grounds).start()
        try:
            yield grounds, server
        finally:
            if server.process.poll() is None:
                server.stop()


def last_held_s(one: Held, near_s: float, stream: int = 0) -> float | None:
    """Return the time in the last picture of a recording, as far as its bodies came without a gap."""
    times = [last_time_s(segment, near_s) for segment in whole_segments(one, stream)]
    return max((time for time in times if time is not None), default=None)


def whole_segments(one: Held, stream: int) -> list[bytes]:
    """Return each file of a stream, up to the first body that did not come."""
    from everyangle.capture.frames import Kind

    files: dict[int, bytes] = {}
    cut: set[int] = set()
    for header in one.of(Kind.MEDIA, stream):
        if header.sequence not in one.bodies:
            cut.add(header.segment)
        elif header.segment not in cut:
            files[header.segment] = files.get(header.segment, b"") + one.bodies[header.sequence]
    return [files[number] for number in sorted(files)]


def record_here(server: ServerProcess, grounds: Grounds) -> Begin:
    """Return what opens a fresh link and presses Record."""
    token = grounds.token(uses=10_000)

    def begin(page: Page) -> None:
        witness = Witness(page, f"{server.http}/w/#{token}").open()
        witness.until("Ready", timeout_s=60)
        witness.press("Record")

    return begin


def held_here(grounds: Grounds, scratch: Path) -> Result:
    """Return what looks into the server's journal."""

    def result(at: float) -> float | None:
        every = held(grounds.root, scratch)
        newest = max(every, key=lambda one: one.begin.started_us, default=None)
        if newest is None or newest.begin.started_us / 1e6 < at - 60:
            return None
        times = [last_held_s(newest, at, stream) for stream in (0, 1)]
        return max((time for time in times if time is not None), default=None)

    return result


def our_kills(asked: Asked, told: Told) -> None:
    """Kill the browser, with every way of recording, with MediaRecorder, and with MP4 only."""
    ways = (
        ("the page as it is (WebCodecs)", "", asked.runs, "0.45", "0.10"),
        ("MediaRecorder (Matroska, H.264)", WITHOUT_CODECS, asked.peer_runs, "0.45", ""),
        ("only MP4 is offered", ONLY_MP4, asked.runs, "1.0", "0.5"),
    )
    nothing = total = 0
    for name, script, runs, least, aim in ways:
        say(f"browser killed: {name}")
        with served() as (grounds, server), tempfile.TemporaryDirectory() as scratch:
            begin, result = record_here(server, grounds), held_here(grounds, Path(scratch) / "journal")
            lost = killed(runs, asked, script, begin, result)
        told.add(f"browser killed (SIGKILL), good link, {name}: seconds lost", seconds(lost), f"p95 ≤ {least}", aim)
        nothing, total = nothing + lost.count(None), total + len(lost)
    told.add("recordings with zero media after 3 s", f"{nothing} of {total}", "0", "0")
    told.notes.append(
        "Seconds lost: time of the kill minus the time in the last picture that decodes from what the server holds. "
        f"The camera is a canvas of {asked.width} × {asked.width * 9 // 16} at 30 pictures a second with a clock in "
        "milliseconds in the picture, and a tone; each run is a new browser profile, filmed for 3 to 4 s and killed at "
        "a random moment. The page, encoders, the server and the benchmark share the machine."
    )


_PREFERRED = -10


def prefer() -> str:
    """Give this process and what it starts a higher priority where that is allowed; return what is to be said of it."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, _PREFERRED)
    except PermissionError:
        return "at ordinary priority"
    _prefer_session(os.getpid())
    return f"at priority {str(_PREFERRED).replace('-', '−')}"


def _prefer_session(pid: int) -> None:
    """Do the same for a process' session: where Linux groups sessions (sched_autogroup), nice counts only inside one.

    A browser has a session of its own, and sets the priority of its renderers itself.
    """
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(_PREFERRED), encoding="ascii")
