"""A wire between phones and a server that can be cut, mended, narrowed, and made deaf to WebSockets."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress


class Wire:
    """A TCP proxy to a server: cut, mended, narrowed to some bytes a second, deaf to WebSockets.

    Args:
        port: the server's.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self.up = True
        self.websockets = True
        self.rate = 0.0
        self.asked: list[bytes] = []
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection, and take none until it is mended."""
        self.up = False
        for pair in self._pairs:
            _end(*pair)
        self._pairs.clear()

    def mend(self) -> None:
        """Take connections again."""
        self.up = True

    def close(self) -> None:
        """End it."""
        self.cut()
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
            if self.rate:
                for one in (near, far):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
            self._pairs.append((near, far))
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, upward: bool) -> None:
        with suppress(OSError):
            while data := source.recv(8192):
                if upward and data.startswith(b"GET "):
                    self.asked.append(data.partition(b"\r\n")[0])
                if upward and not self.websockets and b"upgrade: websocket" in data.lower():
                    break
                if upward and self.rate:
                    time.sleep(len(data) / self.rate)
                sink.sendall(data)
        _end(source, sink)


def _end(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
