"""Where people's word and sound disagree, after the word was followed: what is told of it. Changes no placement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import hypot

from everyangle.core.alignment import Verdict
from everyangle.core.stated import Conflict, ConflictKind, Rejection
from everyangle.core.time import ClockMap
from everyangle.sync.agree import Pair, meetings, spread_s
from everyangle.sync.apart import OVERLAP_S, Member, overlap_s
from everyangle.sync.check import main_piece


@dataclass(frozen=True, slots=True)
class Said:
    """What people said, as it was followed.

    Attributes:
        rests: for each id, the recording that it rests on by a person's word (itself where it does not), and the map.
        own: ids that a person put on an event clock of their own.
        devices: for each id, what recorded it, where that is known.
        rejections: what a person rejected.
    """

    rests: Mapping[str, tuple[str, ClockMap]]
    own: frozenset[str] = frozenset()
    devices: Mapping[str, str] = field(default_factory=dict)
    rejections: Sequence[Rejection] = ()


def same_device(said: Said, pair: Pair) -> bool:
    """Return whether a pair is of recordings of one device, whose sounds then cannot be of one time."""
    device = said.devices.get(pair.a)
    return device is not None and device == said.devices.get(pair.b) and pair.match.overlap_s > OVERLAP_S


def rejected(said: Said, pair: Pair, lag_s: float) -> bool:
    """Return whether a person rejected a pair at a lag: where ``b`` starts in the media time of ``a``."""
    for one in said.rejections:
        if {one.a, one.b} == {pair.a, pair.b}:
            offset = lag_s if one.a == pair.a else -lag_s
            if one.offset_s is None or abs(offset - one.offset_s) <= one.within_s:
                return True
    return False


def conflicts(
    pairs: Sequence[Pair], said: Said, clocks: Mapping[str, tuple[int, ClockMap]], durations: Mapping[str, float]
) -> tuple[Conflict, ...]:
    """Return where sound contradicts what was said, the strongest evidence first.

    Args:
        pairs: all compared pairs; only those that show one event by themselves can contradict a person.
        said: what was said.
        clocks: for each id, its component and its clock as placed.
        durations: for each id, seconds, in input order.
    """
    found: list[Conflict] = []
    for pair in pairs:
        finding = pair.finding
        if finding.verdict is Verdict.SAME_EVENT and finding.sure:
            one = _of_pair(pair, said, clocks)
            if one is not None:
                found.append(one)
    found += _of_devices(said, clocks, durations)
    order = {name: number for number, name in enumerate(durations)}
    turned = [replace(c, a=c.b, b=c.a) if order[c.a] > order[c.b] else c for c in found]
    return tuple(sorted(turned, key=lambda c: (-c.score, order[c.a], order[c.b], c.kind)))


def _of_pair(pair: Pair, said: Said, clocks: Mapping[str, tuple[int, ClockMap]]) -> Conflict | None:
    score = pair.finding.score
    lag = main_piece(pair.match).line.lag_s
    if same_device(said, pair):
        both = tuple(sorted((pair.a, pair.b)))
        return Conflict(ConflictKind.DEVICE, pair.a, pair.b, both, pair.match.overlap_s, OVERLAP_S, score)
    if rejected(said, pair, lag):
        return Conflict(ConflictKind.REJECTION, pair.a, pair.b, (), None, 0.0, score)
    (group_a, clock_a), (group_b, clock_b) = clocks[pair.a], clocks[pair.b]
    own = tuple(sorted(n for n in (pair.a, pair.b) if said.rests[n][0] in said.own))
    if own and group_a != group_b:
        return Conflict(ConflictKind.OWN_CLOCK, pair.a, pair.b, own, None, 0.0, score)
    pinned = _pinned(pair, said)
    if not pinned or group_a != group_b:
        return None
    gaps = [clock_a.event_from_media(m.t_a) - clock_b.event_from_media(m.t_b) for m in meetings(main_piece(pair.match))]
    gap = sum(gaps) / len(gaps)
    allowed = spread_s(pair) + hypot(*(said.rests[name][1].error_s for name in pinned))
    if abs(gap) <= max(allowed, LEAST_S):
        return None
    return Conflict(ConflictKind.PIN, pair.a, pair.b, pinned, abs(gap), max(allowed, LEAST_S), score)


LEAST_S = 0.3
"""A person who states no error is not contradicted by less: sound takes so long over a hundred metres."""


def _pinned(pair: Pair, said: Said) -> tuple[str, ...]:
    """Return which of a pair a person placed, or else what a person placed against one of them."""
    pinned = [name for name in (pair.a, pair.b) if said.rests[name][0] != name]
    if not pinned:
        pinned = [name for name, (root, _) in said.rests.items() if name != root and root in (pair.a, pair.b)]
    return tuple(sorted(pinned))


def _of_devices(
    said: Said, clocks: Mapping[str, tuple[int, ClockMap]], durations: Mapping[str, float]
) -> list[Conflict]:
    """Return recordings of one device that people placed so that they overlap."""
    together: dict[tuple[str, str], list[str]] = {}
    for name in sorted(said.devices):
        together.setdefault((said.devices[name], said.rests[name][0]), []).append(name)
    found = []
    for names in together.values():
        for first, second in combinations(names, 2):
            one, other = (_member(name, clocks[name][1], durations) for name in (first, second))
            if (by := overlap_s(one, other)) > OVERLAP_S:
                found.append(Conflict(ConflictKind.DEVICE, first, second, (first, second), by, OVERLAP_S, 0.0))
    return found


def _member(name: str, clock: ClockMap, durations: Mapping[str, float]) -> Member:
    return Member(name, clock.event_from_media(0.0), clock.event_from_media(durations[name]))
