"""Work on originals, each in a resource-limited child of a pre-loaded server process.

The child gets descriptors, never paths. What comes back is JSON, checked, never pickled objects: a decoder taken over
by a hostile file can lie about that file and no more. If a child dies, the error names the original and the next one
goes to a new child. One value may be used by many threads; a process that gets it by fork starts its own server.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from everyangle.core.errors import EveryAngleError

_SERVER = """
import sys
sys.path[:] = sys.argv[3:]
from everyangle.adapters.child_server import serve
serve(int(sys.argv[1]), sys.argv[2])
"""
_LARGEST_ANSWER = 64 << 20
_STOP_S = 5.0
_LOOK_UP_S = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """How a child's end is told: as errors of the house that name the original, whose label comes last.

    Attributes:
        reported: from the parts of an error that the child reported.
        timed_out: that it took too long.
        ended: that it ended without an answer, from its status (negative for a signal).
    """

    reported: Callable[[Sequence[object], str], EveryAngleError]
    timed_out: Callable[[str], EveryAngleError]
    ended: Callable[[int, str], EveryAngleError]


class Children:
    """Runs requests in children, one child a request.

    Args:
        module: dotted name of the module whose ``perform`` the children run (see ``child``).
        words: for errors.
        wall_s: seconds in all that a child may take.
        stall_s: seconds without any progress.
    """

    def __init__(self, module: str, words: Words, wall_s: float, stall_s: float) -> None:
        self._module, self._words, self._wall_s, self._stall_s = module, words, wall_s, stall_s
        self._lock = threading.Lock()
        self._server: _ServerProcess | None = None

    def close(self) -> None:
        """Stop the server and every child; running again starts another."""
        with self._lock:
            if self._server is not None:
                self._server.stop()
                self._server = None

    def run(
        self, request: Mapping[str, Any], source: int, sink: int, label: str, progress: Callable[[float], None]
    ) -> Any:
        """Run a request in a child of its own and return its result.

        Raises:
            EveryAngleError: as the child reports it, or as the words have it where the child died.
        """
        here, there = socket.socketpair()
        with here:
            with there:
                self._send(json.dumps(request).encode(), [there.fileno(), source, sink])
            return self._result(here, label, progress)

    def _send(self, request: bytes, descriptors: list[int]) -> None:
        with self._lock:
            if self._server is None or not self._server.usable():
                self._server = _ServerProcess(self._module)
            try:
                self._server.send(request, descriptors)
            except OSError:
                self._server.stop()
                self._server = _ServerProcess(self._module)
                self._server.send(request, descriptors)

    def _result(self, line: socket.socket, label: str, progress: Callable[[float], None]) -> Any:
        for message in self._messages(line, label):
            if "done_s" in message:
                progress(float(message["done_s"]))
            elif "result" in message:
                return message["result"]
            elif "error" in message:
                raise self._words.reported(message["error"], label)
            else:
                raise self._words.ended(int(message.get("ended", -signal.SIGKILL)), label)
        raise self._words.ended(-signal.SIGKILL, label)

    def _messages(self, line: socket.socket, label: str) -> Iterator[Any]:
        """Yield what comes on the line, until it ends or the time is over."""
        ends, stalls = time.monotonic() + self._wall_s, time.monotonic() + self._stall_s
        held = b""
        while True:
            line.settimeout(_LOOK_UP_S)
            try:
                data = line.recv(1 << 16)
            except TimeoutError:
                if time.monotonic() > min(ends, stalls):
                    raise self._words.timed_out(label) from None
                continue
            if not data or len(held) > _LARGEST_ANSWER:
                return
            if time.monotonic() > ends:
                raise self._words.timed_out(label)
            stalls = time.monotonic() + self._stall_s
            *whole, held = (held + data).split(b"\n")
            for message in whole:
                yield json.loads(message)


class _ServerProcess:
    """The server of one process, with the socket to it."""

    def __init__(self, module: str) -> None:
        self._owner = os.getpid()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _SERVER, str(theirs.fileno()), module, *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )
        self.stop = weakref.finalize(self, _stop, self._owner, self._control, self._process)

    def usable(self) -> bool:
        """Tell whether the server lives and is this process's own."""
        return self._owner == os.getpid() and self._process.poll() is None

    def send(self, request: bytes, descriptors: list[int]) -> None:
        """Hand a request and its descriptors over."""
        socket.send_fds(self._control, [request], descriptors)


def _stop(owner: int, control: socket.socket, process: subprocess.Popen[bytes]) -> None:
    control.close()
    if owner != os.getpid():
        process.returncode = 0
        return
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
