"""One phone's WebSocket: what comes is handed to the intake, what became durable is told. Judges nothing itself."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from everyangle.capture.chain import from_base64url
from everyangle.capture.refusals import malformed
from everyangle.core.errors import EveryAngleError
from everyangle.stages.capture import Capture
from everyangle.stages.capture_parcels import Answer, Open, Parcel, stopping
from everyangle.web.errors import close_code, error_json

_OPEN_WITHIN_S = 15.0
_LONGEST_TEXT = 16_384
_LOOK_AGAIN_S = 0.05


class PhoneSocket:
    """A connection that carries one recording.

    Args:
        socket: accepted already.
        capture: takes what comes.
    """

    def __init__(self, socket: WebSocket, capture: Capture) -> None:
        self._socket, self._capture = socket, capture
        self._answers: asyncio.Queue[Answer | None] = asyncio.Queue()
        self._unanswered = 0
        self._room = asyncio.Event()
        self._stop = asyncio.Event()
        self.recording = ""

    def reply(self, answer: Answer) -> None:
        """Take an answer of the intake; called in the loop's thread."""
        self._unanswered -= answer.done
        self._room.set()
        self._answers.put_nowait(answer)

    def drain(self) -> None:
        """Read no more; what was taken is still answered."""
        self._stop.set()

    async def run(self) -> EveryAngleError | None:
        """Serve the connection to its end, and return the error that ended it."""
        reading = asyncio.create_task(self._read())
        stopped = asyncio.create_task(self._stop.wait())
        telling = asyncio.create_task(self._tell())
        try:
            await asyncio.wait((reading, stopped, telling), return_when=asyncio.FIRST_COMPLETED)
            error = reading.exception() if reading.done() and not reading.cancelled() else None
            refusal = error if isinstance(error, EveryAngleError) else stopping() if self._stop.is_set() else None
            if refusal is not None and not telling.done():
                await self._finish(telling, refusal)
            if error is not None and refusal is None and not isinstance(error, WebSocketDisconnect):
                raise error
            return refusal or (telling.result() if telling.done() and not telling.cancelled() else None)
        finally:
            for task in (reading, stopped, telling):
                task.cancel()
            await asyncio.gather(reading, stopped, telling, return_exceptions=True)

    async def _finish(self, telling: asyncio.Task[Any], error: EveryAngleError) -> None:
        """Tell what was taken, then why nothing more is, and close."""
        while self._unanswered > 0 and not telling.done():
            self._room.clear()
            await self._room.wait()
        self._answers.put_nowait(None)
        await asyncio.wait((telling,))
        if telling.exception() is None and telling.result() is None:
            await self._refuse(error)

    async def _read(self) -> None:
        opened = await asyncio.wait_for(self._receive(), _OPEN_WITHIN_S)
        self._submit(_opening(opened.get("text") or "", self.reply))
        while True:
            message = await self._receive()
            data = message.get("bytes")
            if data is None:
                await self._text(message.get("text") or "")
                continue
            if not self.recording:
                raise malformed("open-missing", "Frames came before the recording was opened.")
            await self._wait_for_room()
            self._submit(Parcel(self.recording, (data,), self.reply))

    async def _receive(self) -> Message:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        return message

    def _submit(self, given: Open | Parcel) -> None:
        self._capture.intake.submit(given)
        self._unanswered += 1

    async def _wait_for_room(self) -> None:
        """Read no further while too much waits: the phone's own connection slows it down then."""
        intake = self._capture.intake
        while self._unanswered >= 2 * intake.limits.window:
            self._room.clear()
            await self._room.wait()
        while intake.waiting_bytes > intake.limits.waiting_bytes:
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _text(self, text: str) -> None:
        came_us = self._capture.clock.now().us
        message = _object(text)
        sent = message.get("t0")
        if message.get("type") != "time" or not isinstance(sent, int | float):
            raise malformed("message-unknown", "A message is of no known type.")
        answer = {"type": "time", "t0": sent, "t1": came_us, "t2": self._capture.clock.now().us}
        await self._socket.send_text(json.dumps(answer))

    async def _tell(self) -> EveryAngleError | None:
        """Send answers as they come, until an error or the end."""
        while (answer := await self._answers.get()) is not None:
            self.recording = answer.recording or self.recording
            for message in messages(answer):
                await self._socket.send_text(json.dumps(message))
            if answer.error is not None:
                await self._refuse(answer.error)
                return answer.error
        return None

    async def _refuse(self, error: EveryAngleError) -> None:
        await self._socket.send_text(json.dumps({"type": "error", **error_json(error), "fatal": True}))
        await self._socket.close(close_code(error))


def messages(answer: Answer) -> list[dict[str, Any]]:
    """Return the messages that an answer is, its error left out."""
    found: list[dict[str, Any]] = []
    if answer.state is not None:
        found.append({"type": "state", **state_json(answer)})
    if answer.receipt is not None:
        receipt = {"receipt": answer.receipt.receipt, "signature": answer.receipt.signature}
        found.append({"type": "receipt", **receipt})
    return found


def state_json(answer: Answer) -> dict[str, Any]:
    """Return an answer's state as the protocol has it."""
    state = answer.state
    if state is None:
        return {}
    return {
        "next": state.next,
        "missing": state.missing,
        "head": state.head,
        "ended": state.ended,
        "time_us": state.time_us,
    }


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text) if len(text) <= _LONGEST_TEXT else None
    except (json.JSONDecodeError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise malformed("message-malformed", "A message is no JSON object.")
    return value


def _opening(text: str, reply: Any) -> Open:
    message = _object(text)
    token = message.get("token")
    if message.get("type") != "open" or not isinstance(token, str):
        raise malformed("open-missing", "A connection begins with the message open.")
    return open_of(message, token, reply)


def open_of(message: dict[str, Any], token: str, reply: Any) -> Open:
    """Return the opening that a JSON object holds: ``begin`` and ``signature`` in base64url.

    Raises:
        BadInputError: ``open-malformed`` or ``base64-malformed``.
    """
    begin, signature = message.get("begin"), message.get("signature")
    if not isinstance(begin, str) or not isinstance(signature, str):
        raise malformed("open-malformed", "The begin or its signature is missing.")
    return Open(token, from_base64url(begin), from_base64url(signature), reply)
