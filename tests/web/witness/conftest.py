"""A real server, a real browser that can be killed, and a wire between them that can be cut and narrowed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from everyangle.adapters.journal_folder import FolderJournal
from everyangle.capture.begin import parse_begin
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Header, Kind
from everyangle.capture.records import BegunRecord, ChunkRecord, parse_record
from everyangle.core.errors import ConflictError
from everyangle.testing.capture_server import Grounds, ServerProcess

T = TypeVar("T")

FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream"]
ALLOWED = ["camera", "microphone"]


@dataclass
class Held:
    """What the server's journal holds of one recording.

    Attributes:
        begin: what it begins with.
        headers: of its chunks, in order.
        bodies: plain, by sequence; none where only the head came.
    """

    begin: Any
    headers: list[Header] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)

    def of(self, kind: Kind, stream: int = 0) -> list[Header]:
        """Return the headers of a kind."""
        return [one for one in self.headers if one.kind is kind and one.stream == stream]

    def segments(self, stream: int = 0) -> list[bytes]:
        """Return the files that the media make up, as far as the bodies came."""
        files: dict[int, bytes] = {}
        for one in self.of(Kind.MEDIA, stream):
            files[one.segment] = files.get(one.segment, b"") + self.bodies.get(one.sequence, b"")
        return [files[number] for number in sorted(files)]

    def texts(self, kind: Kind) -> list[str]:
        """Return the bodies of a kind."""
        return [self.bodies[one.sequence].decode() for one in self.headers if one.kind is kind]


def held(root: Path, scratch: Path) -> list[Held]:
    """Return what the journal of a server holds now, oldest recording first."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(root / "capture-journal", scratch)
    (scratch / "lock").unlink(missing_ok=True)
    found: dict[bytes, Held] = {}
    journal = FolderJournal(scratch)
    try:
        for _place, data in journal.records():
            match parse_record(data):
                case BegunRecord() as begun:
                    found.setdefault(begun.recording, Held(parse_begin(begun.raw)))
                case ChunkRecord() as chunk:
                    one = found[chunk.recording]
                    if not chunk.flags & LATE_BODY:
                        one.headers.append(chunk.header)
                    if not chunk.flags & HEAD_ONLY:
                        one.bodies[chunk.header.sequence] = bytes(chunk.body)
    finally:
        journal.close()
    return list(found.values())


class Wire:
    """A TCP proxy to a server: cut, mended, narrowed to some bytes a second, deaf to WebSockets.

    Args:
        port: the server's.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self.up = True
        self.websockets = True
        self.rate = 0.0
        self.asked: list[bytes] = []
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection, and take none until it is mended."""
        self.up = False
        for pair in self._pairs:
            _end(*pair)
        self._pairs.clear()

    def mend(self) -> None:
        """Take connections again."""
        self.up = True

    def close(self) -> None:
        """End it."""
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target)) if self.up else None
            except OSError:
                if self._listener.fileno() < 0:
                    return
                near.close()
                continue
            if far is None:
                near.close()
                continue
            if self.rate:
                for one in (near, far):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
            self._pairs.append((near, far))
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, upward: bool) -> None:
        with suppress(OSError):
            while data := source.recv(8192):
                if upward and data.startswith(b"GET "):
                    self.asked.append(data.partition(b"\r\n")[0])
                if upward and not self.websockets and b"upgrade: websocket" in data.lower():
                    break
                if upward and self.rate:
                    time.sleep(len(data) / self.rate)
                sink.sendall(data)
        _end(source, sink)


def _end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@dataclass
class Phone:
    """A browser with a folder of its own, that can be killed and started again."""

    playwright: Playwright
    folder: Path
    context: BrowserContext
    page: Page

    def kill(self) -> float:
        """Kill the browser as a smashed phone would, and return when."""
        mine = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if self._is_mine(path)]
        at = time.time()
        for pid in mine:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Exception):
            self.context.close()
        return at

    def _is_mine(self, path: Path) -> bool:
        with suppress(OSError):
            return f"--user-data-dir={self.folder}".encode() in path.read_bytes()
        return False


class Witness:
    """A page with what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def open(self) -> Witness:
        """Open the link."""
        self.page.goto(self.address)
        return self

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    @property
    def status(self) -> str:
        """What the status line says."""
        return str(self.page.get_by_role("status").inner_text())

    def until(self, *words: str, timeout_s: float = 15.0) -> str:
        """Wait until the status line has all these words, and return it."""
        ends = time.monotonic() + timeout_s
        while not all(word in self.status for word in words):
            assert time.monotonic() < ends, f"{words} not in {self.status!r}; {self.complaints}"
            self.page.wait_for_timeout(40)
        return self.status

    def preserved_past(self, seconds: int) -> None:
        """Wait until so many seconds are preserved."""
        self.page.wait_for_function(
            """(least) => {
              const said = /Preserved to (?:(\\d+):)?(\\d+):(\\d+)/.exec(document.querySelector("#status").textContent);
              return said && Number(said[1] ?? 0) * 3600 + Number(said[2]) * 60 + Number(said[3]) >= least;
            }""",
            arg=seconds,
            timeout=20_000,
        )

    def told(self, code: str, timeout_s: float = 10.0) -> str:
        """Wait for a message of this code, and return its words."""
        message = self.page.locator(f"#problems [data-code='{code}']")
        message.wait_for(timeout=timeout_s * 1000)
        return str(message.inner_text())


@pytest.fixture(scope="session")
def playwright(driver: Playwright) -> Playwright:
    return driver


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    chromium = driver.chromium.launch(
        executable_path="/usr/bin/chromium", args=[*FLAGS, "--host-resolver-rules=MAP record.example 127.0.0.1"]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def wire(server: ServerProcess) -> Iterator[Wire]:
    made = Wire(server.port)
    yield made
    made.close()


def patiently(act: Callable[[], T]) -> T:
    """Do something to the case while the server may be writing to its log."""
    for _ in range(100):
        with suppress(ConflictError):
            return act()
        time.sleep(0.05)
    return act()


@pytest.fixture
def link(grounds: Grounds) -> str:
    """The part of a fresh link that stands behind the host."""
    return f"/w/#{patiently(lambda: grounds.token(uses=1, label='Neighbours'))}"


@pytest.fixture
def holds(grounds: Grounds, tmp_path: Path) -> Callable[[], list[Held]]:
    """A function that says what the server holds."""
    return lambda: held(grounds.root, tmp_path / "journal")


@pytest.fixture
def visit(browser: Browser, server: ServerProcess) -> Iterator[Callable[..., Witness]]:
    """A function that opens a link in a browser of its own, which shares nothing with the others."""
    contexts: list[BrowserContext] = []

    def open_(path: str, *, port: int = 0, allowed: bool = True, script: str = "", **options: Any) -> Witness:
        options.setdefault("viewport", {"width": 390, "height": 844})
        context = browser.new_context(permissions=ALLOWED if allowed else [], **options)
        contexts.append(context)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        return Witness(page, f"http://127.0.0.1:{port or server.port}{path}").open()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[], Phone]]:
    """A function that starts the same browser again and again, each time with what it kept."""
    started: list[Phone] = []

    def start() -> Phone:
        folder = tmp_path / "phone"
        context = playwright.chromium.launch_persistent_context(
            str(folder), executable_path="/usr/bin/chromium", args=FLAGS, permissions=ALLOWED
        )
        started.append(Phone(playwright, folder, context, context.pages[0]))
        return started[-1]

    yield start
    for one in started:
        one.kill()
