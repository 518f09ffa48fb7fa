"""Which recordings belong together: edges are joined into groups only where evidence agrees, and wrong edges dropped.

Works on clocks that are already free of lost stretches. Measures nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

AGREE_S = 0.3
"""Two paths between the same recordings agree when their offsets differ by no more (propagation included)."""

TOO_LITTLE = "too little evidence to join two recordings"
"""Why a link that is not sure joins nothing."""

_CROSS_S = 8.0
_FREE_CROSS = 2
_VERY_SURE_NATS = 90.0
_COUNTS_NATS = 12.0
_TOGETHER_NATS = 30.0


@dataclass(frozen=True, slots=True)
class Link:
    """One pair's offset between two nodes: ``event offset of b - event offset of a``, in seconds.

    Attributes:
        a: a node.
        b: another node.
        offset_s: seconds.
        nats: evidence.
        sure: whether one such link is enough to join two single nodes.
        independent: whether it rests on more than one source of sound.
        slack_s: how far drift that is not known yet may move the offset.
    """

    a: int
    b: int
    offset_s: float
    nats: float
    sure: bool
    slack_s: float = 0.0
    independent: bool = False


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


Barred = Callable[[Mapping[int, float], Mapping[int, float]], str]
"""Given two groups' nodes, each with where its zero stands on one clock: why they may not come together, or nothing."""


def grouped(
    spans: Sequence[tuple[float, float]], links: Sequence[Link], ranks: Sequence[str], barred: Barred | None = None
) -> Groups:
    """Return the groups that the links support.

    The strongest links join first; one that may not join two groups yet is looked at again when either has grown.

    Args:
        spans: for each node, start and end on its own clock, seconds.
        links: at most one for each pair of nodes.
        ranks: for each node, what breaks ties (its digest).
        barred: what people and devices rule out.
    """
    ruled_out: dict[int, str] = {}
    weight, closed, broken = triangles(links)
    outvoted = frozenset(n for n in range(len(links)) if weight[n] <= 0 and broken[n] >= 2)
    order = sorted(
        range(len(links)), key=lambda n: (-weight[n], sorted((ranks[links[n].a], ranks[links[n].b])), links[n].offset_s)
    )
    place = {number: k for k, number in enumerate(order)}
    state = _State(spans, links, outvoted)
    waiting = [place[n] for n in order if weight[n] > 0]
    heapify(waiting)
    refused: dict[tuple[int, int], list[int]] = defaultdict(list)
    while waiting:
        number = order[heappop(waiting)]
        first, second = state.group[links[number].a], state.group[links[number].b]
        if first == second:
            continue
        if not state.may_join(number):
            refused[min(first, second), max(first, second)].append(number)
            continue
        if barred is not None and (why := barred(*state.sides(number))):
            ruled_out[number] = why
            continue
        gone, kept = state.join(number)
        for pair in [pair for pair in refused if gone in pair or kept in pair]:
            for again in refused.pop(pair):
                heappush(waiting, place[again])
    return _settled(links, state.group, state.offset.tolist(), closed, ruled_out)


def together(nats: Sequence[float]) -> float:
    """Return the evidence of links between two groups that agree, the strongest first.

    They are not independent: what one recording shares with a group by chance, it shares with all that heard the same.
    So all but the strongest count half.
    """
    return (sum(nats) + nats[0]) / 2


