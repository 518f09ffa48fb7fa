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

CLOSE_WRONG, CLOSE_RESTART, CLOSE_LATER = 1008, 1012, 1013


def status_of(error: errors.EveryAngleError) -> int:
    """Return the HTTP status of an error."""
    by_kind = next((status for kind, status in _BY_KIND.items() if isinstance(error, kind)), 500)
    return _BY_CODE.get(error.code, by_kind)


def close_code(error: errors.EveryAngleError) -> int:
    """Return the code by which a WebSocket is closed after an error."""
    status = status_of(error)
    if status == 503:
        return CLOSE_RESTART
    return CLOSE_LATER if status in (429, 500, 507) else CLOSE_WRONG


def error_json(error: errors.EveryAngleError) -> dict[str, Any]:
    """Return the JSON value of an error."""
    return {"code": error.code, "what": error.what, "holds": error.holds, "todo": error.todo}


def error_response(error: errors.EveryAngleError) -> JSONResponse:
    """Return the answer that tells an error."""
    status = status_of(error)
    headers = {"Retry-After": str(RETRY_S[status])} if status in RETRY_S else {}
    return JSONResponse(error_json(error), status, headers)
