"""Where the times that files say decide: between candidates that sound leaves open, and for a recording by itself.

A time never decides alone. It chooses among the offsets at which two recordings agree by sound; and it joins a
recording only where sounds beside the replayable ones agree at that offset as well (landmarks that neither repeat nor
lie on sustained tones), and nearly all the time, so that the same siren in two streets, or a broadcast in two homes in
which much else is heard, stays a link. It never joins two groups that sound made: what each shares with its own and
not with the other speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from everyangle.core.alignment import Verdict
from everyangle.sync.agree import Pair
from everyangle.sync.check import KIND_NATS, concentrated, main_piece
from everyangle.sync.features import Features
from everyangle.sync.graph import AGREE_S
from everyangle.sync.times import Timed, Times

LEAST_SHARE = 0.9
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
