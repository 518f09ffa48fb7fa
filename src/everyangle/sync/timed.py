"""Where the times that files say decide: between candidates that sound leaves open, and for a recording by itself.

A time never decides alone. It chooses among the offsets at which two recordings agree by sound; and it joins a
recording only where sounds beside the replayable ones agree at that offset as well (landmarks that neither repeat nor
lie on sustained tones), or where more than one source agrees though too little to join alone, and nearly all the
time, so that the same siren in two streets, or a broadcast in two homes in which much else is heard, stays a link. It
never joins two groups that sound made: what each shares with its own and not with the other speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from heapq import heappop, heappush

from everyangle.core.alignment import Verdict
from everyangle.sync.agree import Pair
from everyangle.sync.check import KIND_NATS, concentrated, main_piece
from everyangle.sync.features import Features
from everyangle.sync.graph import AGREE_S
from everyangle.sync.times import Timed, Times

LEAST_SHARE = 0.8
"""Two recordings must agree in so much of what they share, chance apart, to be joined by times."""


def undecided(pairs: Sequence[Pair]) -> list[int]:
    """Return the numbers of pairs that sound leaves open: replayable content, several offsets, or little evidence."""
    return [
        n
        for n, p in enumerate(pairs)
        if p.finding.verdict is not None and not (p.finding.verdict is Verdict.SAME_EVENT and p.finding.sure)
    ]


def joinable(pair: Pair, a: Features, b: Features) -> bool:
    """Return whether nothing speaks against one event: two recordings agree nearly all the time that they share.

    Two homes that hear one broadcast each hear much that the other does not. Where only one source is shared, the times
    say nothing: a broadcast is heard in two homes at one time.
    """
    main = main_piece(pair.match)
    phase = main.phase
    alone = pair.finding.verdict is Verdict.SAME_EVENT and not pair.finding.independent
    if phase is None or main.speed or alone:
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
    links = _Links(times, pairs, may_join)
    used: dict[int, Timed] = {}
    while (n := links.next()) is not None:
        one = links.seen[n]
        first, second = links.groups(n)
        if one is None or (times.held[first] and times.held[second]):
            continue
        far = links.contradicted(n) + against(first, second, one.shift_s)
        if links.beside(n) >= KIND_NATS and far <= one.pair.finding.score / 2:
            used[n] = replace(one, prior=replace(one.prior, decided="placed"))
            links.join(n, one.shift_s)
    return used


class _Links:
    """The pairs that may join, by the groups between which they lie; one is looked at again when these have grown.

    Args:
        times: the groups; changed.
        pairs: all pairs.
        numbers: of those that may join.
    """

    def __init__(self, times: Times, pairs: Sequence[Pair], numbers: Sequence[int]) -> None:
        self._times, self._pairs = times, pairs
        self.seen: dict[int, Timed | None] = {}
        self._looks: dict[int, int] = {}
        self._waiting: list[tuple[float, float, int, int]] = []
        self._touching: dict[int, set[int]] = {}
        for n in numbers:
            if len({*self.groups(n)}) == 2:
                for group in self.groups(n):
                    self._touching.setdefault(group, set()).add(n)
                self._look(n)

    def groups(self, n: int) -> tuple[int, int]:
        """Return the groups of a pair's two recordings."""
        return self._times.group_of(self._pairs[n].a), self._times.group_of(self._pairs[n].b)

    def _look(self, n: int) -> None:
        self._looks[n] = self._looks.get(n, 0) + 1
        self.seen[n] = one = self._times.look(self._pairs[n])
        if one is not None and one.prior.agrees:
            key = (-one.prior.weighed.log_odds, -self._pairs[n].finding.score, n, self._looks[n])
            heappush(self._waiting, key)

    def next(self) -> int | None:
        """Return the pair for which the times speak most of those not looked at since its groups grew, or None."""
        while self._waiting:
            _, _, n, look = heappop(self._waiting)
            if look == self._looks[n]:
                return n
        return None

    def _beside(self, n: int) -> tuple[list[Timed], list[Timed]]:
        """Return the pairs of the same two groups that agree with one, itself among them, and those that do not."""
        first, second = self.groups(n)
        one = self.seen[n]
        agree: list[Timed] = []
        others: list[Timed] = []
        for k in sorted(self._touching[first] & self._touching[second]):
            other = self.seen[k]
            if one is not None and other is not None and other.prior.agrees:
                way = other.shift_s if self.groups(k)[0] == first else -other.shift_s
                (agree if abs(way - one.shift_s) <= AGREE_S else others).append(other)
        return agree, others

    def beside(self, n: int) -> float:
        """Return the evidence by sounds that cannot be replayed in all pairs that agree with one, nats."""
        return sum(_beside_nats(each.pair) for each in self._beside(n)[0])

    def contradicted(self, n: int) -> float:
        """Return the evidence of the pairs of the same two groups that do not agree with one, nats."""
        return sum(each.pair.finding.score for each in self._beside(n)[1])

    def join(self, n: int, shift_s: float) -> None:
        """Join a pair's groups, and look again at all pairs that lead out of them."""
        first, second = self.groups(n)
        self._times.join(first, second, shift_s)
        both = self._touching.pop(second) | self._touching[first]
        self._touching[first] = {k for k in both if len({*self.groups(k)}) == 2}
        for k in both:
            self._looks[k] += 1
        for k in sorted(self._touching[first]):
            self._look(k)


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


def _beside_nats(pair: Pair) -> float:
    """Return a pair's evidence by sounds that cannot be replayed, nats.

    Where sound says "one event" but too weakly to join, all that agrees is such: two kinds of evidence, not repeated.
    """
    if pair.finding.verdict is Verdict.SAME_EVENT:
        return pair.finding.score
    return main_piece(pair.match).landmarks.nats
