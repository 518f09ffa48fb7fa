"""The page that a witness opens, driven in a real browser that can be killed as a smashed phone would be."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream"]
ALLOWED = ["camera", "microphone"]


@dataclass
class Phone:
    """A browser with a folder of its own, that can be killed and started again."""

    playwright: Playwright
    folder: Path
    context: BrowserContext
    page: Page

    def kill(self) -> float:
        """Kill the browser as a smashed phone would, and return when."""
        mine = self.pids()
        at = time.time()
        for pid in mine:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Exception):
            self.context.close()
        return at

    def pids(self) -> list[int]:
        """Return the browser's processes."""
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if self._is_mine(path)]

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
