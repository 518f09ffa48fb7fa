"""A real browser, and one small playable dossier, for all tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

from everyangle.dossier.model import Dossier
from everyangle.testing.dossier_page import write_dossier
from everyangle.testing.dossier_pixels import wait_until
from everyangle.testing.dossier_served import served

FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
SECONDS = 16.0
"""How long the event of the tests' dossier lasts."""


@dataclass
class Opened:
    """A page with everything that it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def js(self, expression: str) -> Any:
        """Evaluate in the page, with ``s`` as the session that is being watched."""
        return self.page.evaluate(f"(() => {{ const s = EveryAngle.app.session; return {expression}; }})()")

    def until(self, expression: str, timeout_s: float = 10.0) -> None:
        """Wait until an expression on the session is true."""
        session = "(EveryAngle.app && EveryAngle.app.session)"
        wait_until(self.page, f"{session} && ((s) => {expression})({session})", timeout_s)


@dataclass(frozen=True)
class Written:
    """A dossier on disk and what it shows."""

    folder: Path
    shows: Dossier


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("dossier")
    return Written(folder, write_dossier(folder, seconds=SECONDS))


@contextmanager
def _opened(browser: Browser, address: str, **options: Any) -> Iterator[Opened]:
    context: BrowserContext = browser.new_context(**options)
    page = context.new_page()
    opened = Opened(page)
    page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: opened.complaints.append(f"error: {error}"))

    def asked(request: Request) -> None:
        opened.requests.append(request.url)

    page.on("request", asked)
    page.goto(address)
    try:
        yield opened
    finally:
        context.close()


@pytest.fixture
def open_page(browser: Browser, written: Written) -> Iterator[Any]:
    """A function that opens the dossier by ``file://`` with a hash and context options."""
    stack: list[Any] = []

    def open_(hash_: str = "", folder: Path | None = None, **options: Any) -> Opened:
        options.setdefault("viewport", {"width": 1200, "height": 800})
        manager = _opened(browser, f"file://{folder or written.folder}/index.html{hash_}", **options)
        stack.append(manager)
        opened: Opened = manager.__enter__()
        return opened

    yield open_
    for manager in reversed(stack):
        manager.__exit__(None, None, None)


@pytest.fixture(scope="module")
def _shared(browser: Browser, written: Written) -> Iterator[Opened]:
    options = {"viewport": {"width": 1200, "height": 800}}
    with _opened(browser, f"file://{written.folder}/index.html#t=4", **options) as opened:
        opened.until("s.recordings.length === 5")
        yield opened


@pytest.fixture
def opened(_shared: Opened) -> Opened:
    """The page at 0:04, as if just opened; shared within a test file, since opening takes most of the time."""
    _shared.page.evaluate(
        """() => {
          document.querySelectorAll("dialog").forEach((one) => one.close());
          document.querySelectorAll("#others details").forEach((one) => one.removeAttribute("open"));
          document.querySelectorAll(".evidence-button[aria-expanded=true]").forEach((one) => one.click());
          document.activeElement.blur();
          document.querySelector("#watch").dispatchEvent(new PointerEvent("pointerdown"));
          const { session, timeline } = EveryAngle.app;
          session.pause();
          session.showOnly(null);
          session.setSpeed(1);
          session.setVolume(1);
          session.focusOn(session.recordings[0].id);
          session.hear(session.recordings[0].id);
          timeline.zoomOut();
          session.seek(4);
          scrollTo(0, 0);
        }"""
    )
    _shared.page.mouse.move(0, 0)
    return _shared


@pytest.fixture(scope="session")
def served_page(written: Written) -> Iterator[str]:
    """The address at which the dossier is served on this machine: pixels can be read there, on ``file://`` not."""
    with served(written.folder) as address:
        yield f"{address}/index.html"
