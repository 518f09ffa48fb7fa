"""The OpenAPI description (3.1) of every HTTP route, at ``/openapi.json``.

The WebSocket is told in docs/formats/capture.md.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

_JSON, _HTML, _FORM = "application/json", "text/html", "application/x-www-form-urlencoded"
_BYTES = "application/octet-stream"

Operation = dict[str, Any]


def openapi_route() -> BaseRoute:
    """Return the route."""

    async def answer(_request: Request) -> JSONResponse:
        return JSONResponse(document())

    return Route("/openapi.json", answer, methods=["GET"])


def document() -> dict[str, Any]:
    """Return the description as a JSON value."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Every Angle",
            "version": "1",
            "description": "What phones send, and the pages of the people who look after it.",
        },
        "paths": {**_capture(), **_pages(), **_staff()},
        "components": {
            "securitySchemes": {
                "link": {"type": "http", "scheme": "bearer", "description": "The token of a link."},
                "session": {"type": "apiKey", "in": "cookie", "name": "everyangle-staff"},
            },
            "schemas": {"Problem": _PROBLEM, "Hello": _HELLO, "State": _STATE, "Frames": _FRAMES, "Coming": _COMING},
        },
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _or_null(kind: str) -> dict[str, Any]:
    return {"type": [kind, "null"]}


_TEXT, _WHOLE, _YES = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
_RANGES = {"type": "array", "items": {"type": "array", "items": _WHOLE, "minItems": 2, "maxItems": 2}}
_PROBLEM = _object(code=_TEXT, what=_TEXT, holds=_TEXT, todo=_TEXT)
_HELLO = _object(
    version=_WHOLE,
    case=_TEXT,
    label=_or_null("string"),
    expires_us=_or_null("integer"),
    uses_left=_WHOLE,
    revoked=_YES,
    time_us=_WHOLE,
    receipt_key=_TEXT,
    seal_key=_TEXT,
    limits=_object(chunk_bytes=_WHOLE, window=_WHOLE, post_bytes=_WHOLE, recording_bytes=_WHOLE),
)
_STATE = _object(next=_WHOLE, missing=_RANGES, head=_TEXT, ended=_YES, time_us=_WHOLE)
_FRAMES = _object(
    state=_STATE,
    receipt={"anyOf": [_object(receipt=_TEXT, signature=_TEXT), {"type": "null"}]},
    errors={"type": "array", "items": _PROBLEM},
)
_COMING = _object(
    now_us=_WHOLE,
    recordings={
        "type": "array",
        "items": _object(
            id=_TEXT,
            case=_TEXT,
            link=_TEXT,
            started_us=_WHOLE,
            seconds={"type": "number"},
            chunks=_WHOLE,
            missing=_WHOLE,
            ended=_YES,
            touched_us=_WHOLE,
            file=_YES,
        ),
    },
)


def _content(kind: str, schema: Any) -> dict[str, Any]:
    return {kind: {"schema": schema}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _answers(good: dict[str, Any], *statuses: int, page: bool = False) -> dict[str, Any]:
    """Return the answers of an operation: what it gives, and the problems it tells."""
    problem = _content(_JSON, _ref("Problem"))
    if page:
        problem |= _content(_HTML, _TEXT)
    told = {
        str(status): {"description": "It was refused; the body says why.", "content": problem} for status in statuses
    }
    return {**good, **told}


def _gives(description: str, kind: str, schema: Any, status: int = 200) -> dict[str, Any]:
    return {str(status): {"description": description, "content": _content(kind, schema)}}


def _moves() -> dict[str, Any]:
    location = {"Location": {"schema": _TEXT}}
    return {"303": {"description": "Done; look there.", "headers": location}}


def _in_path(name: str, pattern: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}


def _in_query(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}}


def _capture() -> dict[str, Any]:
    recording = _in_path("recording", "^[A-Za-z0-9_-]{22}$")
    link: list[dict[str, list[str]]] = [{"link": []}]
    wrong = (400, 404, 409, 410, 413, 422, 429, 500, 503, 507)
    hello: Operation = {
        "summary": "What a link is for.",
        "security": link,
        "responses": _answers(_gives("The link is known.", _JSON, _ref("Hello")), 404, 410, 429, 500),
    }
    open_: Operation = {
        "summary": "Begin a recording, or ask how far it came.",
        "security": link,
        "parameters": [recording],
        "requestBody": {
            "required": True,
            "content": _content(_JSON, _object(begin=_TEXT, signature=_TEXT)),
        },
        "responses": _answers(_gives("How far it is durable.", _JSON, _ref("State")), *wrong),
    }
    frames: Operation = {
        "summary": "Send frames, each with its length before it.",
        "security": link,
        "parameters": [recording],
        "requestBody": {"required": True, "content": _content(_BYTES, {"type": "string", "format": "binary"})},
        "responses": _answers(_gives("How far it is durable, and a receipt.", _JSON, _ref("Frames")), *wrong),
    }
    below = "/capture/1/recordings/{recording}"
    return {
        "/capture/1/hello": {"post": hello},
        f"{below}/open": {"post": open_},
        f"{below}/frames": {"post": frames},
    }


