"""Serving: uvicorn runs the application; a signal lets phones go with their receipts, a second one ends at once."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from everyangle.capture.frames import MAX_FRAME_BYTES
from everyangle.web.app import Site

_DRAIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how to listen: host, port (0 for any free one), and certificate and key where TLS is spoken here."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, site: Site) -> None:
        super().__init__(config)
        self._site = site
        self._draining: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._loop is None or self._draining is not None:
            super().handle_exit(sig, frame)
        else:
            self._draining = self._loop.create_task(self._drain(sig, frame))

    async def _drain(self, sig: int, frame: FrameType | None) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._site.phones.drain(), _DRAIN_S)
        super().handle_exit(sig, frame)


def listen(listening: Listening) -> socket.socket:
    """Return a socket that listens; its port can be asked before anything is served.

    Raises:
        OSError: where the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((listening.host, listening.port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def serve(site: Site, listening: Listening, listener: socket.socket) -> None:
    """Serve until a signal comes."""
    config = uvicorn.Config(
        site.app,
        access_log=False,
        log_level="error",  # its warnings hold network addresses
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        server_header=False,
        timeout_graceful_shutdown=15,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
    )
    with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once everything is stopped
        asyncio.run(_Server(config, site).serve([listener]))
