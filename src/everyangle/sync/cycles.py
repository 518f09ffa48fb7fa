"""How well each pair fits the solved clocks, and with which third recordings it closes a circle. Solves nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.time import ClockMap
from everyangle.sync.agree import Pair, own_time
from everyangle.sync.check import main_piece

MOST_CYCLES = 8
"""Most circles told of one pair: those whose other two pairs have the most evidence."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Three recordings, each pair of them used: going around from the first to the second to the third and back.

    Attributes:
        third: id of the third recording.
        closes_s: seconds by which the way around misses its start: 0 if the three offsets agreed exactly.
    """

    third: str
    closes_s: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a used pair fits the others.

    Attributes:
        residual_s: how much later the second recording would stand by this pair alone than by all together, seconds.
        cycles: at most :data:`MOST_CYCLES` circles that it closes, those with the most evidence first.
    """

    residual_s: float
    cycles: tuple[Cycle, ...]


def fits(pairs: Sequence[Pair], used: Collection[int], clocks: Mapping[str, ClockMap]) -> dict[int, Fit]:
    """Return for each used pair how it fits.

    The way around three recordings is the sum of their pairs' residuals, since the solved clocks themselves close:
    so drift and lost stretches are counted as solved, and each pair speaks of the time at which it was measured.

    Args:
        pairs: all pairs.
        used: numbers of those on which the clocks rest.
        clocks: each recording's clock by id.
    """
    residual = {n: _residual(pairs[n], clocks) for n in used}
    near: dict[str, dict[str, int]] = {}
    for n in sorted(used):
        near.setdefault(pairs[n].a, {})[pairs[n].b] = n
        near.setdefault(pairs[n].b, {})[pairs[n].a] = n
    found = {}
    for n in used:
        a, b = pairs[n].a, pairs[n].b
        thirds = near[a].keys() & near[b].keys()
        weight = {c: min(pairs[near[a][c]].finding.score, pairs[near[b][c]].finding.score) for c in thirds}
        best = sorted(thirds, key=lambda c: (-weight[c], c))[:MOST_CYCLES]
        cycles = (
            Cycle(c, residual[n] + _directed(b, c, near, pairs, residual) + _directed(c, a, near, pairs, residual))
            for c in best
        )
        found[n] = Fit(residual[n], tuple(cycles))
    return found


def _residual(pair: Pair, clocks: Mapping[str, ClockMap]) -> float:
    """Return the difference of event times at the middle agreeing second of a pair's longest piece."""
    piece = main_piece(pair.match)
    t_b = piece.seconds[len(piece.seconds) // 2] + 0.5 if piece.seconds else (piece.first_s + piece.last_s) / 2
    t_a = own_time(pair, piece, pair.a, t_b)
    return clocks[pair.a].event_from_media(t_a) - clocks[pair.b].event_from_media(t_b)


def _directed(
    a: str, b: str, near: Mapping[str, Mapping[str, int]], pairs: Sequence[Pair], residual: Mapping[int, float]
) -> float:
    number = near[a][b]
    return residual[number] if pairs[number].a == a else -residual[number]