def _pages() -> dict[str, Any]:
    about = _gives("This description.", _JSON, {"type": "object"})
    return {
        "/openapi.json": {"get": {"summary": "This description.", "responses": about}},
        "/w/": {"get": {"summary": "The page that records.", "responses": _gives("The page.", _HTML, _TEXT)}},
    }


def _form(**fields: Any) -> dict[str, Any]:
    return {"required": True, "content": _content(_FORM, _object(**fields))}


def _staff() -> dict[str, Any]:
    """Return the staff's pages: each is HTML, but for what their scripts ask."""
    case, link = _in_path("case", "^[0-9a-f]{32}$"), _in_path("link", "^[0-9a-f]{64}$")
    recording = _in_path("recording", "^[0-9a-f]{32}$")
    csrf = {"csrf": _TEXT}
    film = {
        **_gives("The next piece, of the type in Film-Type.", _BYTES, {"type": "string", "format": "binary"}),
        "204": {"description": "Nothing more came yet."},
    }
    below = "/staff/cases/{case}"
    return {
        "/staff/sign-in": {
            "get": _anybody("The form.", {**_gives("The form.", _HTML, _TEXT), **_moves()}),
            "post": _anybody("Sign in.", _moves(), 429, body=_form(name=_TEXT, password=_TEXT)),
        },
        "/staff/join": {
            "get": _anybody("The form.", _gives("The form.", _HTML, _TEXT)),
            "post": _anybody(
                "Make an account by a one-time code.",
                _moves(),
                *(409, 429, 500, 507),
                body=_form(code=_TEXT, name=_TEXT, password=_TEXT),
            ),
        },
        "/staff/": {"get": _page("Every case.")},
        "/staff/sign-out": {"post": _act("Sign out.", body=_form(**csrf))},
        below: {"get": _page("A case: what comes in, its items, its links.", case)},
        f"{below}/recordings": {"get": _asked("What comes in.", _gives("It.", _JSON, _ref("Coming")), case)},
        f"{below}/links/{{link}}/revoke": {"post": _act("Revoke a link.", case, link, body=_form(**csrf, why=_TEXT))},
        "/staff/recordings/{recording}": {"get": _page("Watch a recording that goes on.", recording)},
        "/staff/recordings/{recording}/film": {
            "get": _asked("The next piece.", film, recording, _in_query("stream"), _in_query("after"))
        },
        "/staff/people": {
            "get": _page("Who has an account."),
            "post": _act("Make a one-time code.", body=_form(**csrf, role=_TEXT), page=True),
        },
        "/staff/people/{act}": {
            "post": _act(
                "Remove, disable, enable or reset somebody's account; a reset gives a page with a one-time code.",
                _in_path("act", "^(remove|disable|enable|reset)$"),
                body=_form(**csrf, name=_TEXT),
                page=True,
            )
        },
        "/staff/password": {
            "get": _page("The form."),
            "post": _act("Change one's own password.", body=_form(**csrf, old=_TEXT, password=_TEXT)),
        },
        "/staff/new-password": {
            "get": _anybody("The form.", _gives("The form.", _HTML, _TEXT)),
            "post": _anybody(
                "Set a new password by a one-time code.",
                _moves(),
                *(404, 409, 429, 500, 507),
                body=_form(code=_TEXT, password=_TEXT),
            ),
        },
    }


_SESSION: list[dict[str, list[str]]] = [{"session": []}]
_REFUSED = (400, 401, 403, 404, 409, 422, 429, 500, 507)


def _anybody(summary: str, good: dict[str, Any], *statuses: int, body: dict[str, Any] | None = None) -> Operation:
    given = {} if body is None else {"requestBody": body}
    return {"summary": summary, **given, "responses": _answers(good, 400, 403, *statuses, page=True)}


def _asked(summary: str, good: dict[str, Any], *parameters: dict[str, Any]) -> Operation:
    found = {"summary": summary, "security": _SESSION, "responses": _answers(good, *_REFUSED, page=True)}
    return {**found, "parameters": list(parameters)}


def _page(summary: str, *parameters: dict[str, Any]) -> Operation:
    return _asked(summary, {**_gives("The page.", _HTML, _TEXT), **_moves()}, *parameters)


def _act(summary: str, *parameters: dict[str, Any], body: dict[str, Any], page: bool = False) -> Operation:
    good = {**_gives("The page.", _HTML, _TEXT), **_moves()} if page else _moves()
    return {**_asked(summary, good, *parameters), "requestBody": body}
