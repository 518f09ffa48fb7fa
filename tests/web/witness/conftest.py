"""A real server, a real browser that can be killed, and a wire between them that can be cut and narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from everyangle.testing.capture_held import Held, held
from everyangle.testing.capture_page import ALLOWED, FLAGS, Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently
from everyangle.testing.capture_wire import Wire


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


@pytest.fixture(scope="module")
def run(browser: Any, server: ServerProcess) -> Callable[..., Any]:
    """A function that evaluates the body of an async function, with ``load`` for modules and ``x`` as the argument."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/w/")
    page.evaluate(
        """async () => {
          const bytes = await import("/w/bytes.js");
          window.load = (name) => import(`/w/${name}.js`);
          window.b64 = (data) => bytes.base64url(data);
          window.raw = (text) => bytes.unbase64(text);
        }"""
    )
    return lambda body, x=None: page.evaluate(f"async (x) => {{ {body} }}", x)
