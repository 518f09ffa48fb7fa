"""Which recordings belong together: edges are joined into groups only where evidence agrees, and wrong edges dropped.

Works on clocks that are already free of lost stretches. Measures nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AGREE_S = 0.3
"""Two paths between the same recordings agree when their offsets differ by no more (propagation included)."""

_CROSS_S = 8.0
_FREE_CROSS = 2
_VERY_SURE_NATS = 90.0


@dataclass(frozen=True, slots=True)
class Link:
    """One pair's offset between two nodes: ``event offset of b - event offset of a``, in seconds.

    Attributes:
        a: a node.
        b: another node.
        offset_s: seconds.
        nats: evidence.
        sure: whether one such link is enough to join two single nodes.
        slack_s: how far drift that is not known yet may move the offset.
    """

    a: int
    b: int
    offset_s: float
    nats: float
    sure: bool
    slack_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Groups:
    """The nodes' groups and what became of each link.

    Attributes:
        group: for each node, a number.
        offset_s: for each node, its event offset within the group, roughly.
        kept: numbers of the links that hold.
        dropped: for each link that does not, why, in words.
        closed: for each kept link, how many triangles it closes.
    """

    group: tuple[int, ...]
    offset_s: tuple[float, ...]
    kept: frozenset[int]
    dropped: Mapping[int, str]
    closed: Mapping[int, int]


def triangles(links: Sequence[Link]) -> tuple[list[float], list[int], list[int]]:
    """Return for each link its evidence weighed by the triangles it is in, and how many close and do not close."""
    at: dict[tuple[int, int], int] = {}
    near: dict[int, set[int]] = defaultdict(set)
    for number, link in enumerate(links):
        at[link.a, link.b] = at[link.b, link.a] = number
        near[link.a].add(link.b)
        near[link.b].add(link.a)
    weight, closed, broken = [], [0] * len(links), [0] * len(links)
    for number, link in enumerate(links):
        total = link.nats
        for node in sorted(near[link.a] & near[link.b]):
            first, second = at[link.a, node], at[node, link.b]
            way = _directed(links[first], link.a) + _directed(links[second], node)
            support = min(links[first].nats, links[second].nats)
            slack = link.slack_s + links[first].slack_s + links[second].slack_s
            if abs(way - link.offset_s) <= AGREE_S + slack:
                closed[number] += 1
                total += support
            else:
                broken[number] += 1
                total -= support
        weight.append(total)
    return weight, closed, broken


def _directed(link: Link, start: int) -> float:
    return link.offset_s if link.a == start else -link.offset_s


def grouped(spans: Sequence[tuple[float, float]], links: Sequence[Link], ranks: Sequence[str]) -> Groups:
    """Return the groups that the links support.

    Args:
        spans: for each node, start and end on its own clock, seconds.
        links: at most one for each pair of nodes.
        ranks: for each node, what breaks ties (its digest).
    """
    weight, closed, broken = triangles(links)
    outvoted = frozenset(n for n in range(len(links)) if weight[n] <= 0 and broken[n] >= 2)
    order = sorted(
        range(len(links)), key=lambda n: (-weight[n], sorted((ranks[links[n].a], ranks[links[n].b])), links[n].offset_s)
    )
    group = list(range(len(spans)))
    offset = [0.0] * len(spans)
    waiting = [n for n in order if weight[n] > 0]
    changed = True
    while changed:
        changed = False
        for number in list(waiting):
            if group[links[number].a] == group[links[number].b]:
                waiting.remove(number)
            elif _may_join(number, spans, links, outvoted, group, offset):
                _join(links[number], group, offset)
                waiting.remove(number)
                changed = True
                break
    return _settled(links, group, offset, closed)


def _shift(link: Link, offset: Sequence[float], first: int, group: Sequence[int]) -> float:
    """Return by how much the other group must move to satisfy a link out of group ``first``."""
    if group[link.a] == first:
        return offset[link.a] + link.offset_s - offset[link.b]
    return offset[link.b] - link.offset_s - offset[link.a]


def _may_join(
    number: int,
    spans: Sequence[tuple[float, float]],
    links: Sequence[Link],
    outvoted: frozenset[int],
    group: Sequence[int],
    offset: Sequence[float],
) -> bool:
    first, second = group[links[number].a], group[links[number].b]
    between = [k for k, e in enumerate(links) if {group[e.a], group[e.b]} == {first, second}]
    shift = _shift(links[number], offset, first, group)
    agree = [k for k in between if abs(_shift(links[k], offset, first, group) - shift) <= AGREE_S + links[k].slack_s]
    support = sum(links[k].nats for k in agree)
    against = sum(links[k].nats for k in between if k not in agree and k not in outvoted)
    if against > support / 2:
        return False
    if len(agree) >= 2 and any(links[k].sure for k in agree):
        return True
    if not links[number].sure:
        return False
    if links[number].nats >= _VERY_SURE_NATS:
        return True
    return _crossings(spans, group, offset, first, second, shift) <= _FREE_CROSS


def _crossings(
    spans: Sequence[tuple[float, float]],
    group: Sequence[int],
    offset: Sequence[float],
    first: int,
    second: int,
    shift: float,
) -> int:
    """Return how many pairs across two groups would overlap by eight seconds or more if they were joined."""
    ones = [(s + offset[k], e + offset[k]) for k, (s, e) in enumerate(spans) if group[k] == first]
    others = [(s + offset[k] + shift, e + offset[k] + shift) for k, (s, e) in enumerate(spans) if group[k] == second]
    return sum(min(e, f) - max(s, t) >= _CROSS_S for s, e in ones for t, f in others)


def _join(link: Link, group: list[int], offset: list[float]) -> None:
    first, second = group[link.a], group[link.b]
    shift = _shift(link, offset, first, group)
    for node, number in enumerate(group):
        if number == second:
            group[node] = first
            offset[node] += shift


def _settled(links: Sequence[Link], group: list[int], offset: list[float], closed: Sequence[int]) -> Groups:
    kept, dropped = set(), {}
    for number, link in enumerate(links):
        if group[link.a] != group[link.b]:
            dropped[number] = (
                "not enough to join two groups by itself" if link.sure else "too little evidence to join two recordings"
            )
        elif abs(offset[link.b] - offset[link.a] - link.offset_s) > AGREE_S + link.slack_s:
            dropped[number] = "contradicts the other recordings of the same event"
        else:
            kept.add(number)
    return Groups(tuple(group), tuple(offset), frozenset(kept), dropped, {n: closed[n] for n in kept})
