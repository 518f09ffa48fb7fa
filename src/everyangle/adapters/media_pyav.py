"""Media by PyAV (FFmpeg), each item in a resource-limited child of a pre-loaded server process.

The child gets descriptors, never paths. What comes back is JSON, checked, never pickled objects: a decoder taken over
by a hostile file can lie about that file and no more. If a child dies, the error names the item and the next item goes
to a new child. One adapter may be used by many threads; a process that gets it by pickle or fork starts its own server.
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
from collections.abc import Mapping
from typing import Any

from everyangle.adapters.media_calls import Json, MediaCalls
from everyangle.adapters.media_limits import MediaLimits
from everyangle.adapters.media_pyav_words import ended_error, reported_error, timed_out
from everyangle.ports.media import Progress

_SERVER = """
import sys
sys.path[:] = sys.argv[2:]
from everyangle.adapters.media_server import serve
serve(int(sys.argv[1]))
"""
_LARGEST_ANSWER = 64 << 20
_LONGEST_LABEL = 1000
_STOP_S = 5.0
_LOOK_UP_S = 0.5


class PyavMedia(MediaCalls):
    """The media port for received files.

    Args:
        limits: what one operation on one item may take.
    """

    def __init__(self, limits: MediaLimits | None = None) -> None:
        self._limits = limits or MediaLimits()
        self._lock = threading.Lock()
        self._server: _ServerProcess | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process without the server."""
        return (PyavMedia, (self._limits,))

    def close(self) -> None:
        """Stop the server and every child; the adapter can be used again afterwards."""
        with self._lock:
            if self._server is not None:
                self._server.stop()
                self._server = None

    def run(
        self, operation: str, settings: Mapping[str, Any], source: int, sink: int, label: str, progress: Progress
    ) -> Json:
        """Run an operation in a child of its own."""
        label = label[:_LONGEST_LABEL]
        request = {"operation": operation, "settings": dict(settings), "label": label, "limits": self._limits.as_json()}
        here, there = socket.socketpair()
        with here:
            with there:
                self._send(json.dumps(request).encode(), [there.fileno(), source, sink])
            return self._result(here, label, progress)

    def _send(self, request: bytes, descriptors: list[int]) -> None:
        with self._lock:
            if self._server is None or not self._server.usable():
                self._server = _ServerProcess()
            try:
                self._server.send(request, descriptors)
            except OSError:
                self._server.stop()
                self._server = _ServerProcess()
                self._server.send(request, descriptors)

    def _result(self, line: socket.socket, label: str, progress: Progress) -> Json:
        for message in _messages(line, label, self._limits):
            if "done_s" in message:
                progress(float(message["done_s"]))
            elif "result" in message:
                result: Json = message["result"]
                return result
            elif "error" in message:
                raise reported_error(message["error"], label)
            else:
                raise ended_error(int(message.get("ended", -signal.SIGKILL)), label)
        raise ended_error(-signal.SIGKILL, label)


def _messages(line: socket.socket, label: str, limits: MediaLimits) -> Any:
    """Yield what comes on the line, until it ends or the time is over."""
    ends, stalls = time.monotonic() + limits.wall_s, time.monotonic() + limits.stall_s
    held = b""
    while True:
        line.settimeout(_LOOK_UP_S)
        try:
            data = line.recv(1 << 16)
        except TimeoutError:
            if time.monotonic() > min(ends, stalls):
                raise timed_out(label) from None
            continue
        if not data or len(held) > _LARGEST_ANSWER:
            return
        if time.monotonic() > ends:
            raise timed_out(label)
        stalls = time.monotonic() + limits.stall_s
        *whole, held = (held + data).split(b"\n")
        for message in whole:
            yield json.loads(message)


class _ServerProcess:
    """The server of one process, with the socket to it."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _SERVER, str(theirs.fileno()), *sys.path],
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