class _State:
    """The groups as they grow: each node's group and offset, each group's nodes, and the links between groups."""

    def __init__(self, spans: Sequence[tuple[float, float]], links: Sequence[Link], outvoted: frozenset[int]) -> None:
        self.links, self.outvoted = links, outvoted
        self.spans = np.array(spans, dtype=np.float64).reshape(-1, 2)
        self.group = list(range(len(spans)))
        self.offset = np.zeros(len(spans))
        self.nodes = [[n] for n in range(len(spans))]
        self.between: list[dict[int, list[int]]] = [{} for _ in spans]
        for number, link in enumerate(links):
            self.between[link.a].setdefault(link.b, []).append(number)
            self.between[link.b].setdefault(link.a, []).append(number)

    def shift(self, number: int, first: int) -> float:
        """Return by how much the other group must move to satisfy a link out of group ``first``."""
        link = self.links[number]
        if self.group[link.a] == first:
            return float(self.offset[link.a] + link.offset_s - self.offset[link.b])
        return float(self.offset[link.b] - link.offset_s - self.offset[link.a])

    def may_join(self, number: int) -> bool:
        """Return whether a link, with those that agree with it, is enough to join its two groups."""
        link = self.links[number]
        first, second = self.group[link.a], self.group[link.b]
        shift = self.shift(number, first)
        agree, against = [], 0.0
        for k in self.between[first][second]:
            if abs(self.shift(k, first) - shift) <= AGREE_S + self.links[k].slack_s:
                agree.append(k)
            elif k not in self.outvoted and self.links[k].nats >= _COUNTS_NATS:
                against += self.links[k].nats
        nats = sorted((self.links[k].nats for k in agree), reverse=True)
        if against > sum(nats) / 2:
            return False
        independent = any(self.links[k].sure or self.links[k].independent for k in agree)
        if len(agree) >= 2 and independent and together(nats) >= _TOGETHER_NATS:
            return True
        if not link.sure:
            return False
        return link.nats >= _VERY_SURE_NATS or self.crossings(first, second, shift) <= _FREE_CROSS

    def sides(self, number: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return the nodes of a link's two groups, and where the link would put each one's zero."""
        first, second = self.group[self.links[number].a], self.group[self.links[number].b]
        shift = self.shift(number, first)
        return (
            {node: float(self.offset[node]) for node in self.nodes[first]},
            {node: float(self.offset[node]) + shift for node in self.nodes[second]},
        )

    def crossings(self, first: int, second: int, shift: float) -> int:
        """Return how many pairs across two groups would overlap by eight seconds or more if they were joined."""
        ones = self.spans[self.nodes[first]] + self.offset[self.nodes[first], None]
        others = self.spans[self.nodes[second]] + self.offset[self.nodes[second], None] + shift
        ends = np.minimum(ones[:, None, 1], others[None, :, 1]) - np.maximum(ones[:, None, 0], others[None, :, 0])
        return int((ends >= _CROSS_S).sum())

    def join(self, number: int) -> tuple[int, int]:
        """Join a link's two groups; return which group is gone, and which one holds both."""
        link = self.links[number]
        kept, gone = sorted((self.group[link.a], self.group[link.b]), key=lambda g: (-len(self.nodes[g]), g))
        shift = self.shift(number, kept)
        for node in self.nodes[gone]:
            self.group[node] = kept
        self.offset[self.nodes[gone]] += shift
        self.nodes[kept] += self.nodes[gone]
        self.nodes[gone] = []
        del self.between[kept][gone]
        for other, numbers in self.between[gone].items():
            if other != kept:
                self.between[kept].setdefault(other, []).extend(numbers)
                self.between[other].setdefault(kept, []).extend(numbers)
                del self.between[other][gone]
        self.between[gone] = {}
        return gone, kept


def _settled(
    links: Sequence[Link], group: list[int], offset: list[float], closed: Sequence[int], ruled_out: Mapping[int, str]
) -> Groups:
    kept, dropped = set(), {}
    for number, link in enumerate(links):
        if group[link.a] != group[link.b]:
            little = "not enough to join two groups by itself" if link.sure else TOO_LITTLE
            dropped[number] = ruled_out.get(number, little)
        elif abs(offset[link.b] - offset[link.a] - link.offset_s) > AGREE_S + link.slack_s:
            dropped[number] = "contradicts the other recordings of the same event"
        else:
            kept.add(number)
    return Groups(tuple(group), tuple(offset), frozenset(kept), dropped, {n: closed[n] for n in kept})
