"""Tying the event clock to wall time, with its error, as a person states it."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.errors import BadInputError, RefusedError
from everyangle.core.ids import ItemId
from everyangle.core.time import Instant, format_position, parse_instant, parse_position
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds import ClockTied
from everyangle.stages.acts import Act, record
from everyangle.stages.load import load
from everyangle.stages.view import find_item

_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class ClockRequest:
    """A tie to be recorded.

    Attributes:
        at: a position, as typed: on the event clock, or in ``of``.
        wall: the wall time there, RFC 3339 with an offset from UTC, as typed.
        of: a recording whose media time ``at`` is, or None for the event clock.
        within_s: half-width of the stated error in seconds, or None.
        why: how the person knows.
        by: who acts, or None; kept private.
    """

    at: str
    wall: str
    of: str | None = None
    within_s: float | None = None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Tied:
    """What was recorded: the index of the entry, the wall time in UTC, and the tie in words."""

    entry: int
    wall: Instant
    words: str


def tie_clock(request: ClockRequest, bench: Workbench) -> Tied:
    """Record that a moment of the event was at a wall time.

    The tie is kept against a recording's media time (the anchor's, where none is named), so that it survives a new
    solution with another zero. Solves the case first where it was not and no recording is named.

    Raises:
        EveryAngleError: where the time makes no sense; nothing was recorded then.
    """
    position_s = parse_position(request.at)
    wall = parse_instant(request.wall)
    if request.within_s is not None and request.within_s < 0:
        raise BadInputError("error-negative", "An error cannot be negative.", holds="Nothing was recorded.")
    item, media_s = _place(request, position_s, bench)
    body = ClockTied(
        item=item,
        media_us=round(media_s * _MICRO),
        wall=wall,
        within_us=None if request.within_s is None else round(request.within_s * _MICRO),
        said=request.wall,
        why=request.why,
    )
    entry = record(bench.case, [Act(body, {} if request.by is None else {"by": request.by})])[0]
    return Tied(entry, wall, f"{format_position(position_s, decimals=3)} is {wall.isoformat()}")


def _place(request: ClockRequest, position_s: float, bench: Workbench) -> tuple[ItemId, float]:
    """Return the recording whose media time is tied, and that time in seconds.

    Where none is named, it is the anchor, or else another recording of the event that was running at that moment.
    """
    view = load(bench)
    if request.of is not None:
        return find_item(bench.catalogue, request.of).id, position_s
    from everyangle.stages.solve import solved  # loads the signal processing; not for other commands

    view = solved(view, bench)
    for placement in sorted(view.main(), key=lambda p: not p.anchor):
        t_media = placement.clock.media_from_event(position_s)
        if t_media is not None and (placement.anchor or 0 <= t_media <= placement.duration_s):
            return ItemId(placement.id), t_media
    raise RefusedError(
        "nothing-placed",
        "No recordings hang together yet, or none was running then, so there is no event clock to tie.",
        holds="Nothing was recorded.",
        todo="Name the recording whose own time you mean: --of ITEM.",
    )
