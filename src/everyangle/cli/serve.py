"""``everyangle serve``: take recordings from phones while they are made."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from everyangle import app
from everyangle.capture.limits import Limits
from everyangle.cli.exits import FAILED_CHECK, OK
from everyangle.core.errors import BadInputError, ConflictError, NotFoundError

if TYPE_CHECKING:
    import socket

    from everyangle.web.serving import Listening
    from everyangle.web.staff_access import Access

_GIB = 1 << 30
_NO_OWNER = "Nobody has an account yet. Who enters this code becomes the owner; it is good once, until the next start."


_RENEWS = "Who enters this code sets a new password for this account; it is good once, for a week."


def serve(
    root: Annotated[Path, typer.Argument(metavar="ROOT", help="A folder that holds cases; all of them are served.")],
    host: Annotated[str, typer.Option("--host", help="The address to listen at; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any free one.")] = 8443,
    tls_cert: Annotated[Path | None, typer.Option("--tls-cert", help="Certificate chain in PEM.")] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="Its private key in PEM.")] = None,
    lab_certificate: Annotated[
        bool,
        typer.Option(
            "--lab-certificate", help="Make a certificate for trying it out; phones must be told to trust it."
        ),
    ] = False,
    url: Annotated[
        str | None, typer.Option("--url", help="The address that phones use, where a proxy stands before this server.")
    ] = None,
    reserve: Annotated[
        float, typer.Option("--reserve", min=0, help="GiB that must be left on the disk; with less, nothing is taken.")
    ] = 1.0,
    quiet_after: Annotated[
        float, typer.Option("--quiet-after", min=1, help="Seconds without anything new that end a recording.")
    ] = 600.0,
    new_password: Annotated[
        str | None,
        typer.Option("--new-password", metavar="NAME", help="Print a one-time code by which NAME sets a new password."),
    ] = None,
    log_addresses: Annotated[
        bool, typer.Option("--log-addresses", help="Write witnesses' network addresses to the log. Think twice.")
    ] = False,
) -> int:
    """Serve the page that records, and preserve what phones send, second by second, in the cases below ROOT.

    Events are JSON lines on standard error. Stop it with Ctrl-C or SIGTERM; what was acknowledged is kept either way.

    Try it:

    everyangle serve cases --host 0.0.0.0 --lab-certificate
    """
    from everyangle.stages.capture_keep import GRACE_S, Pace

    try:
        from everyangle.web.app import make_site
        from everyangle.web.serving import serve
        from everyangle.web.staff_access import Access
    except ModuleNotFoundError as error:
        raise NotFoundError(
            "extra-missing", f"Serving needs {error.name}.", todo="Run: pip install 'everyangle[serve]'"
        ) from error

    listening = _listening(host, port, tls_cert, tls_key, lab=lab_certificate)
    limits = Limits(reserve_bytes=int(reserve * _GIB))
    with app.open_capture(
        root, tell, limits=limits, pace=Pace(quiet_s=quiet_after, grace_s=min(GRACE_S, quiet_after))
    ) as capture:
        staff = Access(app.staff_store(), capture.clock)
        site = make_site(capture, tls=_by_tls(listening, url), log_addresses=log_addresses, staff=staff)
        listener = _listener(listening)
        _tell_codes(staff, _tell_address(listening, listener, url), new_password)
        serve(site, listening, listener)
        return FAILED_CHECK if capture.intake.failed else OK


def _tell_address(listening: Listening, listener: socket.socket, url: str | None) -> str:
    """Tell where the server listens, and return the address that browsers use."""
    port = listener.getsockname()[1]
    address = url or _url(listening, port)
    tell("listening", url=address, at=f"{listening.host}:{port}")
    return address


def _tell_codes(staff: Access, address: str, new_password: str | None) -> None:
    """Tell the codes by which somebody gets in who cannot be let in by anybody else."""
    if staff.empty:
        tell("owner-code", code=staff.first_code(), url=f"{address}/staff/join", what=_NO_OWNER)
    if new_password is not None:
        code = staff.renewal(new_password)
        tell("password-code", name=new_password, code=code, url=f"{address}/staff/new-password", what=_RENEWS)


def _listening(host: str, port: int, certificate: Path | None, key: Path | None, *, lab: bool) -> Listening:
    from everyangle.web.serving import Listening

    if lab:
        certificate, key = app.lab_certificate(host)
    if (certificate is None) != (key is None):
        raise BadInputError("tls-halved", "A certificate needs its key.", todo="Give both --tls-cert and --tls-key.")
    return Listening(host, port, certificate, key)


def _listener(listening: Listening) -> socket.socket:
    from everyangle.web.serving import listen

    try:
        return listen(listening)
    except OSError as error:
        raise ConflictError(
            "address-taken",
            f"{listening.host}:{listening.port} cannot be had: {error.strerror}.",
            todo="Give another --host or --port.",
        ) from error


def _by_tls(listening: Listening, url: str | None) -> bool:
    return listening.certificate is not None or (url or "").startswith("https://")


def _url(listening: Listening, port: int) -> str:
    return f"{'https' if listening.certificate else 'http'}://{listening.host}:{port}"


def tell(event: str, **fields: object) -> None:
    """Write an event as one JSON line to standard error."""
    sys.stderr.write(json.dumps({"event": event, "time": app.now(), **fields}, default=str) + "\n")
    sys.stderr.flush()
