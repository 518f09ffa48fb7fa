"""A wire between phones and a server that can be cut, mended, narrowed, and made deaf to WebSockets."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from contextlib import suppress

_GOOD_READ, _NARROW_READ = 65_536, 1_448


class _Line:
    """What is on its way up: one line for all connections, as in front of a narrow link; nothing overtakes.

    Args:
        depth: bytes that it holds before it takes no more.
    """

    def __init__(self, depth: int) -> None:
        self.rate = 0.0
        self._depth = depth
        self._waiting: deque[tuple[socket.socket, bytes]] = deque()
        self._bytes = 0
        self._changed = threading.Condition()
        self._closed = False
        threading.Thread(target=self._carry, daemon=True).start()

    def put(self, sink: socket.socket, data: bytes) -> None:
        """Wait for room and join the line; no data: nothing more comes for this one."""
        with self._changed:
            self._changed.wait_for(lambda: self._bytes < self._depth or self._closed)
            self._waiting.append((sink, data))
            self._bytes += len(data)
            self._changed.notify_all()

    def drop(self) -> None:
        """Lose what is on its way."""
        with self._changed:
            self._waiting.clear()
            self._bytes = 0
            self._changed.notify_all()

    def close(self) -> None:
        """End it."""
        self._closed = True
        self.drop()

    def _next(self) -> tuple[socket.socket, bytes] | None:
        """Wait for what goes next; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return None if self._closed else self._waiting.popleft()

    def _carry(self) -> None:
        free = 0.0
        while one := self._next():
            sink, data = one
            if self.rate:
                free = max(free, time.monotonic()) + len(data) / self.rate
                time.sleep(max(0.0, free - time.monotonic()))
            with suppress(OSError):
                if data:
                    sink.sendall(data)
                else:
                    sink.shutdown(socket.SHUT_WR)
            with self._changed:
                self._bytes = max(0, self._bytes - len(data))
                self._changed.notify_all()


class Wire:
    """A TCP proxy to a server.

    Args:
        port: the server's.
        depth: bytes that wait in front of a narrow link, as networks keep them; what a phone's own system keeps comes
            on top of it.

    Attributes:
        websockets: whether they get through.
        asked: first lines of what was asked for.
    """

    def __init__(self, port: int, depth: int = 65_536) -> None:
        self.target = port
        self.up = True
        self.websockets = True
        self.asked: list[bytes] = []
        self._line = _Line(depth)
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def rate(self) -> float:
        """Bytes a second on the way up; 0 for as many as come."""
        return self._line.rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._line.rate = rate

    def cut(self) -> None:
        """Drop every connection and what is on its way, and take none until it is mended."""
        self.up = False
        self._line.drop()
        for pair in self._pairs:
            _end(*pair)
        self._pairs.clear()

    def mend(self) -> None:
        """Take connections again."""
        self.up = True

    def close(self) -> None:
        """End it."""
        self.cut()
        self._line.close()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target)) if self.up else None
            except OSError:
                if self._listener.fileno() < 0:
                    return
                near.close()
                continue
            if far is None:
                near.close()
                continue
            self._pairs.append((near, far))
            threading.Thread(target=self._pass_up, args=(near, far), daemon=True).start()
            threading.Thread(target=self._pass_down, args=(far, near), daemon=True).start()

    def _pass_up(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(_NARROW_READ if self.rate else _GOOD_READ):
                if data.startswith(b"GET "):
                    self.asked.append(data.partition(b"\r\n")[0])
                if not self.websockets and b"upgrade: websocket" in data.lower():
                    _end(near, far)
                    return
                self._line.put(far, data)
        self._line.put(far, b"")

    def _pass_down(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(_GOOD_READ):
                near.sendall(data)
        _end(far, near)


def _end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
