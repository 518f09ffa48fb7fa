"""Measured facts: moments on the case's clock, and what lies between them, with its error, beside what people claim.

The placements and their errors arrive as clocks; nothing is looked for in footage here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from everyangle.accounts.amounts import Amount, duration_words
from everyangle.core.ids import ItemId
from everyangle.core.ledger import Claimed, Measure, Moment
from everyangle.core.time import ClockMap, Instant, WallTie
from everyangle.core.weighing import Edge, MeasureSort
from everyangle.record.kinds_accounts import AccountAct, MeasureSet, MomentEdge, MomentSet

_MICRO = 1e6


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where recordings stand on the case's clock.

    Attributes:
        maps: of the recordings in the main component, to event time.
        unknown: those of them whose error nobody stated.
        wall: how event time is tied to wall time, or None.
        offset_s: how far local time is ahead of UTC where the clock was tied, in seconds.
    """

    maps: Mapping[ItemId, ClockMap]
    unknown: frozenset[ItemId] = frozenset()
    wall: WallTie | None = None
    offset_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount or a time that a statement claims: its key, and the amount (of a time: POSIX seconds)."""

    statement: str
    amount: Amount


def moments_of(acts: Sequence[AccountAct], clocks: Clocks) -> dict[int, Moment]:
    """Return the moments that stand, by the index of every entry that named them: corrected ones lead to the last.

    A moment's own :attr:`Moment.entry` is that of the last correction.
    """
    last: dict[int, int] = {}
    made: dict[int, Moment] = {}
    for act in acts:
        if isinstance(act.body, MomentSet):
            made[act.entry] = _moment(act.entry, act.body, clocks)
            last[act.entry] = act.entry
            if act.body.replaces is not None:
                old = last.get(act.body.replaces, act.body.replaces)
                last.update({entry: act.entry for entry, now in last.items() if now == old})
                last[act.body.replaces] = act.entry
    return {entry: made[now] for entry, now in last.items()}


def _moment(entry: int, body: MomentSet, clocks: Clocks) -> Moment:
    media_from, media_to = body.from_us / _MICRO, body.to_us / _MICRO
    found = Moment(
        entry,
        body.label,
        body.item,
        media_from,
        media_to,
        None,
        None,
        None,
        None if body.within_us is None else body.within_us / _MICRO,
        said=body.said,
        why=body.why,
    )
    clock = clocks.maps.get(body.item)
    if clock is None:
        return found
    t_from = clock.event_from_media(media_from)
    error_s = None if body.item in clocks.unknown else clock.error_s
    placed = replace(found, from_s=t_from, to_s=clock.event_from_media(media_to), error_s=error_s)
    if clocks.wall is None:
        return placed
    wall = wall_from_event(t_from, clocks.wall)
    within = _added(clocks.wall.within_s, error_s, found.within_s or 0.0)
    return replace(placed, wall_from=wall, wall_within_s=within)


def wall_from_event(t_event: float, tie: WallTie) -> Instant:
    """Return the wall time of an event time."""
    return Instant(tie.instant.us + round((t_event - tie.t_event) * _MICRO), tie.instant.clock)


def measure(act: AccountAct, body: MeasureSet, moments: Mapping[int, Moment], clocks: Clocks) -> Measure:
    """Return what a measure gives, without the claims beside it."""
    found = [moments.get(one.entry) for one in body.moments]
    made = Measure(
        act.entry,
        body.sort,
        body.label,
        tuple(one.entry if m is None else m.entry for one, m in zip(body.moments, found, strict=True)),
        tuple(one.edge for one in body.moments),
        body.question,
        None,
        None,
        "",
        why=body.why,
    )
    known = [m for m in found if m is not None]
    if len(known) < len(found):
        return replace(made, words="not measured: a moment of it was withdrawn")
    if body.sort is MeasureSort.COUNT:
        return replace(made, value=float(len(known)), words=f"{len(known)} in the recordings")
    unplaced = next((m for m in known if m.from_s is None), None)
    if unplaced is not None:
        return replace(made, words=f"not measured: “{unplaced.label}” has no place on the case's clock")
    if body.sort is MeasureSort.TIME:
        return _time(made, known[0], body.moments[0], clocks)
    return _interval(made, known, body.moments, clocks)


def _interval(made: Measure, known: Sequence[Moment], edges: Sequence[MomentEdge], clocks: Clocks) -> Measure:
    (a, b), (from_edge, to_edge) = known, edges
    value = (_at(b, to_edge.edge) or 0.0) - (_at(a, from_edge.edge) or 0.0)
    clock_s = _between_s(a, b, from_edge.edge, to_edge.edge, clocks)
    error_s = _added(clock_s, a.within_s or 0.0, b.within_s or 0.0)
    words = f"{_with_error(value, error_s)}{_unstated(known)} from “{a.label}” to “{b.label}”"
    return replace(made, value=value, error_s=error_s, words=words)


def _between_s(a: Moment, b: Moment, from_edge: Edge, to_edge: Edge, clocks: Clocks) -> float | None:
    """Return the clock's part of an interval's error: none within one recording that lost nothing in between."""
    if a.item != b.item:
        return _added(a.error_s, b.error_s)
    ends = sorted((_media(a, from_edge), _media(b, to_edge)))
    lost = any(ends[0] < jump.at_s <= ends[1] for jump in clocks.maps[a.item].jumps)
    return a.error_s if lost else 0.0


def _local_time(wall: Instant, offset_s: float) -> str:
    """Return a wall time to the second, on the clock of the place where it was stated, with that clock's name."""
    local = datetime.fromtimestamp(round(wall.us / _MICRO), UTC) + timedelta(seconds=offset_s)
    minutes = round(abs(offset_s) / 60)
    zone = f"{'−' if offset_s < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}" if minutes else ""
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{zone}"


