"""A child that works on one original: limits first, then the work, then an answer, then it ends.

Everything that a hostile file could reach lies behind this wall: the child has three descriptors (its line to the
caller, the original, the sink), no more memory, time and space than the limits say, and is never used for another one.
What it does is not known here: a function is given (see ``child_server``).
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from everyangle.core.errors import EveryAngleError

Told = Callable[[float], None]
"""Takes progress, in seconds or any other unit that grows."""

Perform = Callable[[Mapping[str, Any], Told, int, int], object]
"""Takes a request, where to tell progress, and the descriptors of original and sink; returns what JSON can hold.

The request's ``limits`` have at least ``memory_bytes``, ``cpu_s``, ``output_bytes`` and ``open_files``.
"""

_TELL_EVERY_S = 0.25
_STANDARD_ERROR = 2
_GRACE_CPU_S = 5
"""Between the signal that says that processor time is over and the one that cannot be missed."""


def run_child(perform: Perform, request: dict[str, Any], line: int, source: int, sink: int) -> None:
    """Do what is asked, answer on ``line``, and end the process."""
    status = 1
    try:
        _forget_the_parent({line, source, sink})
        _wall_in(request["limits"])
        with socket.socket(fileno=line) as answer:
            _answer(answer, _perform(perform, request, answer, source, sink))
        status = 0
    finally:
        os._exit(status)


def _perform(perform: Perform, request: dict[str, Any], answer: socket.socket, source: int, sink: int) -> object:
    try:
        result = perform(request, _Telling(answer), source, sink)
    except EveryAngleError as error:
        return {"error": [type(error).__name__, error.code, error.what, error.holds, error.todo]}
    return {"result": result}


class _Telling:
    """Tells the caller of progress, not too often."""

    def __init__(self, answer: socket.socket) -> None:
        self._answer, self._told = answer, time.monotonic()

    def __call__(self, done_s: float) -> None:
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY_S:
            self._told = now
            _answer(self._answer, {"done_s": done_s})


def _answer(answer: socket.socket, message: object) -> None:
    answer.sendall(json.dumps(message).encode() + b"\n")


def _forget_the_parent(kept: set[int]) -> None:
    """Close what was inherited, and let signals do again what they do by default."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    for descriptor in _open_descriptors() - kept:
        if descriptor > _STANDARD_ERROR:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _open_descriptors() -> set[int]:
    try:
        return {int(path.name) for path in Path("/dev/fd").iterdir()}
    except OSError:
        return set(range(resource.getrlimit(resource.RLIMIT_NOFILE)[0]))


def _wall_in(limits: Mapping[str, Any]) -> None:
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_s"]),
        (resource.RLIMIT_FSIZE, limits["output_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
    ):
        hard = resource.getrlimit(which)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        last = value + _GRACE_CPU_S if which == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else value
        resource.setrlimit(which, (value, last))
