"""Bearings: what footage means for statements, by people; and where the machine proposes that a person should look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from everyangle.accounts.footage import Footage, heard, running
from everyangle.accounts.measured import Clocks
from everyangle.accounts.settled import Settled
from everyangle.core.ledger import Bearing, LedgerStatement, Moment
from everyangle.core.weighing import BearingKind, By
from everyangle.record.kinds_accounts import AccountAct, BearingLinked

NEAR_S = 90.0
"""How near to a claimed time of day a moment is proposed, in seconds."""

_DAY_S = 86_400.0
_CLOCK = re.compile(r"(?:(\d{4}-\d\d-\d\d))?T(\d\d):(\d\d)(?::(\d\d))?$")
_WORD = re.compile(r"\w+")


def bearings_of(acts: Sequence[AccountAct], settled: Settled, moments: Mapping[int, Moment]) -> tuple[Bearing, ...]:
    """Return the bearings by people, in log order; the last word on one statement and one thing stands."""
    standing: dict[tuple[str, int | None, str | None], Bearing] = {}
    for act in acts:
        body = act.body
        key = settled.found.get(body.statement) if isinstance(body, BearingLinked) else None
        if not isinstance(body, BearingLinked) or key is None:
            continue
        target = body.entry if body.entry is None or body.entry not in moments else moments[body.entry].entry
        pair = (key, target, body.item)
        standing.pop(pair, None)
        from_s = moments[target].from_s if target is not None and target in moments else None
        standing[pair] = Bearing(key, body.bearing, target, body.item, By.PERSON, body.why, act.entry, from_s)
    return tuple(standing.values())


def candidates_of(
    statements: Sequence[LedgerStatement],
    times: Mapping[str, Sequence[str]],
    moments: Sequence[Moment],
    clocks: Clocks,
    judged: Sequence[Bearing],
    footage: Sequence[Footage] = (),
) -> tuple[Bearing, ...]:
    """Return what the machine proposes to look at.

    That is: moments near a claimed time, or whose label the words name; where a transcript holds the words; and where
    no moment is near a claimed time, a recording that runs then.

    Args:
        statements: settled.
        times: TIMEX3 values of the times that each statement gives, by key.
        moments: on the case's clock.
        clocks: for the tie to wall time.
        judged: bearings by people; what they judged is not proposed again.
        footage: the recordings on the case's clock, with their transcripts.
    """
    known = {(one.statement, one.target, one.item) for one in judged}
    found: list[Bearing] = []
    for one in statements:
        claimed = [t for value in times.get(one.key, ()) if (t := _event(value, clocks, footage)) is not None]
        near_none = list(claimed)
        words = {word.lower()[:5] for word in _WORD.findall(one.statement.content.text) if len(word) > 3}
        for moment in moments:
            if moment.from_s is None:
                continue
            near = [t for t in claimed if moment.from_s - NEAR_S <= t <= (moment.to_s or moment.from_s) + NEAR_S]
            near_none = [t for t in near_none if t not in near]
            if (one.key, moment.entry, None) in known:
                continue
            label = {word.lower()[:5] for word in _WORD.findall(moment.label) if len(word) > 3}
            if near:
                reason = f"it gives a time {abs(near[0] - moment.from_s):.0f} s from this moment"
            elif len(label) >= 2 and label <= words:
                reason = "it speaks of what the moment's label says"
            else:
                continue
            found.append(
                Bearing(one.key, BearingKind.CONTEXT, moment.entry, None, By.MACHINE, reason, from_s=moment.from_s)
            )
        found += running(one, near_none, footage)
    found += heard(statements, footage)
    return tuple(one for one in found if one.item is None or (one.statement, None, one.item) not in known)


def _event(value: str, clocks: Clocks, footage: Sequence[Footage]) -> float | None:
    """Return the event time of a claimed wall time, in the zone in which the person tied the clock, or None.

    A time without a day is of the day on which a recording runs then, of the one on which the clock was tied, or of the
    day before or after it; else of the day of the tie.
    """
    match = _CLOCK.match(value)
    if match is None or clocks.wall is None:
        return None
    tied = clocks.wall.instant.us / 1e6 + clocks.offset_s
    day = match[1] or datetime.fromtimestamp(tied, UTC).date().isoformat()
    try:
        stated = datetime.fromisoformat(f"{day}T{match[2]}:{match[3]}:{match[4] or '00'}+00:00").timestamp()
    except ValueError:
        return None
    t_event = clocks.wall.t_event + (stated - tied)
    days = (0.0,) if match[1] else (0.0, -_DAY_S, _DAY_S)
    return next((t_event + days_s for days_s in days if any(f.runs_at(t_event + days_s) for f in footage)), t_event)
