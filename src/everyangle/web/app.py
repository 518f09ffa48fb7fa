"""The web application: routes gathered, headers set, capture started and stopped with it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from everyangle.stages.capture import Capture
from everyangle.stages.capture_parcels import Answer, Reply
from everyangle.web.capture_routes import CaptureRoutes
from everyangle.web.headers import SecureHeaders
from everyangle.web.openapi import openapi_route
from everyangle.web.page import witness_page
from everyangle.web.staff_access import Access
from everyangle.web.staff_routes import StaffRoutes


@dataclass(frozen=True, slots=True)
class Site:
    """The application, and what must be told before it is stopped."""

    app: Starlette
    phones: CaptureRoutes


def make_site(capture: Capture, *, tls: bool = False, log_addresses: bool = False, staff: Access | None = None) -> Site:
    """Return the application over a server's live capture.

    Args:
        capture: started and stopped with the application.
        tls: whether browsers come by TLS.
        log_addresses: whether network addresses stand in the log.
        staff: who may sign in, or None where nobody may.
    """
    phones = CaptureRoutes(capture, log_addresses=log_addresses)
    routes: list[BaseRoute] = [*phones.routes(), Mount("/w", witness_page()), openapi_route()]
    if staff is not None:
        routes += StaffRoutes(capture, staff, secure=tls).routes()
    app = Starlette(routes=routes, middleware=[Middleware(SecureHeaders, tls=tls)], lifespan=_lifespan(capture))
    return Site(app, phones)


def _lifespan(capture: Capture) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()

        def here(answers: Sequence[tuple[Reply, Answer]]) -> None:
            for reply, answer in answers:
                reply(answer)

        def deliver(answers: Sequence[tuple[Reply, Answer]]) -> None:
            # Once for a batch: waking the loop costs more than an answer.
            if not loop.is_closed():
                loop.call_soon_threadsafe(here, answers)

        capture.intake.deliver_by(deliver)
        # A server that takes nothing more is stopped, so that whatever watches over it starts it again.
        capture.intake.on_failure = lambda: os.kill(os.getpid(), signal.SIGTERM)
        capture.start()
        try:
            yield
        finally:
            await asyncio.to_thread(capture.stop)

    return lifespan
