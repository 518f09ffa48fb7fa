"""Pages for an organization's own people: sign in, cases, what comes in, links, watching, people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from everyangle.core.errors import BadInputError, EveryAngleError, NotFoundError, RefusedError
from everyangle.core.ids import Digest
from everyangle.ports.staff import Role
from everyangle.stages.capture import Capture
from everyangle.stages.capture_cases import KnownCase
from everyangle.stages.capture_watch import Watching
from everyangle.stages.invite import Listed, invitations, revoke
from everyangle.web.errors import staff_status
from everyangle.web.staff_access import Access, Who, same
from everyangle.web.staff_pages import CONTENT_SECURITY, StaffPages, static_files

_FORM_BYTES = 16_384
_FORM_TYPE = "application/x-www-form-urlencoded"


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
            Route("/staff/people/remove", self._for(owner, self._remove), methods=["POST"]),
            Mount("/staff/static", static_files()),
        ]

    def _open(self, handle: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Wrap what anybody may ask: errors become pages; forms must come from our own."""

        async def answer(request: Request) -> Response:
            try:
                _check_origin(request)
                response = await handle(request)
            except EveryAngleError as error:
                response = self._told(request, error, None)
            return _guarded(response)

        return answer

    def _for(self, role: Role, handle: Handle) -> Callable[[Request], Awaitable[Response]]:
        """Wrap what only somebody signed in with a role may ask."""

        async def answer(request: Request) -> Response:
            found = self._access.session(request.cookies.get(self._cookie, ""))
            if found is None:
                wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
                if wants_page:
                    return _guarded(RedirectResponse("/staff/sign-in", 303))
                error = RefusedError("sign-in-needed", "Nobody is signed in.", todo="Sign in.")
                return _guarded(JSONResponse(_json(error), 401))
            who = Who(*found)
            try:
                _check_origin(request)
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
        page = {"/staff/sign-in": "sign_in", "/staff/join": "join"}.get(request.url.path, "problem")
        return self._pages.show(page, who, status, problem=_json(error))

    async def _sign_in_page(self, _request: Request) -> Response:
        if self._access.empty:
            return RedirectResponse("/staff/join", 303)
        return self._pages.show("sign_in", None)

    async def _sign_in(self, request: Request) -> Response:
        form, address = await _form(request), _address(request)
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
        form = await _form(request)
        code, name, password = (form.get(field, "") for field in ("code", "name", "password"))
        token = await run_in_threadpool(self._access.join, code, name, password, _address(request))
        self._capture.tell("staff-joined", name=" ".join(name.split()))
        return self._signed_in(token)

    def _signed_in(self, token: str) -> Response:
        response = RedirectResponse("/staff/", 303)
        response.set_cookie(self._cookie, token, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response

    async def _sign_out(self, request: Request, who: Who) -> Response:
        _check_csrf(await _form(request), who)
        self._access.sign_out(request.cookies.get(self._cookie, ""))
        response = RedirectResponse("/staff/sign-in", 303)
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response

    async def _cases(self, _request: Request, who: Who) -> Response:
        await run_in_threadpool(self._capture.intake.cases.refresh)
        cases = [
            (known, len(await run_in_threadpool(self._watching.coming, known.door.id)))
            for known in self._capture.intake.cases
        ]
        return self._pages.show("cases", who, cases=cases)

    async def _case(self, request: Request, who: Who) -> Response:
        known = self._known(request)
        await run_in_threadpool(self._capture.intake.cases.refresh)
        links: list[Listed] = await run_in_threadpool(lambda: list(invitations(known.door.open())))
        coming = await run_in_threadpool(self._watching.coming, known.door.id)
        items = [one for one in known.captures.recordings.values() if one.ended is not None]
        now_us = self._capture.clock.now().us
        return self._pages.show("case", who, known=known, links=links, coming=coming, items=items, now_us=now_us)

    async def _recordings(self, request: Request, who: Who) -> Response:  # noqa: ARG002  every handler is asked alike
        known = self._known(request)
        coming = await run_in_threadpool(self._watching.coming, known.door.id)
        return JSONResponse({"now_us": self._capture.clock.now().us, "recordings": [asdict(one) for one in coming]})

    async def _revoke(self, request: Request, who: Who) -> Response:
        form = await _form(request)
        _check_csrf(form, who)
        known, link = self._known(request), _digest(request.path_params["link"])
        why = form.get("why", "")[:1000]
        await run_in_threadpool(lambda: revoke(known.door.open(), link, why=why, by=who.account.name))
        self._capture.tell("link-revoked", link=link, by=who.account.name)
        return RedirectResponse(f"/staff/cases/{known.door.id}", 303)

    async def _watch(self, request: Request, who: Who) -> Response:
        recording = _hex(request.path_params["recording"])
        case = await run_in_threadpool(self._watching.case_of, recording)
        known = self._capture.intake.cases.case(case)
        return self._pages.show("watch", who, recording=recording, known=known)

    async def _film(self, request: Request, who: Who) -> Response:  # noqa: ARG002
        recording = _hex(request.path_params["recording"])
        stream, after = (_count(request, name) for name in ("stream", "after"))
        piece = await run_in_threadpool(self._watching.piece, recording, stream, after)
        if piece is None:
            return Response(status_code=204)
        headers = {"Film-Type": piece.mime, "Film-Segment": str(piece.segment), "Film-Last": str(piece.last)}
        return Response(piece.data, media_type="application/octet-stream", headers=headers)

    async def _people(self, _request: Request, who: Who) -> Response:
        return self._pages.show("people", who, people=self._access.accounts(), roles=list(Role))

    async def _invite(self, request: Request, who: Who) -> Response:
        form = await _form(request)
        _check_csrf(form, who)
        try:
            role = Role(form.get("role", ""))
        except ValueError as error:
            raise BadInputError("role-unknown", "There is no such role.") from error
        code = self._access.code(role)
        self._capture.tell("staff-invited", role=role.value, by=who.account.name)
        people = self._access.accounts()
        return self._pages.show("people", who, people=people, roles=list(Role), code=code, role=role)

    async def _remove(self, request: Request, who: Who) -> Response:
        form = await _form(request)
        _check_csrf(form, who)
        name = form.get("name", "")
        await run_in_threadpool(self._access.remove, name)
        self._capture.tell("staff-removed", name=name, by=who.account.name)
        return RedirectResponse("/staff/people", 303)

    def _known(self, request: Request) -> KnownCase:
        known = self._capture.intake.cases.case(request.path_params["case"])
        if known is None:
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


def _check_origin(request: Request) -> None:
    """Refuse what another site sends in the name of somebody who is signed in here."""
    if request.method in ("GET", "HEAD"):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:  # an older browser
        ours = origin is None or origin.rpartition("://")[2] == request.headers.get("host", "")
    if not ours:
        raise RefusedError("origin-other", "This came from another site.", todo="Use the page of this server.")


def _check_csrf(form: dict[str, str], who: Who) -> None:
    if not same(form.get("csrf", ""), who.session.csrf):
        raise RefusedError("form-old", "This form is not of this session.", todo="Load the page again.")


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form, each once."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise BadInputError("form-malformed", "This is no form.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _FORM_BYTES:
            raise BadInputError("form-malformed", "This form is too large.")
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, strict_parsing=False, max_num_fields=20)
    except ValueError as error:
        raise BadInputError("form-malformed", "This is no form in UTF-8.") from error
    return {name: values[0] for name, values in fields.items()}


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
