"""Where the times that files say decide: between candidates that sound leaves open, and for a recording by itself.

A time never decides alone. It chooses among the offsets at which two recordings agree by sound; and it joins a
recording only where sounds beside the replayable ones agree at that offset as well (landmarks that neither repeat nor
lie on sustained tones), and nearly all the time, so that the same siren in two streets, or a broadcast in two homes in
which much else is heard, stays a link. It never joins two groups that sound made: what each shares with its own and
not with the other speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from everyangle.core.alignment import Verdict
from everyangle.sync.agree import Pair
from everyangle.sync.check import KIND_NATS, concentrated, main_piece
from everyangle.sync.evidence import Line
from everyangle.sync.features import Features
from everyangle.sync.graph import AGREE_S, Groups
from everyangle.sync.match import Match, Piece
from everyangle.sync.priors import Claim, Wall, Weighed, shares, wall_of, weigh

JOIN_NATS = 4.6
"""Times must make an offset a hundred times likelier than chance does before they join anything."""

LEAST_SHARE = 0.9
"""Two recordings must agree in so much of what they share, chance apart, to be joined by times."""

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
    """A recording after sound has spoken: its node, where it starts on that node's clock, and what its file says."""

    node: int
    start_s: float
    duration_s: float
    claim: Claim | None


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
        self.held = {group: sum(len(self._on.get(n, ())) for n in nodes) > 1 for group, nodes in self._nodes.items()}
        self._walls: dict[int, Wall | None] = {}

    def group_of(self, name: str) -> int:
        """Return the group that a recording is in."""
        return self.group[self._standing[name].node]

    def nodes(self, group: int, shift_s: float = 0.0) -> dict[int, float]:
        """Return a group's nodes, and where each one's zero stands, moved by ``shift_s``."""
        return {node: self.offset_s[node] + shift_s for node in self._nodes[group]}

    def wall(self, group: int) -> Wall | None:
        """Return what the files of a group say of its clock's zero."""
        if group not in self._walls:
            said = [
                (one.claim, self.offset_s[node] + one.start_s)
                for node in self._nodes[group]
                for one in self._on.get(node, ())
                if one.claim is not None
            ]
            self._walls[group] = wall_of(said)
        return self._walls[group]

    def shift(self, pair: Pair, lag_s: float) -> float:
        """Return by how much the group of ``b`` must move on the clock of that of ``a`` to satisfy a lag."""
        a, b = self._standing[pair.a], self._standing[pair.b]
        return self.offset_s[a.node] + a.start_s + lag_s - self.offset_s[b.node] - b.start_s

    def look(self, pair: Pair) -> Timed | None:
        """Return a pair of two groups at the offset that the times favour, or None where they say nothing."""
        first, second = self.group_of(pair.a), self.group_of(pair.b)
        wall_a, wall_b = self.wall(first), self.wall(second)
        if first == second or wall_a is None or wall_b is None:
            return None
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
        self._walls.pop(first, None)
        self._walls.pop(second, None)


def undecided(pairs: Sequence[Pair]) -> list[int]:
    """Return the numbers of pairs that sound leaves open: replayable content, several offsets, or little evidence."""
    return [
        n
        for n, p in enumerate(pairs)
        if p.finding.verdict is not None and not (p.finding.verdict is Verdict.SAME_EVENT and p.finding.sure)
    ]


def joinable(pair: Pair, a: Features, b: Features) -> bool:
    """Return whether nothing speaks against one event: two recordings agree nearly all the time that they share.

    Two homes that hear one broadcast each hear much that the other does not.
    """
    main = main_piece(pair.match)
    phase = main.phase
    if phase is None or main.speed:
        return False
    share = (phase.agreeing / phase.windows - phase.chance) / (1 - phase.chance)
    return share >= LEAST_SHARE and concentrated(main, a, b) is None


def joined_by_time(
    times: Times,
    pairs: Sequence[Pair],
    may_join: Sequence[int],
    against: Callable[[int, int, float], float],
) -> dict[int, Timed]:
    """Join single recordings where times decide; return the pairs that did it, by number.

    Args:
        times: the groups; changed.
        pairs: all pairs.
        may_join: numbers of the undecided pairs that are :func:`joinable`. Those of two groups that agree must hold
            enough evidence together by landmarks that neither repeat nor lie on sustained tones.
        against: given two groups and a shift of the second, the evidence of same-event pairs that contradict it, nats.
    """
    used: dict[int, Timed] = {}
    seen = {n: times.look(pairs[n]) for n in may_join}
    while True:
        ready = [n for n in may_join if _decides(seen[n]) and not _both_held(times, pairs[n])]
        ready.sort(key=lambda n: (-_log_odds(seen[n]), -pairs[n].finding.score, n))
        for n in ready:
            one = seen[n]
            if one is None:
                continue
            first, second = times.group_of(pairs[n].a), times.group_of(pairs[n].b)
            shift = one.shift_s
            same = [seen[k] for k in ready if {first, second} == _groups(times, pairs[k])]
            agree = [r for r in same if r and abs(_way(times, r, first) - shift) <= AGREE_S]
            far = sum(r.pair.finding.score for r in same if r and r not in agree)
            beside = sum(main_piece(r.pair.match).landmarks.nats for r in agree)
            if beside < KIND_NATS or far + against(first, second, shift) > one.pair.finding.score / 2:
                continue
            used[n] = replace(one, prior=replace(one.prior, decided="placed"))
            times.join(first, second, shift)
            break
        else:
            return used
        for k in may_join:
            if first in _groups(times, pairs[k]):
                seen[k] = times.look(pairs[k])


def told(times: Times, pairs: Sequence[Pair], numbers: Sequence[int]) -> dict[int, Timed]:
    """Return undecided pairs of different groups as the times see them, the offset chosen where they tell it."""
    found: dict[int, Timed] = {}
    for n in numbers:
        one = times.look(pairs[n])
        if one is None:
            continue
        if one.prior.agrees:
            chosen = "candidate" if pairs[n].finding.verdict is Verdict.AMBIGUOUS else ""
            found[n] = replace(one, prior=replace(one.prior, decided=chosen))
        else:
            found[n] = replace(one, pair=pairs[n])
    return found


def _decides(one: Timed | None) -> bool:
    return one is not None and one.prior.agrees


def _log_odds(one: Timed | None) -> float:
    return 0.0 if one is None else one.prior.weighed.log_odds


def _groups(times: Times, pair: Pair) -> set[int]:
    return {times.group_of(pair.a), times.group_of(pair.b)}


def _both_held(times: Times, pair: Pair) -> bool:
    return all(times.held[group] for group in _groups(times, pair))


def _way(times: Times, one: Timed, first: int) -> float:
    return one.shift_s if times.group_of(one.pair.a) == first else -one.shift_s


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
