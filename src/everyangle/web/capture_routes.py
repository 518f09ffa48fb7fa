"""The routes of the capture protocol: hello, WebSocket, and POST for networks that allow nothing else.

The protocol is told in docs/formats/capture.md. Tokens stand in headers or messages, never in addresses.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from everyangle.capture.chain import base64url, from_base64url
from everyangle.capture.links import link_of, wrong_link
from everyangle.capture.refusals import malformed, too_large
from everyangle.capture.seal import point_of
from everyangle.core.errors import EveryAngleError
from everyangle.stages.capture import VERSION, Capture
from everyangle.stages.capture_parcels import Answer, Open, Parcel
from everyangle.web.addresses import Addresses
from everyangle.web.capture_socket import PhoneSocket, open_of, state_json
from everyangle.web.errors import close_code, error_json, error_response

_BEARER = "Bearer "
_OPEN_BYTES = 16_384


class CaptureRoutes:
    """The routes, and the connections that are open.

    Args:
        capture: takes what comes.
        tell: takes what happened, for the log.
    """

    def __init__(self, capture: Capture, *, log_addresses: bool = False) -> None:
        self._capture, self._log_addresses = capture, log_addresses
        self._addresses = Addresses(capture.intake.limits)
        self._sockets: set[PhoneSocket] = set()

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/capture/1/hello", self._answering(self._hello), methods=["POST"]),
            Route("/capture/1/recordings/{recording}/open", self._answering(self._open), methods=["POST"]),
            Route("/capture/1/recordings/{recording}/frames", self._answering(self._frames), methods=["POST"]),
            WebSocketRoute("/capture/1/live", self._live),
        ]

    async def drain(self) -> None:
        """Read no more from phones, answer what was taken, and let them go."""
        for socket in self._sockets:
            socket.drain()
        while self._sockets:
            await asyncio.sleep(0.02)

    def _answering(self, handle: Callable[[Request, str], Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
        """Wrap a handler: the address is judged, the token taken from the header, errors told as JSON."""

        async def answer(request: Request) -> Response:
            address = _address(request)
            try:
                with self._addresses.connection(address):
                    self._addresses.check(address)
                    given = request.headers.get("authorization", "")
                    token = given.removeprefix(_BEARER) if given.startswith(_BEARER) else ""
                    return await handle(request, token)
            except EveryAngleError as error:
                self._refused(error, address)
                return error_response(error)

        return answer

    def _refused(self, error: EveryAngleError, address: str) -> None:
        if error.code == "link-wrong":
            self._addresses.missed(address)
        self._capture.tell("refused", code=error.code, **self._with_address(address))

    def _with_address(self, address: str) -> dict[str, str]:
        return {"address": address} if self._log_addresses else {}

    async def _hello(self, _request: Request, token: str) -> Response:
        hello = await run_in_threadpool(self._capture.hello, token)
        intake = self._capture.intake
        limits = {
            name: getattr(intake.limits, name) for name in ("chunk_bytes", "window", "post_bytes", "recording_bytes")
        }
        keys = {"receipt_key": str(intake.keys.receipts), "seal_key": _seal_key(self._capture)}
        return JSONResponse({"version": VERSION, **dataclasses.asdict(hello), **keys, "limits": limits})

    async def _open(self, request: Request, token: str) -> Response:
        message = _json(await _body(request, _OPEN_BYTES))
        answer = await self._asked(lambda reply: open_of(message, token, reply))
        if answer.error is not None:
            raise answer.error
        return JSONResponse(state_json(answer))

    async def _frames(self, request: Request, token: str) -> Response:
        link = link_of(token)
        if link is None:
            raise wrong_link()
        recording = from_base64url(request.path_params["recording"]).hex()
        frames = split_frames(await _body(request, self._capture.intake.limits.post_bytes))
        answer = await self._asked(lambda reply: Parcel(recording, frames, reply, link, wants_state=True))
        if answer.state is None and answer.error is not None:
            raise answer.error
        receipt = None if answer.receipt is None else dataclasses.asdict(answer.receipt)
        errors = [] if answer.error is None else [error_json(answer.error)]
        return JSONResponse({"state": state_json(answer), "receipt": receipt, "errors": errors})

    async def _asked(self, make: Callable[[Callable[[Answer], None]], Open | Parcel]) -> Answer:
        """Hand something to the intake and return its answer."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def reply(answer: Answer) -> None:
            if not answered.done():
                answered.set_result(answer)

        self._capture.intake.submit(make(reply))
        return await answered

    async def _live(self, websocket: WebSocket) -> None:
        address = _address(websocket)
        await websocket.accept()
        try:
            with self._addresses.connection(address):
                self._addresses.check(address)
                await self._serve(websocket, address)
        except EveryAngleError as error:
            self._refused(error, address)
            await websocket.send_text(json.dumps({"type": "error", **error_json(error), "fatal": True}))
            await websocket.close(close_code(error))

    async def _serve(self, websocket: WebSocket, address: str) -> None:
        socket = PhoneSocket(websocket, self._capture)
        self._sockets.add(socket)
        try:
            error = await socket.run()
            if error is not None:
                self._refused(error, address)
        except (WebSocketDisconnect, TimeoutError, RuntimeError) as gone:
            self._capture.tell("connection-lost", why=type(gone).__name__, **self._with_address(address))
        finally:
            self._sockets.discard(socket)


def split_frames(data: bytes) -> list[bytes]:
    """Return the frames of a POST, each with its length (4 bytes) before it.

    Raises:
        BadInputError: ``frame-malformed``.
    """
    frames, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        at += 4
        if at + length > len(data) or not length:
            raise malformed("frame-malformed", "A frame's length is not that of what follows.")
        frames.append(data[at : at + length])
        at += length
    return frames


async def _body(request: Request, most: int) -> bytes:
    """Return the body of a request, or refuse it as soon as it says that it is too large, or is."""
    body, told = bytearray(), request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        raise _too_much(most)
    stream: AsyncIterator[bytes] = request.stream()
    async for piece in stream:
        body += piece
        if len(body) > most:
            raise _too_much(most)
    return bytes(body)


def _too_much(most: int) -> EveryAngleError:
    return too_large("post-too-large", f"More than {most:,} bytes were sent at once.", "Send less at once.")


def _json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise malformed("message-malformed", "The body is no JSON object.")
    return value


def _address(connection: Request | WebSocket) -> str:
    return connection.client.host if connection.client else ""


def _seal_key(capture: Capture) -> str:
    return base64url(point_of(capture.intake.keys.seal.public_key()))
