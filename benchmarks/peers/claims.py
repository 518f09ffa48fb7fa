"""What a method says of pairs of recordings, and how much of it is right. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks.syncing.measure import edge_residual
from benchmarks.syncing.truth import LEAST_OVERLAP_S, Pair, Truth

from everyangle.core.alignment import Alignment, Verdict

NEAR_S = 0.05
NEARER_S = 0.01


@dataclass(frozen=True, slots=True)
class Claim:
    """What a method says of two recordings.

    Attributes:
        a: one.
        b: the other.
        offset_s: ``t_a - t_b``, or None where it gave none.
        claimed: whether it says that the two belong together.
        drift_ppm: as in an alignment.
    """

    a: str
    b: str
    offset_s: float | None
    claimed: bool
    drift_ppm: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """The pairs that a method is judged on, and what of a set they are."""

    positives: tuple[Pair, ...]
    negatives: tuple[frozenset[str], ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every pair, as two ids."""
        return [(p.a.id, p.b.id) for p in self.positives] + [(min(n), max(n)) for n in self.negatives]


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what a method says is right, of the pairs judged.

    Attributes:
        positives: pairs that overlap enough.
        near: those claimed within 50 ms of the range that the sources audible to both span.
        nearer: the same within 10 ms.
        offered: those whose best offset is that near, claimed or not.
        wrong: those claimed at another offset.
        negatives: pairs of two incidents.
        false: those of them that are claimed.
    """

    positives: int
    near: int
    nearer: int
    offered: int
    wrong: int
    negatives: int
    false: int


def every_pair(truth: Truth) -> Judged:
    """Return every pair of a set that overlaps enough, and every pair of two incidents."""
    known = sorted(truth.recordings)
    negatives = tuple(
        frozenset((a, b))
        for n, a in enumerate(known)
        for b in known[n + 1 :]
        if truth.recordings[a].event != truth.recordings[b].event
    )
    return Judged(tuple(p for p in truth.pairs if p.overlap_s >= LEAST_OVERLAP_S), negatives)


def sampled(judged: Judged, truth: Truth, count: int, seed: int) -> Judged:
    """Return a sample: ``count`` positives, and as many negatives, half of them with something in common."""
    rng = np.random.default_rng(seed)

    def draw(most: int, total: int) -> list[int]:
        return sorted(int(n) for n in rng.choice(total, size=min(most, total), replace=False))

    positives = [judged.positives[n] for n in draw(count, len(judged.positives))]
    alike = [n for n in judged.negatives if n in truth.shared]
    others = [n for n in judged.negatives if n not in truth.shared]
    hard = [alike[n] for n in draw(count // 2, len(alike))]
    plain = [others[n] for n in draw(count - len(hard), len(others))]
    return Judged(tuple(positives), (*hard, *plain))


def score(claims: Iterable[Claim], judged: Judged) -> Score:
    """Return how much is right."""
    said = {frozenset((c.a, c.b)): c for c in claims}
    offsets = [(said.get(frozenset((p.a.id, p.b.id))), p) for p in judged.positives]
    beyond = [(c.claimed, _beyond(c, pair)) for c, pair in offsets if c is not None]
    return Score(
        positives=len(judged.positives),
        near=sum(claimed and off <= NEAR_S for claimed, off in beyond),
        nearer=sum(claimed and off <= NEARER_S for claimed, off in beyond),
        offered=sum(off <= NEAR_S for _, off in beyond),
        wrong=sum(claimed and off > NEAR_S for claimed, off in beyond),
        negatives=len(judged.negatives),
        false=sum(n in said and said[n].claimed for n in judged.negatives),
    )


def claims_of(alignments: Iterable[Alignment]) -> list[Claim]:
    """Return what this project's engine says of pairs, before they are put together: same-event is a claim."""
    return [
        Claim(x.a, x.b, x.offset_s, x.verdict is Verdict.SAME_EVENT and x.offset_s is not None, x.drift_ppm)
        for x in alignments
    ]


def best(found: Iterable[tuple[str, str, float, float]]) -> list[Claim]:
    """Return one claim a pair from hits (``a``, ``b``, ``t_a - t_b``, score): the one with the most behind it."""
    kept: dict[frozenset[str], tuple[float, Claim]] = {}
    for a, b, offset_s, points in found:
        pair = frozenset((a, b))
        if a != b and (pair not in kept or points > kept[pair][0]):
            kept[pair] = (points, Claim(a, b, offset_s, claimed=True))
    return [claim for _, claim in kept.values()]


def _beyond(claim: Claim, pair: Pair) -> float:
    if claim.offset_s is None:
        return float("inf")
    edge = Alignment(
        claim.a,
        claim.b,
        Verdict.SAME_EVENT,
        claim.offset_s,
        claim.drift_ppm,
        0.0,
        0.0,
        0.0,
        (claim.offset_s,),
    )
    return pair.beyond(edge_residual(pair, edge, claim.offset_s))


def cells(found: Score) -> list[str]:
    """Return a score as cells of a table: recall, offered, wrong, false, per 10,000."""
    total = max(1, found.positives)
    per = f"{1e4 * found.false / found.negatives:.1f}" if found.negatives else "–"
    return [
        f"{found.near / total:.2f} ({found.nearer / total:.2f})",
        f"{found.offered / total:.2f}",
        f"{found.wrong}",
        f"{found.false} of {found.negatives}",
        per,
    ]


HEAD: Sequence[str] = (
    "claimed and right within 50 ms (10 ms)",
    "best offset right, claimed or not",
    "claimed at a wrong offset",
    "false pairs",
    "per 10,000 negatives",
)

Files = Mapping[str, str]
"""Paths by id."""
