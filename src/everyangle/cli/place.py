"""``everyangle place``: state, confirm or withdraw where an item belongs."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, ItemText, Progress, Quiet, Why
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.core.errors import BadInputError
from everyangle.stages.guide import DeviceRequest, Guided, RejectRequest, state_device
from everyangle.stages.guide import reject as reject_pair
from everyangle.stages.place import At, Confirm, Like, Placed, PlaceRequest, Withdraw
from everyangle.stages.place import place as place_item


def place(
    case: CasePath,
    item: ItemText,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="T", help="It starts at this event time (83.2, 1:23.2), or at this wall time."),
    ] = None,
    like: Annotated[
        str | None, typer.Option("--like", metavar="ITEM", help="It is stated against this other recording.")
    ] = None,
    offset: Annotated[
        str | None, typer.Option("--offset", metavar="S", help="It starts this far into the recording of --like.")
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="What the machine found is right.")] = False,
    reject: Annotated[
        str | None,
        typer.Option("--reject", metavar="ITEM", help="It does not belong with this one; with --offset: not there."),
    ] = None,
    device: Annotated[
        str | None,
        typer.Option(
            "--device", metavar="NAME", help="This device recorded it; what one device recorded cannot overlap."
        ),
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="What a person stated no longer holds.")] = False,
    within: Annotated[
        float | None, typer.Option("--within", metavar="S", min=0, help="The stated error: right within ± S seconds.")
    ] = None,
    why: Why = "",
    by: By = None,
    progress_style: Progress = ProgressStyle.BAR,
    quiet: Quiet = False,
) -> None:
    """Place an item by hand: silent CCTV, photos, corrections. Outranks the machine, and is marked as such.

    Try it:

    everyangle place stop cctv.mp4 --like bodycam.mp4 --offset -31.2 --within 0.1 --why "headlights flash"

    everyangle place stop photo.jpg --at 1:23.2 --why "the window is breaking"

    everyangle place stop phone.mp4 --confirm --why "checked by eye and ear"

    everyangle place stop phone.mp4 --reject concert.mp4 --why "another evening, the same song"

    everyangle place stop phone.mp4 --device phone-2 --why "she said so"
    """
    guide = _guide(item, reject, device, offset, within, why, by, withdraw=withdraw)
    how = None
    if guide is None or at is not None or like is not None or confirm:
        how = _how(at, like, offset, confirm=confirm, withdraw=withdraw, guided=guide is not None)
    with progress(progress_style, quiet=quiet) as events, app.open_bench(case, events=events) as bench:
        done: Placed | Guided
        if how is not None:
            done = place_item(PlaceRequest(item, how, within, why, by), bench)
        elif isinstance(guide, RejectRequest):
            done = reject_pair(guide, bench)
        else:
            done = state_device(guide or DeviceRequest(item, None), bench)
    if not quiet:
        typer.echo(f"Entry {done.entry}: {item} {done.words}. Build the case to see it in place.")


def _guide(
    item: str,
    reject: str | None,
    device: str | None,
    offset: str | None,
    within: float | None,
    why: str,
    by: str | None,
    *,
    withdraw: bool,
) -> RejectRequest | DeviceRequest | None:
    """Return what is stated beside a place, or None."""
    if reject is not None and device is not None:
        raise _one_way()
    if reject is not None:
        return RejectRequest(item, reject, offset, within, withdraw, why, by)
    return None if device is None else DeviceRequest(item, None if withdraw else device, why, by)


def _how(
    at: str | None, like: str | None, offset: str | None, *, confirm: bool, withdraw: bool, guided: bool
) -> At | Like | Confirm | Withdraw:
    given = [at is not None, like is not None or offset is not None, confirm, withdraw]
    if guided or sum(given) != 1:
        raise _one_way()
    if at is not None:
        return At(at)
    if confirm:
        return Confirm()
    if withdraw:
        return Withdraw()
    if like is None or offset is None:
        raise BadInputError("place-how", "--like and --offset go together.", todo="Give both.")
    return Like(like, offset)


def _one_way() -> BadInputError:
    return BadInputError(
        "place-how",
        "Say in exactly one way where the item belongs.",
        todo="Give --at T, or --like ITEM --offset S, or --confirm, or --reject ITEM, or --device NAME, or --withdraw.",
    )
