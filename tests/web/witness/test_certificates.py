"""A certificate that a browser does not trust: it is the browser that refuses, and footage waits on the phone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Error, Playwright

from everyangle.adapters.certificate_lab import lab_certificate
from everyangle.testing.capture_held import Held, held
from everyangle.testing.capture_page import ALLOWED, FLAGS, Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently

HOST = "127.0.0.1"


@pytest.fixture(scope="module")
def server(grounds: Grounds) -> Iterator[ServerProcess]:
    running = by(grounds, certificate(grounds, "true")).start()
    yield running
    running.stop()


def certificate(grounds: Grounds, name: str) -> tuple[Path, Path]:
    return lab_certificate(grounds.folder / name, HOST)


def by(grounds: Grounds, files: tuple[Path, Path], port: int = 0) -> ServerProcess:
    """Return a server that shows this certificate."""
    server = ServerProcess(grounds, ["--tls-cert", str(files[0]), "--tls-key", str(files[1])])
    server.port = port
    return server


def trusted(path: Path) -> str:
    """Return the option by which a browser trusts a certificate's key, and no other that nobody vouches for."""
    key = x509.load_pem_x509_certificate(path.read_bytes()).public_key()
    info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(info).digest()).decode()}"


@pytest.fixture
def trusting(playwright: Playwright, grounds: Grounds, tmp_path: Path) -> Iterator[Callable[[], Phone]]:
    """A function that starts a browser that was told to trust the true certificate, each time with what it kept."""
    started: list[Phone] = []

    def start() -> Phone:
        flags = [*FLAGS, trusted(certificate(grounds, "true")[0])]
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "phone"), executable_path="/usr/bin/chromium", args=flags, permissions=ALLOWED
        )
        started.append(Phone(playwright, tmp_path / "phone", context, context.pages[0]))
        return started[-1]

    yield start
    for one in started:
        one.kill()


@pytest.fixture
def address(server: ServerProcess, grounds: Grounds) -> str:
    return f"https://{HOST}:{server.port}/w/#{patiently(lambda: grounds.token())}"


def test_a_browser_that_does_not_trust_it_opens_no_page_at_all(browser: Browser, address: str) -> None:
    page = browser.new_context(permissions=ALLOWED).new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(address)
    assert page.get_by_role("button", name="Record").count() == 0
    assert "everyangle" not in page.content().lower()
    page.context.close()


def test_a_browser_that_was_told_to_trust_it_records(
    trusting: Callable[[], Phone], grounds: Grounds, address: str, tmp_path: Path
) -> None:
    witness = Witness(trusting().page, address).open()
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(1)
    witness.press("Stop")
    witness.until("All of it is preserved")
    assert witness.complaints == []
    assert whole(held(grounds.root, tmp_path / "journal")[-1])


def test_where_somebody_else_answers_footage_waits_until_the_true_server_is_back(
    trusting: Callable[[], Phone], server: ServerProcess, grounds: Grounds, address: str, tmp_path: Path
) -> None:
    phone = trusting()
    witness = Witness(phone.page, address).open()
    witness.until("Ready")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    witness.press("Record")
    witness.preserved_past(1)
    server.stop()
    other = by(grounds, certificate(grounds, "wrong"), server.port).start()
    said = witness.until("waiting on this phone")
    assert "Preserved to" in said
    witness.until("Offline", "2 s waiting")
    phone.kill()
    again = trusting()
    witness = Witness(again.page, address).open()  # the page itself comes from this phone
    witness.until("Offline", "earlier recording")
    fresh = Witness(again.page.context.new_page(), f"{address.partition('#')[0]}#{'A' * 22}").open()
    again.page.close()
    assert "not what it claims to be" in fresh.told("unreachable", timeout_s=30)
    assert [event for event in other.events if event["event"] in ("refused", "connection-lost")] == []
    other.stop()
    server.start()
    fresh.page.goto("about:blank")
    fresh.page.goto(address)
    fresh.until("now preserved", timeout_s=30)
    one = held(grounds.root, tmp_path / "journal")[-1]
    assert whole(one)
    assert max(header.captured_us for header in one.headers) - one.begin.started_us > 3e6


def whole(one: Held) -> bool:
    """Tell whether a recording has no hole."""
    sequences = [header.sequence for header in one.headers]
    return sequences == list(range(1, len(sequences) + 1)) and set(one.bodies) == set(sequences)
