"""Groups and what their files say of their times: which candidate of a pair the times favour. Joins nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from everyangle.core.alignment import Verdict
from everyangle.sync.agree import Pair
from everyangle.sync.check import main_piece
from everyangle.sync.evidence import Line
from everyangle.sync.graph import AGREE_S, Groups
from everyangle.sync.match import Match, Piece
from everyangle.sync.priors import Claim, Wall, Weighed, shares, wall_of, weigh

JOIN_NATS = 4.6
"""Times must make an offset a hundred times likelier than chance does before they join anything."""

DECIDED = 0.95
"""A candidate is chosen where the times give it so much of the probability of all of them."""

Barred = Callable[[Mapping[int, float], Mapping[int, float]], str]

_MOST_BESIDE = 3.0
_PERIODS = 3


@dataclass(frozen=True, slots=True)
class Prior:
    """What files' times say of a pair that sound alone does not decide.

    Attributes:
        source: what says it: ``container``, ``name`` or ``several``.
        lag_s: the candidate that the times favour: the start of ``b`` in the media time of ``a``, seconds.
        weighed: what the times say of it.
        share: how much of the probability of all candidates the chosen one has.
        decided: ``placed`` where the pair was joined by it, ``candidate`` where only the offset was chosen by it, else
            nothing.
    """

    source: str
    lag_s: float
    weighed: Weighed
    share: float
    decided: str = ""

    @property
    def agrees(self) -> bool:
        """Whether times that are right speak for this candidate, and for no other that sound leaves open."""
        right = self.weighed.near and self.weighed.shift_s == 0
        return right and self.weighed.log_odds >= JOIN_NATS and self.share >= DECIDED


@dataclass(frozen=True, slots=True)
class Timed:
    """A pair as the times see it: the pair at the chosen offset, that offset between its groups' clocks, the prior."""

    pair: Pair
    shift_s: float
    prior: Prior


@dataclass(frozen=True, slots=True)
class Standing:
    """A recording after sound has spoken: its node, its start on that node's clock, and what is known of its time."""

    node: int
    start_s: float
    duration_s: float
    claim: Claim | None
    device: str | None = None


class Times:
    """The groups as they stand, and what their files say.

    Args:
        groups: what sound made.
        standing: each recording by id.
        barred: given two groups' nodes on one clock, why they may not come together, or nothing.
    """

    def __init__(self, groups: Groups, standing: Mapping[str, Standing], barred: Barred | None = None) -> None:
        self._barred = barred
        self.group = list(groups.group)
        self.offset_s = list(groups.offset_s)
        self._standing = standing
        self._nodes: dict[int, list[int]] = {}
        for node, group in enumerate(self.group):
            self._nodes.setdefault(group, []).append(node)
        self._on: dict[int, list[Standing]] = {}
        for one in standing.values():
            self._on.setdefault(one.node, []).append(one)
        self._devices = {group: self._devices_on(nodes) for group, nodes in self._nodes.items()}
        self.held = {group: sum(len(self._on.get(n, ())) for n in nodes) > 1 for group, nodes in self._nodes.items()}
        self._walls: dict[tuple[int, str | None], Wall | None] = {}

    def _devices_on(self, nodes: Sequence[int]) -> frozenset[str]:
        return frozenset(one.device for node in nodes for one in self._on.get(node, ()) if one.device is not None)

    def group_of(self, name: str) -> int:
        """Return the group that a recording is in."""
        return self.group[self._standing[name].node]

    def nodes(self, group: int, shift_s: float = 0.0) -> dict[int, float]:
        """Return a group's nodes, and where each one's zero stands, moved by ``shift_s``."""
        return {node: self.offset_s[node] + shift_s for node in self._nodes[group]}

    def wall(self, group: int, device: str | None = None) -> Wall | None:
        """Return what the files of a group say of its clock's zero; only those of a device, if one is given."""
        if (group, device) not in self._walls:
            said = [
                (one.claim, self.offset_s[node] + one.start_s)
                for node in self._nodes[group]
                for one in self._on.get(node, ())
                if one.claim is not None and device in (None, one.device)
            ]
            self._walls[group, device] = wall_of(said)
        return self._walls[group, device]

    def walls(self, first: int, second: int) -> tuple[Wall, Wall] | None:
        """Return what the files of two groups say: of a device in both, if there is one, whose error cancels."""
        devices = self._devices.get(first, frozenset()) & self._devices.get(second, frozenset())
        for device in (*sorted(devices), None):
            one, other = self.wall(first, device), self.wall(second, device)
            if one is not None and other is not None:
                return one, other
        return None

    def shift(self, pair: Pair, lag_s: float) -> float:
        """Return by how much the group of ``b`` must move on the clock of that of ``a`` to satisfy a lag."""
        a, b = self._standing[pair.a], self._standing[pair.b]
        return self.offset_s[a.node] + a.start_s + lag_s - self.offset_s[b.node] - b.start_s

    def look(self, pair: Pair) -> Timed | None:
        """Return a pair of two groups at the offset that the times favour, or None where they say nothing."""
        first, second = self.group_of(pair.a), self.group_of(pair.b)
        walls = None if first == second else self.walls(first, second)
        if walls is None:
            return None
        wall_a, wall_b = walls
        length_a, length_b = (self._standing[name].duration_s for name in (pair.a, pair.b))
        near = [said_b - said_a - self.shift(pair, 0.0) for _, said_a, _ in wall_a.ways for _, said_b, _ in wall_b.ways]
        lags = _candidates(pair, length_a, length_b, near)
        if self._barred is not None:
            lags = [lag for lag in lags if not self._barred(*self._sides(first, second, pair, lag))]
        if not lags:
            return None
        weighed = [weigh(wall_a, wall_b, self.shift(pair, lag)) for lag in lags]
        odds = shares([one.log_odds + _beside(pair, lag) for one, lag in zip(weighed, lags, strict=True)])
        best = max(range(len(lags)), key=lambda k: (odds[k], -k))
        source = wall_a.source if wall_a.source is wall_b.source else "several"
        prior = Prior(str(source), lags[best], weighed[best], odds[best])
        return Timed(_at(pair, lags[best], length_a, length_b), self.shift(pair, lags[best]), prior)

    def _sides(self, first: int, second: int, pair: Pair, lag_s: float) -> tuple[dict[int, float], dict[int, float]]:
        return self.nodes(first), self.nodes(second, self.shift(pair, lag_s))

    def join(self, first: int, second: int, shift_s: float) -> None:
        """Join the second group to the first, moved by ``shift_s``."""
        for node in self._nodes.pop(second):
            self.group[node] = first
            self.offset_s[node] += shift_s
            self._nodes[first].append(node)
        self.held[first] = self.held[first] or self.held[second]
        self._devices[first] = self._devices[first] | self._devices[second]
        self._walls = {key: wall for key, wall in self._walls.items() if key[0] not in (first, second)}


