"""A phone whose network goes away or grows narrow: what is recovered after an outage, and how far the server lags."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from benchmarks.capturing.browsers import last_held_s, served, start_phone
from benchmarks.capturing.figures import Asked, Told
from benchmarks.capturing.picture import camera
from benchmarks.syncing.keep import say
from playwright.sync_api import sync_playwright

from everyangle.capture.frames import Kind
from everyangle.testing.capture_held import Held, held
from everyangle.testing.capture_page import Witness
from everyangle.testing.capture_server import Grounds
from everyangle.testing.capture_wire import Wire

MEASURED_S = 6.0
"""How long the link is good before it grows narrow, to learn the rate of the media."""
DEPTH = 2_000_000
"""Bytes that the narrow link keeps in line before it takes no more, as many networks do."""
NOTICE_S = 3.0
"""How long the page may take to notice; what it lags before is not counted."""


def offline(asked: Asked, told: Told) -> None:
    """Cut the network while a phone films, kill the browser, start it again, mend the network."""
    with served() as (grounds, server), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as base:
        wire, folder = Wire(server.port), Path(base) / "phone"
        address = f"http://127.0.0.1:{wire.port}/w/#{grounds.token()}"
        look = _looker(grounds, Path(base) / "journal")
        with sync_playwright() as playwright:
            phone = start_phone(playwright, folder, camera(asked.width))
            witness = Witness(phone.page, address).open()
            witness.until("Ready", timeout_s=60)
            witness.press("Record")
            witness.preserved_past(2)
            wire.cut()
            ends = time.monotonic() + asked.offline_s
            while (left := ends - time.monotonic()) > 0:
                phone.page.wait_for_timeout(1000 * min(left, 20))
                say(witness.status)
            at = phone.kill()
            before = len(look().headers)
            phone = start_phone(playwright, folder, camera(asked.width))
            witness = Witness(phone.page, address).open()
            witness.until("earlier", timeout_s=60)
            wire.mend()
            started = time.monotonic()
            witness.until("now preserved", timeout_s=300)
            took_s = time.monotonic() - started
            phone.kill()
        one = look()
        wire.close()
    last = last_held_s(one, at)
    waited = len(one.headers) - before
    bodies = len(one.bodies) / max(1, len(one.headers))
    lost = "everything" if last is None else f"{at - last:.2f} s"
    told.add(
        f"{asked.offline_s:.0f} s offline, browser killed, started again",
        f"tail lost **{lost}**, **{bodies:.0%}** of chunks held ({waited} had waited; sent in {took_s:.0f} s)",
        "≤ 0.3 s tail, 100 % of the queue",
        "same",
    )


def slow(asked: Asked, told: Told) -> None:
    """Narrow the link to half the rate of the media, and see how far heads, and sound and small pictures, lag."""
    heads: list[float] = []
    small: list[float] = []
    with served() as (grounds, server), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as base:
        wire = Wire(server.port, DEPTH)
        look = _looker(grounds, Path(base) / "journal")
        with sync_playwright() as playwright:
            phone = start_phone(playwright, Path(base) / "phone", camera(asked.width))
            witness = Witness(phone.page, f"http://127.0.0.1:{wire.port}/w/#{grounds.token()}").open()
            witness.until("Ready", timeout_s=60)
            witness.press("Record")
            phone.page.wait_for_timeout(1000 * MEASURED_S)
            rate = _rate(look())
            wire.rate = rate / 2
            narrowed = time.time()
            while time.time() < narrowed + asked.slow_s:
                phone.page.wait_for_timeout(400)
                now = time.time()
                if now > narrowed + NOTICE_S:
                    _lags(look(), now, narrowed, heads, small)
            at = phone.kill()
        time.sleep(0.5)
        one = look()
        wire.close()
    last = last_held_s(one, at, 1)
    lost = "all of it" if last is None else f"{at - last:.2f} s"
    link = f"link at half the media rate ({rate * 8 / 2000:.0f} of {rate * 8 / 1000:.0f} kbit/s, {asked.slow_s:.0f} s)"
    told.add(f"{link}: heads lag", _lag(heads), "≤ 1 s", "≤ 0.5 s")
    told.add(f"{link}: sound and small picture lag", f"{_lag(small)}; killed at the end: {lost} lost", "≤ 2 s", "≤ 1 s")
    told.notes.append(
        f"Slow link: a proxy with one line for all connections, which holds {DEPTH // 1000} kB before it takes no more "
        f"({DEPTH / (rate / 2):.0f} s of what it carries), behind the system's own buffers. Narrowed while the phone "
        f"films; how old what the server holds is, looked at {len(heads)} times from {NOTICE_S:.0f} s after that on."
    )


def _looker(grounds: Grounds, scratch: Path) -> Callable[[], Held]:
    return lambda: held(grounds.root, scratch)[-1]


def _rate(one: Held) -> float:
    """Return bytes a second of the full stream."""
    media = one.of(Kind.MEDIA)
    span_s = (media[-1].captured_us - media[0].captured_us) / 1e6
    return sum(header.length for header in media) / max(span_s, 1)


def _lags(one: Held, now: float, narrowed: float, heads: list[float], small: list[float]) -> None:
    """Add how old the newest head, and the newest of the small stream, were just before they were looked at."""
    heads.append(now - max(header.captured_us for header in one.of(Kind.MEDIA)) / 1e6)
    came = [header.captured_us for header in one.of(Kind.MEDIA, 1) if header.sequence in one.bodies]
    small.append(now - max(came, default=0) / 1e6 if came else now - narrowed)


def _lag(values: list[float]) -> str:
    if not values:
        return "not measured: too short"
    p50, p95 = np.percentile(values, (50, 95))
    return f"p95 **{p95:.2f} s** (median {p50:.2f}, most {max(values):.2f})"
