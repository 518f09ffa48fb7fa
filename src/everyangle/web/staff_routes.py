"""Pages for an organization's own people: sign in, cases, what comes in, links, watching, people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from everyangle.core.errors import BadInputError, ConflictError, EveryAngleError, NotFoundError, RefusedError
from everyangle.core.ids import Digest
from everyangle.ports.staff import Role
from everyangle.stages.capture import Capture
from everyangle.stages.capture_cases import KnownCase
from everyangle.stages.capture_watch import Watching, recording_missing
from everyangle.stages.invite import Listed, invitations, revoke
from everyangle.web.errors import staff_status
from everyangle.web.staff_access import Access, Who
from everyangle.web.staff_forms import check_csrf, check_origin, form_of
from everyangle.web.staff_pages import CONTENT_SECURITY, StaffPages, static_files

_FORMS = {
    "/staff/sign-in": "sign_in",
    "/staff/join": "join",
    "/staff/new-password": "new_password",
    "/staff/password": "password",
}
"""Pages that are shown again with what was wrong."""

Handle = Callable[[Request, Who], Awaitable[Response]]


class StaffRoutes:
    """The routes below ``/staff``.

    Args:
        capture: the server's live capture.
        access: accounts and sessions.
        secure: whether browsers come by TLS, so that the cookie goes by nothing else.
    """

    def __init__(self, capture: Capture, access: Access, *, secure: bool) -> None:
        self._capture, self._access, self._secure = capture, access, secure
        self._watching, self._pages = Watching(capture), StaffPages()
        self._cookie = "__Host-everyangle" if secure else "everyangle-staff"

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        viewer, reviewer, owner = Role.VIEWER, Role.REVIEWER, Role.OWNER
        return [
            Route("/staff/sign-in", self._open(self._sign_in_page), methods=["GET"]),
            Route("/staff/sign-in", self._open(self._sign_in), methods=["POST"]),
            Route("/staff/join", self._open(self._join_page), methods=["GET"]),
            Route("/staff/join", self._open(self._join), methods=["POST"]),
            Route("/staff/", self._for(viewer, self._cases), methods=["GET"]),
            Route("/staff/sign-out", self._for(viewer, self._sign_out), methods=["POST"]),
            Route("/staff/cases/{case}", self._for(viewer, self._case), methods=["GET"]),
            Route("/staff/cases/{case}/recordings", self._for(viewer, self._recordings), methods=["GET"]),
            Route("/staff/cases/{case}/links/{link}/revoke", self._for(owner, self._revoke), methods=["POST"]),
            Route("/staff/recordings/{recording}", self._for(reviewer, self._watch), methods=["GET"]),
            Route("/staff/recordings/{recording}/film", self._for(reviewer, self._film), methods=["GET"]),
            Route("/staff/people", self._for(owner, self._people), methods=["GET"]),
            Route("/staff/people", self._for(owner, self._invite), methods=["POST"]),
            Route("/staff/people/{act}", self._for(owner, self._act), methods=["POST"]),
            Route("/staff/password", self._for(viewer, self._password_page), methods=["GET"]),
            Route("/staff/password", self._for(viewer, self._password), methods=["POST"]),
            Route("/staff/new-password", self._open(self._renew_page), methods=["GET"]),
            Route("/staff/new-password", self._open(self._renew), methods=["POST"]),
            Mount("/staff/static", static_files()),
        ]

    def _open(self, handle: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Wrap what anybody may ask: errors become pages; forms must come from our own."""

        async def answer(request: Request) -> Response:
            try:
                check_origin(request)
                response = await handle(request)
            except EveryAngleError as error:
                response = self._told(request, error, None)
            return _guarded(response)

        return answer

    def _for(self, role: Role, handle: Handle) -> Callable[[Request], Awaitable[Response]]:
        """Wrap what only somebody signed in with a role may ask."""

        async def answer(request: Request) -> Response:
            who = await run_in_threadpool(self._access.session, request.cookies.get(self._cookie, ""))
            if who is None:
                wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
                if wants_page:
                    return _guarded(RedirectResponse("/staff/sign-in", 303))
                error = RefusedError("sign-in-needed", "Nobody is signed in.", todo="Sign in.")
                return _guarded(JSONResponse(_json(error), 401))
            try:
                check_origin(request)
                if not who.may(role):
                    raise RefusedError(
                        "role-less", f"This is for people with the role {role.value}.", todo="Ask the owner."
                    )
                response = await handle(request, who)
            except EveryAngleError as error:
                response = self._told(request, error, who)
            return _guarded(response)

        return answer

    def _told(self, request: Request, error: EveryAngleError, who: Who | None) -> Response:
        status = staff_status(error)
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse(_json(error), status)
        page = _FORMS.get(request.url.path, "problem")
        return self._pages.show(page, who, status, problem=_json(error))

    async def _sign_in_page(self, _request: Request) -> Response:
        if self._access.empty:
            return RedirectResponse("/staff/join", 303)
        return self._pages.show("sign_in", None)

    async def _sign_in(self, request: Request) -> Response:
        form, address = await form_of(request), _address(request)
        name, password = form.get("name", ""), form.get("password", "")
        try:
            token = await run_in_threadpool(self._access.sign_in, name, password, address)
        except EveryAngleError as error:
            self._capture.tell("staff-refused", code=error.code)
            raise
        self._capture.tell("staff-signed-in", name=name.strip())
        return self._signed_in(token)

    async def _join_page(self, _request: Request) -> Response:
        return self._pages.show("join", None, first=self._access.empty)

    async def _join(self, request: Request) -> Response:
        form = await form_of(request)
        code, name, password = (form.get(field, "") for field in ("code", "name", "password"))
        token = await run_in_threadpool(self._access.join, code, name, password, _address(request))
        self._capture.tell("staff-joined", name=" ".join(name.split()))
        return self._signed_in(token)

    def _signed_in(self, token: str) -> Response:
        response = RedirectResponse("/staff/", 303)
        response.set_cookie(self._cookie, token, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response

    async def _sign_out(self, request: Request, who: Who) -> Response:
        check_csrf(await form_of(request), who)
        await run_in_threadpool(self._access.sign_out, request.cookies.get(self._cookie, ""))
        response = RedirectResponse("/staff/sign-in", 303)
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response

    async def _cases(self, _request: Request, who: Who) -> Response:
        await run_in_threadpool(self._capture.intake.cases.refresh)
        cases = [
            (known, len(await run_in_threadpool(self._watching.coming, known.door.id)))
            for known in self._capture.intake.cases
            if who.sees(known.door.id)
        ]
        return self._pages.show("cases", who, cases=cases)

    async def _case(self, request: Request, who: Who) -> Response:
        known = self._known(request, who)
        await run_in_threadpool(self._capture.intake.cases.refresh)
        links: list[Listed] = await run_in_threadpool(lambda: list(invitations(known.door.open())))
        coming = await run_in_threadpool(self._watching.coming, known.door.id)
        items = [one for one in known.captures.recordings.values() if one.ended is not None]
        now_us = self._capture.clock.now().us
        return self._pages.show("case", who, known=known, links=links, coming=coming, items=items, now_us=now_us)

    async def _recordings(self, request: Request, who: Who) -> Response:
        known = self._known(request, who)
        coming = await run_in_threadpool(self._watching.coming, known.door.id)
        return JSONResponse({"now_us": self._capture.clock.now().us, "recordings": [asdict(one) for one in coming]})

    async def _revoke(self, request: Request, who: Who) -> Response:
        form = await form_of(request)
        check_csrf(form, who)
        known, link = self._known(request, who), _digest(request.path_params["link"])
        why = form.get("why", "")[:1000]
        await run_in_threadpool(lambda: revoke(known.door.open(), link, why=why, by=who.account.name))
        self._capture.tell("link-revoked", link=link, by=who.account.name)
        return RedirectResponse(f"/staff/cases/{known.door.id}", 303)

    async def _watch(self, request: Request, who: Who) -> Response:
        recording, known = await self._going_on(request, who)
        return self._pages.show("watch", who, recording=recording, known=known)

    async def _going_on(self, request: Request, who: Who) -> tuple[str, KnownCase]:
        """Return the id of a recording that goes on in a case that somebody sees, and the case."""
        recording = _hex(request.path_params["recording"])
        case = await run_in_threadpool(self._watching.case_of, recording)
        known = self._capture.intake.cases.case(case)
        if known is None or not who.sees(case):
            raise recording_missing(recording)
        return recording, known

    async def _film(self, request: Request, who: Who) -> Response:
        recording, _known = await self._going_on(request, who)
        stream, after = (_count(request, name) for name in ("stream", "after"))
        piece = await run_in_threadpool(self._watching.piece, recording, stream, after)
        if piece is None:
            return Response(status_code=204)
        headers = {"Film-Type": piece.mime, "Film-Segment": str(piece.segment), "Film-Last": str(piece.last)}
        return Response(piece.data, media_type="application/octet-stream", headers=headers)

    async def _password_page(self, _request: Request, who: Who) -> Response:
        return self._pages.show("password", who)

    async def _password(self, request: Request, who: Who) -> Response:
        form, address = await form_of(request), _address(request)
        check_csrf(form, who)
        old, new = form.get("old", ""), form.get("password", "")
        token = await run_in_threadpool(self._access.change_password, who, old, new, address)
        self._capture.tell("staff-password", name=who.account.name)
        return self._signed_in(token)

    async def _renew_page(self, _request: Request) -> Response:
        return self._pages.show("new_password", None)

    async def _renew(self, request: Request) -> Response:
        form = await form_of(request)
        code, password = form.get("code", ""), form.get("password", "")
        name, token = await run_in_threadpool(self._access.renew, code, password, _address(request))
        self._capture.tell("staff-password", name=name)
        return self._signed_in(token)

    async def _people(self, _request: Request, who: Who) -> Response:
        return self._show_people(who)

    def _show_people(self, who: Who, **values: Any) -> Response:
        titles = {one.door.id: one.title or one.door.name for one in self._capture.intake.cases}
        return self._pages.show(
            "people", who, people=self._access.accounts(), roles=list(Role), titles=titles, **values
        )

    async def _invite(self, request: Request, who: Who) -> Response:
        form = await form_of(request)
        check_csrf(form, who)
        try:
            role = Role(form.get("role", ""))
        except ValueError as error:
            raise BadInputError("role-unknown", "There is no such role.") from error
        known = {one.door.id for one in self._capture.intake.cases}
        chosen = tuple(case for case in sorted(known) if form.get(f"case-{case}"))
        if form.get("which") == "some" and not chosen:
            raise BadInputError("cases-none", "No case was chosen.", todo="Choose one at least.")
        cases = chosen if form.get("which") == "some" else None
        code = await run_in_threadpool(self._access.code, role, cases)
        self._capture.tell("staff-invited", role=role.value, by=who.account.name)
        return self._show_people(who, code=code, code_for=f"a new {role.value}", code_at="/staff/join")

    async def _act(self, request: Request, who: Who) -> Response:
        """Do something about somebody else's account."""
        form = await form_of(request)
        check_csrf(form, who)
        name, act = form.get("name", ""), request.path_params["act"]
        if name == who.account.name:
            raise ConflictError("name-own", "That is your own account.", todo="Ask another owner.")
        done, event = {
            "remove": (self._access.remove, "staff-removed"),
            "disable": (self._access.disable, "staff-disabled"),
            "enable": (self._access.enable, "staff-enabled"),
            "reset": (self._access.reset, "staff-reset"),
        }.get(act, (None, ""))
        if done is None:
            raise NotFoundError("act-missing", "There is nothing of this name to do.")
        code = await run_in_threadpool(done, name)
        self._capture.tell(event, name=name, by=who.account.name)
        if code is None:
            return RedirectResponse("/staff/people", 303)
        return self._show_people(who, code=code, code_for=f"a new password of {name}", code_at="/staff/new-password")

    def _known(self, request: Request, who: Who) -> KnownCase:
        known = self._capture.intake.cases.case(request.path_params["case"])
        if known is None or not who.sees(known.door.id):
            raise NotFoundError("case-missing", "No such case is served here.")
        return known


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY
    response.headers["Referrer-Policy"] = "same-origin"  # without a referrer, forms would come from "null"
    return response


def _json(error: EveryAngleError) -> dict[str, str]:
    # Whatever is the server's own matter may name paths.
    if staff_status(error) >= 500:
        return {"code": error.code, "what": "The server could not do this now.", "holds": error.holds, "todo": ""}
    return {"code": error.code, "what": error.what, "holds": error.holds, "todo": error.todo}


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _hex(text: str) -> str:
    if len(text) != 32 or set(text) - set("0123456789abcdef"):
        raise NotFoundError("recording-missing", "There is no such recording.")
    return text


def _digest(text: str) -> Digest:
    try:
        return Digest(text)
    except (BadInputError, ValueError) as error:
        raise NotFoundError("link-missing", "There is no such link.") from error


def _count(request: Request, name: str) -> int:
    text = request.query_params.get(name, "0")
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        raise BadInputError("number-malformed", f"{quote(name)} is no whole number.")
    return int(text)
