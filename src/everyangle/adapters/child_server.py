"""A process that has a decoder loaded and forks one child for each original: milliseconds instead of a second.

Takes requests with descriptors on one socket, hands each to a fresh child (``child``), says on the request's own line
how the child ended, and kills a child whose caller hangs up. Ends with its owner. Touches no original itself.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import selectors
import signal
import socket
from dataclasses import dataclass

from everyangle.adapters.child import Perform, run_child

_LARGEST_REQUEST = 65_536
_DESCRIPTORS = 3
_LOOK_UP_S = 1.0


@dataclass(frozen=True, slots=True)
class _Job:
    pid: int
    line: socket.socket


class _Server:
    def __init__(self, control: socket.socket, perform: Perform) -> None:
        self._control, self._perform, self._owner = control, perform, os.getppid()
        self._jobs: dict[int, _Job] = {}
        self._selector = selectors.DefaultSelector()
        self._woken, self._wake = socket.socketpair()
        for end in (self._woken, self._wake):
            end.settimeout(0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno())
        self._selector.register(self._control, selectors.EVENT_READ, self._control)
        self._selector.register(self._woken, selectors.EVENT_READ, self._woken)

    def serve(self) -> None:
        """Work until the owner hangs up or is gone."""
        while os.getppid() == self._owner:
            for key, _ in self._selector.select(_LOOK_UP_S):
                if key.data is self._control:
                    if not self._take():
                        return
                elif key.data is self._woken:
                    with contextlib.suppress(BlockingIOError):
                        self._woken.recv(4096)
                elif isinstance(key.data, _Job):
                    self._hung_up(key.data)
            self._reap()

    def end(self) -> None:
        """Leave no child behind."""
        for job in self._jobs.values():
            os.kill(job.pid, signal.SIGKILL)
            os.waitpid(job.pid, 0)

    def _take(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self._control, _LARGEST_REQUEST, _DESCRIPTORS)
        if not data or len(descriptors) != _DESCRIPTORS:
            return False
        line, source, sink = descriptors
        pid = os.fork()
        if pid == 0:
            run_child(self._perform, json.loads(data), line, source, sink)
        os.close(source)
        os.close(sink)
        job = _Job(pid, socket.socket(fileno=line))
        self._jobs[pid] = job
        self._selector.register(job.line, selectors.EVENT_READ, job)
        return True

    def _hung_up(self, job: _Job) -> None:
        self._selector.unregister(job.line)
        os.kill(job.pid, signal.SIGKILL)

    def _reap(self) -> None:
        for pid, job in list(self._jobs.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            with contextlib.suppress(OSError):
                job.line.sendall(json.dumps({"ended": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
            with contextlib.suppress(KeyError):
                self._selector.unregister(job.line)
            job.line.close()
            del self._jobs[pid]


def serve(descriptor: int, module: str) -> None:
    """Serve on an inherited socket until its other end closes.

    Args:
        descriptor: the socket.
        module: dotted name of the module whose ``perform`` the children run.
    """
    os.chdir("/")
    perform: Perform = importlib.import_module(module).perform
    with socket.socket(fileno=descriptor) as control:
        server = _Server(control, perform)
        try:
            server.serve()
        finally:
            server.end()
