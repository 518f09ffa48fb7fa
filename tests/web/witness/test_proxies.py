"""Through Caddy and nginx as the documentation sets them up: TLS, WebSockets, large files, whose address counts."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Playwright

from everyangle.adapters.certificate_lab import lab_certificate
from everyangle.testing.capture_page import ALLOWED, FLAGS, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess, patiently

PAGE = (Path(__file__).parents[3] / "docs" / "howto" / "serve.md").read_text(encoding="utf-8")
HOST = "record.example"
FILE_BYTES = 30_000_000

both = pytest.mark.parametrize("proxy", ["caddy", "nginx"], indirect=True)


@dataclass
class Proxy:
    """A proxy that runs, and where it writes what it has to say."""

    name: str
    port: int
    log: Path

    def post(self, path: str, address: str = "127.0.0.1", **headers: str) -> httpx.Response:
        """Ask something of it, coming from an address of this machine."""
        transport = httpx.HTTPTransport(verify=trusting(), local_address=address)
        with httpx.Client(transport=transport, timeout=30) as client:
            named = {"Host": f"{HOST}:{self.port}", **headers}
            return client.post(f"https://127.0.0.1:{self.port}{path}", headers=named, extensions={"sni_hostname": HOST})


def trusting() -> ssl.SSLContext:
    """Trust any certificate: this is not about whose it is."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def documented(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    text = documented("caddyfile").replace("127.0.0.1:8443", f"127.0.0.1:{behind}")
    text = text.replace(f"{HOST} {{", f"https://{HOST}:{port} {{\n\ttls internal")
    text = text.replace("{", "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust", 1)
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile")]


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    certificate, key = lab_certificate(folder, HOST)
    text = (
        documented("nginx").replace("127.0.0.1:8443", f"127.0.0.1:{behind}").replace("443 ssl", f"127.0.0.1:{port} ssl")
    )
    text = text.replace(f"/etc/ssl/{HOST}/chain.pem", str(certificate)).replace(f"/etc/ssl/{HOST}/key.pem", str(key))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    before = (
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr error; events {{}}\nhttp {{\n{temporary}"
    )
    (folder / "nginx.conf").write_text(f"{before}{text}}}\n")
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


@pytest.fixture(scope="module")
def server(grounds: Grounds) -> Iterator[ServerProcess]:
    running = ServerProcess(grounds, ["--url", f"https://{HOST}"]).start()
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def proxy(request: pytest.FixtureRequest, server: ServerProcess, tmp_path: Path) -> Iterator[Proxy]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    make = {"caddy": caddy, "nginx": nginx}[request.param]
    log = tmp_path / "log"
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
    command = make(tmp_path, port, server.port)
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=environment) as process:
        made = Proxy(request.param, port, log)
        try:
            wait_for(made, process)
            yield made
        finally:
            process.terminate()


def wait_for(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, proxy.log.read_text()
        try:
            if proxy.post("/capture/1/hello").status_code == 404:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(proxy.log.read_text())


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    flags = [*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1", "--ignore-certificate-errors"]
    chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    yield chromium
    chromium.close()


@pytest.fixture
def witness(browser: Browser, grounds: Grounds, proxy: Proxy) -> Iterator[Witness]:
    context = browser.new_context(permissions=ALLOWED)
    token = patiently(lambda: grounds.token())
    yield Witness(context.new_page(), f"https://{HOST}:{proxy.port}/w/#{token}")
    context.close()


@both
def test_a_phone_records_by_websocket_and_sends_a_large_file(witness: Witness, proxy: Proxy, tmp_path: Path) -> None:
    sockets: list[str] = []
    witness.page.on("websocket", lambda one: sockets.append(one.url))
    witness.open()
    witness.until("Ready")
    witness.press("Record")
    witness.preserved_past(1)
    witness.press("Stop")
    witness.until("All of it is preserved")
    assert sockets == [f"wss://{HOST}:{proxy.port}/capture/1/live"]
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(FILE_BYTES))
    witness.page.locator("#file").set_input_files(film)
    witness.page.get_by_text("preserved, exactly as it is on this phone").wait_for(timeout=120_000)
    assert witness.complaints == []


@both
def test_forms_of_the_staff_come_through_and_those_of_other_sites_do_not(proxy: Proxy) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    ours = proxy.post("/staff/sign-in", Origin=f"https://{HOST}:{proxy.port}", **form)
    other = proxy.post("/staff/sign-in", Origin="https://elsewhere.example", **form)
    assert "another site" not in ours.text
    assert (other.status_code, other.json()["code"]) == (403, "origin-other")


@both
def test_limits_count_the_phones_own_addresses_and_no_log_names_them(
    proxy: Proxy, server: ServerProcess, hello: Callable[..., int]
) -> None:
    last = 30 if proxy.name == "caddy" else 40
    assert [hello(f"127.0.0.{last}", f"192.0.2.{n}") for n in range(31)] == [404] * 30 + [429]
    assert hello(f"127.0.0.{last + 1}", "192.0.2.9") == 404
    server.stop()
    assert hello("127.0.0.77", "192.0.2.9") == 502
    server.start()
    assert "127.0.0.77" not in proxy.log.read_text()


@pytest.fixture
def hello(proxy: Proxy) -> Callable[..., int]:
    """A function that tries a wrong link from an address, claims another one, and returns the status."""
    token = {"Authorization": f"Bearer {'A' * 22}"}

    def ask(address: str, claimed: str) -> int:
        return proxy.post("/capture/1/hello", address, **token, **{"X-Forwarded-For": claimed}).status_code

    return ask
