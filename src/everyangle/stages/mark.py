"""Marking: a person labels moments of the event, and takes acts on accounts back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from everyangle.accounts.measured import Clocks, moments_of
from everyangle.core.casefile import DecisionKind
from everyangle.core.errors import BadInputError, NotFoundError, RefusedError
from everyangle.core.ids import ItemId
from everyangle.core.ledger import Moment
from everyangle.core.time import format_position, parse_instant, parse_position
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import AccountBody, AccountWithdrawn, MomentSet
from everyangle.stages.acts import Act, record
from everyangle.stages.load import load
from everyangle.stages.view import CaseView, find_item

_MICRO = 1_000_000
_ENTRY = re.compile(r"[a-z]?(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class MomentRequest:
    """A moment to be marked.

    Attributes:
        label: in words.
        start: as typed: a position on the event clock, a wall time, or with ``of`` a position in that recording.
        end: as typed, or None for a moment without extent.
        of: the recording whose media time ``start`` and ``end`` are, or None.
        within_s: half-width of the error of the marking in seconds, or None.
        replaces: the moment that this one corrects, as named by the person, or None.
        why: the reason.
        by: who acts, or None; kept private.
    """

    label: str
    start: str
    end: str | None = None
    of: str | None = None
    within_s: float | None = None
    replaces: str | None = None
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded: the index of the entry, and the act in words."""

    entry: int
    words: str


def set_moment(request: MomentRequest, bench: Workbench) -> Recorded:
    """Record a moment, in the media time of a recording, so that it outlasts new placements.

    Solves the case first where it was not and no recording is named.

    Raises:
        EveryAngleError: where the moment makes no sense; nothing was recorded then.
    """
    if not request.label.strip():
        raise BadInputError("label-empty", "A moment needs a label.", holds="Nothing was recorded.")
    if request.within_s is not None and request.within_s < 0:
        raise BadInputError("error-negative", "An error cannot be negative.", holds="Nothing was recorded.")
    view = load(bench)
    if request.of is None:
        from everyangle.stages.solve import solved  # loads the signal processing; not for other commands

        view = solved(view, bench)
    item, start_s, end_s = _media(request, view, bench)
    if end_s < start_s:
        raise BadInputError("moment-backwards", "The moment ends before it starts.", holds="Nothing was recorded.")
    replaces = None
    if request.replaces is not None:
        replaces = find_moment(request.replaces, moments_of(bench.catalogue.account_acts(), clocks_of(view))).entry
    said = request.start if request.end is None else f"{request.start} to {request.end}"
    body = MomentSet(
        label=request.label.strip(),
        item=item,
        from_us=round(start_s * _MICRO),
        to_us=round(end_s * _MICRO),
        within_us=None if request.within_s is None else round(request.within_s * _MICRO),
        replaces=replaces,
        said=said if request.of is None else f"{said} of {request.of}",
        why=request.why,
    )
    entry = note_act(body, request.by, bench)
    name = next(one.item.name for one in view.items if one.item.id == item)
    at = format_position(start_s, decimals=3)
    return Recorded(entry, f"m{entry} “{body.label}” at {at} of {name}")


def withdraw_act(text: str, why: str, by: str | None, bench: Workbench) -> Recorded:
    """Record that an earlier act on accounts no longer holds.

    Args:
        text: the index of its entry, with or without a letter before it.
        why: the reason.
        by: who acts, or None.
        bench: the case at work.

    Raises:
        EveryAngleError: where no such act stands; nothing was recorded then.
    """
    load(bench)
    match = _ENTRY.fullmatch(text.strip())
    standing = {act.entry for act in bench.catalogue.account_acts()}
    if match is None or int(match[1]) not in standing:
        raise NotFoundError(
            "act-unknown",
            f"{text!r} is no act on accounts that stands.",
            holds="Nothing was recorded.",
            todo="See the entries with: everyangle log CASE",
        )
    entry = note_act(AccountWithdrawn(int(match[1]), why), by, bench)
    return Recorded(entry, f"entry {match[1]} is withdrawn")


def note_act(body: AccountBody, by: str | None, bench: Workbench) -> int:
    """Record one act on accounts and return the index of its entry."""
    return record(bench.case, [Act(body, {} if by is None else {"by": by})])[0]


def clocks_of(view: CaseView) -> Clocks:
    """Return where the recordings of the main component stand, as the measuring takes it."""
    maps = {ItemId(one.id): one.clock for one in view.main()}
    unstated = {d.item for d in view.decisions if d.kind is DecisionKind.OVERRIDDEN and not d.error_stated}
    tied = view.wall()
    if tied is None:
        return Clocks(maps, frozenset(unstated & maps.keys()))
    return Clocks(maps, frozenset(unstated & maps.keys()), tied[0], _offset_s(tied[1].said))


def _offset_s(said: str) -> float:
    """Return how far the local time that a person stated is ahead of UTC, in seconds; 0 where that was not said."""
    match = re.search(r"([+-])(\d\d):?(\d\d)$", said.strip())
    if match is None:
        return 0.0
    return (-1 if match[1] == "-" else 1) * (int(match[2]) * 3600 + int(match[3]) * 60)


def find_moment(text: str, moments: Mapping[int, Moment]) -> Moment:
    """Return the one moment that a person means by ``m12`` or by its label.

    Raises:
        NotFoundError: ``moment-unknown``.
        BadInputError: ``moment-ambiguous`` where several have the label.
    """
    match = _ENTRY.fullmatch(text.strip())
    if match is not None and int(match[1]) in moments:
        return moments[int(match[1])]
    labelled = {m.entry: m for m in moments.values() if m.label.casefold() == text.strip().casefold()}
    if not labelled:
        raise NotFoundError(
            "moment-unknown",
            f"No moment of this case is called {text!r}.",
            holds="Nothing was recorded.",
            todo="See the moments with: everyangle accounts list CASE --moments",
        )
    if len(labelled) > 1:
        names = ", ".join(f"m{entry}" for entry in labelled)
        raise BadInputError(
            "moment-ambiguous",
            f"{len(labelled)} moments are called {text!r}: {names}.",
            holds="Nothing was recorded.",
            todo="Name one of them so.",
        )
    return next(iter(labelled.values()))


def _media(request: MomentRequest, view: CaseView, bench: Workbench) -> tuple[ItemId, float, float]:
    """Return the recording that keeps the moment, and its start and end in that recording's media time, seconds."""
    end = request.start if request.end is None else request.end
    if request.of is not None:
        item = find_item(bench.catalogue, request.of)
        return item.id, parse_position(request.start), parse_position(end)
    start_s, end_s = (_event(view, text) for text in (request.start, end))
    for placement in sorted(view.main(), key=lambda p: (p.clock.error_s, not p.anchor)):
        ends = [placement.clock.media_from_event(t) for t in (start_s, end_s)]
        if all(t is not None and 0 <= t <= placement.duration_s for t in ends):
            return ItemId(placement.id), ends[0] or 0.0, ends[1] or 0.0
    anchor = view.anchor()
    ends = [] if anchor is None else [anchor.clock.media_from_event(t) for t in (start_s, end_s)]
    if anchor is None or any(t is None for t in ends):
        raise RefusedError(
            "nothing-placed",
            "No recording on the case's clock was running then, so the moment has nothing to be kept against.",
            holds="Nothing was recorded.",
            todo="Name the recording whose own time you mean: --of ITEM.",
        )
    return ItemId(anchor.id), ends[0] or 0.0, ends[1] or 0.0


def _event(view: CaseView, text: str) -> float:
    return view.event_from_wall(parse_instant(text)) if "T" in text.upper() else parse_position(text)