def _beside(pair: Pair, lag_s: float) -> float:
    """Return what sounds that cannot be replayed say for a candidate, in nats, so capped that times still count."""
    main = main_piece(pair.match)
    measured = [(main.line.lag_s, main.landmarks.nats), *((r.lag_s, r.landmarks) for r in pair.match.rivals)]
    return max((min(nats, _MOST_BESIDE) for lag, nats in measured if abs(lag - lag_s) <= AGREE_S), default=0.0)


def _candidates(pair: Pair, length_a: float, length_b: float, near: Sequence[float]) -> list[float]:
    """Return the lags at which sound lets two recordings stand; of a periodic pair also those near what times say."""
    finding = pair.finding
    lags = list(finding.lags_s) or [main_piece(pair.match).line.lag_s]
    if finding.verdict is Verdict.AMBIGUOUS and finding.period_s:
        low, high = ceil((-length_b - lags[0]) / finding.period_s), floor((length_a - lags[0]) / finding.period_s)
        said = {round((lag - lags[0]) / finding.period_s) for lag in near if -length_b < lag < length_a}
        steps = sorted({s + k for s in said for k in range(-_PERIODS, _PERIODS + 1)}, key=lambda s: (abs(s), s))
        more = [lags[0] + step * finding.period_s for step in steps if low <= step <= high]
        lags += [lag for lag in more if all(abs(lag - other) > AGREE_S for other in lags)]
    return lags


def _at(pair: Pair, lag_s: float, length_a: float, length_b: float) -> Pair:
    """Return a pair with another of its candidates in the first place; its line there is only as fine as landmarks."""
    lags = pair.finding.lags_s
    if not lags or lag_s == lags[0]:
        return pair
    main = main_piece(pair.match)
    first, last = max(0.0, -lag_s), min(length_b, length_a - lag_s)
    moved: Piece = replace(
        main,
        first_s=first,
        last_s=max(first, last),
        line=Line(lag_s, (first + max(first, last)) / 2, 0.0),
        phase=None,
        phase_nats=0.0,
        seconds=tuple(s for s in main.seconds if first <= s < last),
    )
    others = tuple(lag for lag in lags if abs(lag - lag_s) > AGREE_S)
    return replace(
        pair,
        match=Match((moved,), pair.match.rivals, max(0.0, last - first)),
        finding=replace(pair.finding, lags_s=(lag_s, *others)),
        lost=(),
    )
