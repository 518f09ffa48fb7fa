"""Errors on the web: the one place where kinds of failure become HTTP statuses and closing codes of WebSockets."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from everyangle.core import errors

_BY_CODE = {
    "link-expired": 410,
    "link-revoked": 410,
    "chunk-too-large": 413,
    "recording-too-large": 413,
    "post-too-large": 413,
    "too-many": 429,
    "stopping": 503,
    "disk-full": 507,
}

_BY_KIND: dict[type[errors.EveryAngleError], int] = {
    errors.BadInputError: 400,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.RefusedError: 403,
    errors.IntegrityError: 422,
    errors.LimitError: 429,
    errors.StorageError: 500,
}

RETRY_S = {429: 20, 503: 3}
"""Seconds after which it is worth to try again, by status."""

PUBLIC = frozenset(
    {
        *("link-wrong", "link-expired", "link-revoked", "link-used-up", "protocol-unknown", "begin-malformed"),
        *("key-malformed", "frame-malformed", "chunk-malformed", "base64-malformed", "message-malformed"),
        *("message-unknown", "open-missing", "open-malformed", "begin-forged", "chunk-forged", "body-wrong"),
        *("head-other", "seal-broken", "recording-other", "recording-ended", "chunk-too-large", "recording-too-large"),
        *("post-too-large", "too-many", "disk-full", "storage-failed", "stopping"),
    }
)
"""Codes of the protocol (docs/formats/capture.md). What else goes wrong is the server's matter, and tells no path."""

CLOSE_WRONG, CLOSE_RESTART, CLOSE_LATER = 1008, 1012, 1013


def status_of(error: errors.EveryAngleError) -> int:
    """Return the HTTP status of an error."""
    if error.code not in PUBLIC:
        return 500
    by_kind = next((status for kind, status in _BY_KIND.items() if isinstance(error, kind)), 500)
    return _BY_CODE.get(error.code, by_kind)


def staff_status(error: errors.EveryAngleError) -> int:
    """Return the HTTP status of an error that somebody of the staff is told."""
    if error.code == "disk-full":
        return 507
    return next((status for kind, status in _BY_KIND.items() if isinstance(error, kind)), 500)


def close_code(error: errors.EveryAngleError) -> int:
    """Return the code by which a WebSocket is closed after an error."""
    status = status_of(error)
    if status == 503:
        return CLOSE_RESTART
    return CLOSE_LATER if status in (429, 500, 507) else CLOSE_WRONG


def error_json(error: errors.EveryAngleError) -> dict[str, Any]:
    """Return the JSON value of an error, as a phone may know it."""
    if error.code not in PUBLIC:
        error = errors.StorageError(
            "server-failed",
            "The server could not do this now.",
            holds="What was acknowledged before is kept.",
            todo="Keep what is not acknowledged on the phone, and try again later.",
        )
    return {"code": error.code, "what": error.what, "holds": error.holds, "todo": error.todo}


def error_response(error: errors.EveryAngleError) -> JSONResponse:
    """Return the answer that tells an error."""
    status = status_of(error)
    headers = {"Retry-After": str(RETRY_S[status])} if status in RETRY_S else {}
    return JSONResponse(error_json(error), status, headers)
