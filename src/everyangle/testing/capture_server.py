"""A capture server as a real process, or in this one, over a real folder of cases. For tests and benchmarks."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from everyangle.adapters.case_folder import new_case, open_case
from everyangle.adapters.clock_system import SystemClock
from everyangle.capture.links import link_of, token_of
from everyangle.core.errors import ConflictError
from everyangle.ports.case import CasePorts
from everyangle.record.commitments import Opening, commitment_of
from everyangle.record.entries import Entry, encode_entry
from everyangle.record.kinds import Body, CaseOpened
from everyangle.record.kinds_capture import InvitationMade
from everyangle.record.notes import VerifyKey, parse_key

T = TypeVar("T")

_COMMAND = "from everyangle.cli.main import run; run()"


@dataclass
class Grounds:
    """A folder with one case to be served, and the keys beside it."""

    folder: Path
    _made: bool = field(default=False, init=False)

    @property
    def root(self) -> Path:
        """What is served."""
        return self.folder / "root"

    @property
    def home(self) -> Path:
        """Where keys are kept."""
        return self.folder / "home"

    @property
    def case_folder(self) -> Path:
        """The case."""
        return self.root / "stop"

    def make(self, title: str = "The stop on Alder Street") -> CasePorts:
        """Make the case."""
        self.root.mkdir(parents=True, exist_ok=True)
        ports = new_case(self.case_folder, self.home, SystemClock(), os.urandom)
        _append(ports, CaseOpened(str(ports.signer.key) if ports.signer else "", title))
        return ports

    def case(self) -> CasePorts:
        """Return fresh ports of the case."""
        return open_case(self.case_folder, self.home, SystemClock(), os.urandom)

    def token(self, *, uses: int = 1000, label: str | None = None) -> str:
        """Make a link and return its token."""
        token = token_of(os.urandom(16))
        link = link_of(token)
        if link is None:
            raise ValueError("random bytes that make no token")
        _append(self.case(), InvitationMade(link, uses, None), label)
        return token


def _append(ports: CasePorts, body: Body, label: str | None = None) -> None:
    openings = [] if label is None else [Opening("label", label, os.urandom(32))]
    private = {one.field: commitment_of(one) for one in openings}
    ports.openings.put(openings)
    entry = Entry(ports.id, body, ports.clock.now(), os.urandom(16).hex(), "tests", private)
    patiently(lambda: ports.log.append([encode_entry(entry)]))


def patiently(act: Callable[[], T]) -> T:
    """Do something to a case while a server may be writing to its log."""
    for _ in range(200):
        try:
            return act()
        except ConflictError:
            time.sleep(0.05)
    return act()


class ServerProcess:
    """``everyangle serve`` as a process of its own, on a free port of loopback.

    Args:
        grounds: what is served.
        options: more options of the command.
    """

    def __init__(self, grounds: Grounds, options: Sequence[str] = ()) -> None:
        self._grounds, self._options = grounds, options
        self.events: list[dict[str, Any]] = []
        self._listening = threading.Event()
        self.port = 0

    def start(self, timeout_s: float = 60.0) -> ServerProcess:
        """Start it and wait until it listens."""
        command = [sys.executable, "-c", _COMMAND, "serve", str(self._grounds.root)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--reserve", "0", *self._options],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "EVERYANGLE_HOME": str(self._grounds.home)},
        )
        self._listening.clear()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        ends = time.monotonic() + timeout_s
        while not self._listening.wait(0.05):
            if self.process.poll() is not None or time.monotonic() > ends:
                self.kill()
                raise AssertionError(f"the server does not listen: {self.events}")
        return self

    def _read(self) -> None:
        for line in self.process.stderr or ():
            try:
                event = json.loads(line)
            except json.JSONDecodeError:
                event = {"event": "text", "text": line}
            self.events.append(event)
            if event["event"] == "listening":
                self.port = int(event["at"].rpartition(":")[2])
                self._listening.set()

    @property
    def http(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        """Its address for WebSockets."""
        return f"ws://127.0.0.1:{self.port}"

    def hello(self, token: str) -> dict[str, Any]:
        """Return what the server says of a link."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("POST", "/capture/1/hello", headers={"Authorization": f"Bearer {token}"})
            found: dict[str, Any] = json.loads(connection.getresponse().read())
            return found

    def key(self, token: str) -> VerifyKey:
        """Return its receipt key."""
        return parse_key(self.hello(token)["receipt_key"])

    def kill(self) -> None:
        """Kill it as a power switch would."""
        self.process.kill()
        self._ended()

    def stop(self) -> int:
        """Ask it to end, and return its exit status."""
        self.process.terminate()
        return self._ended()

    def _ended(self) -> int:
        status = self.process.wait(60)
        self._reading.join(5)
        if self.process.stderr:
            self.process.stderr.close()
        return status

    def wait_for(self, event: str, timeout_s: float = 20.0) -> dict[str, Any]:
        """Return an event that it tells."""
        ends = time.monotonic() + timeout_s
        while time.monotonic() < ends:
            found = next((one for one in self.events if one["event"] == event), None)
            if found is not None:
                return found
            time.sleep(0.02)
        raise AssertionError(f"no {event!r} in {self.events}")
