"""Clock maps to the integers that the log keeps, and back. The log's integers are the truth."""

from __future__ import annotations

from everyangle.core.time import ClockMap, Jump
from everyangle.record.kinds import LostStretch, Relation

_PPT = 10**12
_MICRO = 10**6


def relation_of(clock: ClockMap, *, error_stated: bool = True) -> Relation:
    """Return a clock map rounded to what the log keeps; without its error where nobody stated one."""
    return Relation(
        offset_us=round(clock.offset_s * _MICRO),
        drift_ppt=round((clock.rate - 1) * _PPT),
        error_us=round(clock.error_s * _MICRO) if error_stated else None,
        jumps=tuple(LostStretch(round(j.at_s * _MICRO), round(j.lost_s * _MICRO)) for j in clock.jumps),
    )


def clock_of(relation: Relation) -> ClockMap:
    """Return the clock map of a relation; an error that nobody stated counts as 0."""
    return ClockMap(
        offset_s=relation.offset_us / _MICRO,
        rate=1 + relation.drift_ppt / _PPT,
        error_s=(relation.error_us or 0) / _MICRO,
        jumps=tuple(Jump(j.at_us / _MICRO, j.lost_us / _MICRO) for j in relation.jumps),
    )
