"""``everyangle place``: state, confirm or withdraw where an item belongs."""

from __future__ import annotations

from typing import Annotated

import typer

from everyangle import app
from everyangle.cli.options import By, CasePath, ItemText, Progress, Quiet, Why
from everyangle.cli.progress import ProgressStyle, progress
from everyangle.core.errors import BadInputError
from everyangle.stages.place import At, Confirm, Like, PlaceRequest, Withdraw
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
    """
    how = _how(at, like, offset, confirm=confirm, withdraw=withdraw)
    with progress(progress_style, quiet=quiet) as events, app.open_bench(case, events=events) as bench:
        placed = place_item(PlaceRequest(item, how, within, why, by), bench)
    if not quiet:
        typer.echo(f"Entry {placed.entry}: {item} {placed.words}. Build the case to see it in place.")


def _how(
    at: str | None, like: str | None, offset: str | None, *, confirm: bool, withdraw: bool
) -> At | Like | Confirm | Withdraw:
    given = [at is not None, like is not None or offset is not None, confirm, withdraw]
    if sum(given) != 1:
        raise BadInputError(
            "place-how",
            "Say in exactly one way where the item belongs.",
            todo="Give --at T, or --like ITEM --offset S, or --confirm, or --withdraw.",
        )
    if at is not None:
        return At(at)
    if confirm:
        return Confirm()
    if withdraw:
        return Withdraw()
    if like is None or offset is None:
        raise BadInputError("place-how", "--like and --offset go together.", todo="Give both.")
    return Like(like, offset)