def _time(made: Measure, moment: Moment, edge: MomentEdge, clocks: Clocks) -> Measure:
    if clocks.wall is None:
        return replace(made, words="not measured: the event clock is not tied to wall time (everyangle clock)")
    wall = wall_from_event(_at(moment, edge.edge) or 0.0, clocks.wall)
    error_s = moment.wall_within_s
    within = "error unknown" if error_s is None else f"± {_error(error_s)}"
    words = f"{_local_time(wall, clocks.offset_s)} {within}{_unstated([moment])}: “{moment.label}”"
    return replace(made, value=wall.us / _MICRO, error_s=error_s, words=words)


def beside(made: Measure, claims: Sequence[Claim]) -> Measure:
    """Return a measure with what people claim beside it."""
    return replace(made, claims=tuple(_claimed(made, one) for one in claims))


def _claimed(made: Measure, claim: Claim) -> Claimed:
    amount = claim.amount
    if made.value is None:
        return Claimed(claim.statement, amount.words, amount.low, amount.high, None)
    if made.sort is not MeasureSort.COUNT and made.error_s is None:
        return Claimed(claim.statement, amount.words, amount.low, amount.high, None, "the error is not known")
    error = made.error_s or 0.0
    short = amount.low - (made.value + error)
    long = (made.value - error) - (math.inf if amount.high is None else amount.high)
    off = max(short, long)
    if off <= 0:
        return Claimed(claim.statement, amount.words, amount.low, amount.high, fits=True)
    by = f"{off:g}" if made.sort is MeasureSort.COUNT else duration_words(off)
    words = f"measured {'less' if short > 0 else 'more'} by {by} or more"
    if made.sort is MeasureSort.TIME:
        words = f"measured {'earlier' if short > 0 else 'later'} by {by} or more"
    return Claimed(claim.statement, amount.words, amount.low, amount.high, fits=False, difference=words)


def _at(moment: Moment, edge: Edge) -> float | None:
    return moment.from_s if edge is Edge.START else moment.to_s


def _media(moment: Moment, edge: Edge) -> float:
    return moment.media_from_s if edge is Edge.START else moment.media_to_s


def _added(*errors: float | None) -> float | None:
    """Return independent errors together, or None where one is unknown."""
    known = [one for one in errors if one is not None]
    return math.hypot(*known) if len(known) == len(errors) else None


def _with_error(value: float, error_s: float | None) -> str:
    if error_s is None:
        return f"{duration_words(value, 1)}, error unknown,"
    return f"{duration_words(value, _decimals(error_s))} ± {_error(error_s)}"


def _decimals(error_s: float) -> int:
    return 0 if error_s >= 2 else 1 if error_s >= 0.05 else 2


def _error(error_s: float) -> str:
    """Return an error rounded up, so that it never promises more than is known."""
    scale = 10 ** _decimals(error_s)
    return f"{math.ceil(error_s * scale - 1e-9) / scale:g} s"


def _unstated(moments: Sequence[Moment]) -> str:
    return " (error of marking not stated)" if any(m.within_s is None for m in moments) else ""
