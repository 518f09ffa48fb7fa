"""Forms of the staff's pages: whether one comes from a page of ours and this session, and what its fields say."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from everyangle.core.errors import BadInputError, RefusedError
from everyangle.web.staff_access import Who
from everyangle.web.staff_secrets import same

_FORM_BYTES = 16_384
_FORM_TYPE = "application/x-www-form-urlencoded"


def check_origin(request: Request) -> None:
    """Refuse what another site sends in the name of somebody who is signed in here.

    Raises:
        RefusedError: ``origin-other``.
    """
    if request.method in ("GET", "HEAD"):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:  # an older browser
        ours = origin is None or origin.rpartition("://")[2] == request.headers.get("host", "")
    if not ours:
        raise RefusedError("origin-other", "This came from another site.", todo="Use the page of this server.")


def check_csrf(form: dict[str, str], who: Who) -> None:
    """Refuse a form that was not made for this session.

    Raises:
        RefusedError: ``form-old``.
    """
    if not same(form.get("csrf", ""), who.csrf):
        raise RefusedError("form-old", "This form is not of this session.", todo="Load the page again.")


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form, each once.

    Raises:
        BadInputError: ``form-malformed``.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise BadInputError("form-malformed", "This is no form.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _FORM_BYTES:
            raise BadInputError("form-malformed", "This form is too large.")
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, strict_parsing=False, max_num_fields=400)
    except ValueError as error:
        raise BadInputError("form-malformed", "This is no form in UTF-8.") from error
    return {name: values[0] for name, values in fields.items()}
