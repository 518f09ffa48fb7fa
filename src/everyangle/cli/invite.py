"""``everyangle invite``: make, list and revoke links by which phones record into a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from everyangle import app
from everyangle.cli.options import By, CasePath
from everyangle.core.ids import short
from everyangle.core.time import Instant
from everyangle.stages.claims import Claimed, claimed
from everyangle.stages.invite import Listed, invitations, revoke
from everyangle.stages.invite import invite as invite_stage


def invite(
    case: CasePath,
    label: Annotated[
        str | None, typer.Option("--label", help="What the page says the link is for. Kept as a private field.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="WHEN", help="When it stops: 12h, 7d, or a time with its offset.")
    ] = None,
    uses: Annotated[int, typer.Option("--uses", min=1, help="How many phones or browsers may use it.")] = 1,
    url: Annotated[
        str, typer.Option("--url", envvar="EVERYANGLE_URL", help="The address of the server, as phones reach it.")
    ] = "https://localhost:8443",
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Write the QR code there, too.")] = None,
    revoked: Annotated[
        str | None,
        typer.Option("--revoke", metavar="LINK", help="Take a link back: its address, or digits from --list."),
    ] = None,
    why: Annotated[str, typer.Option("--why", help="The reason of --revoke, kept word for word in the log.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="List the case's links.")] = False,
    claim: Annotated[
        str | None,
        typer.Option("--claim", metavar="CODE", help="Say which recordings a witness made who was shown this code."),
    ] = None,
    by: By = None,
) -> None:
    """Make a link, and show it as an address and a QR code. Whoever has it can record into the case, and nothing else.

    The link is shown once: the log keeps its hash only. A phone that used it is bound to it.

    Try it:

    everyangle invite stop --label "Neighbours of Alder Street" --expires 7d --uses 20 --url https://record.example
    """
    out = Console(highlight=False, soft_wrap=True)
    with app.open_case(case) as ports:
        if listing:
            for one in invitations(ports):
                out.print(_line(one))
        elif claim is not None:
            for recording in claimed(ports, claim):
                out.print(_claimed_line(recording))
        elif revoked is not None:
            link, entry = revoke(ports, revoked, why=why, by=by)
            out.print(f"Revoked link {short(link.id)} in entry {entry}. What arrived by it stays.")
        else:
            until = None if expires is None else app.until(expires)
            made = invite_stage(ports, label=label, uses=uses, expires=until, by=by)
            address = f"{url.rstrip('/')}/w/#{made.token}"
            _show(out, address, png)
            out.print(f"Link {short(made.link)}, entry {made.entry}. It is not shown again.")


def _show(out: Console, address: str, png: Path | None) -> None:
    import io

    import segno

    code = segno.make(address, error="m")
    drawn = io.StringIO()
    code.terminal(out=drawn, compact=True)
    out.file.write(drawn.getvalue())
    out.print(escape(address))
    if png is not None:
        picture = io.BytesIO()
        code.save(picture, kind="png", scale=8)
        app.write_whole(png, picture.getvalue())
        out.print(f"QR code written to {escape(str(png))}. Whoever sees it can use the link.")


def _line(one: Listed) -> str:
    link = one.link
    state = "revoked" if link.revoked else "open" if link.expires is None else f"until {link.expires.isoformat()}"
    used = f"{len(link.devices)} of {link.uses} used, {one.recordings} recordings"
    return f"{short(link.id)}  {state}  {used}  {escape(one.label or '')}"


def _claimed_line(one: Claimed) -> str:
    began = Instant(one.started_us).isoformat()
    return f"Item {short(one.item)}: recording {one.recording[:8]}, begun {began} by the phone's clock."
