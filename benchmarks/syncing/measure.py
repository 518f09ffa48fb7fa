"""Compares a solution with the truth: one row for each pair and each placement. Counts nothing; see ``figures``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from benchmarks.syncing.truth import LEAST_OVERLAP_S, Known, Pair, Truth

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.time import Jump

LOST_S = 0.3
"""Shortest lost stretch that should be found."""
AROUND_S = 60.0
"""Overlap around a lost stretch with which it should be found, and for which drift is judged."""
MARGIN_S = 5.0
"""A lost stretch counts as inside an overlap from this many seconds on either side of it."""


@dataclass(frozen=True, slots=True)
class Positive:
    """A pair of one incident with enough overlap, and what became of it.

    Attributes:
        pair: the truth.
        clock_s: residual of the placements at the middle of the overlap; None where they are not in one component.
        edge: what was measured between the two, or None.
        edge_s: residual of that offset, or None.
        nearest_s: distance of the measured offsets to the nearest common source, or None.
        drift_ppm: error of the measured drift, or None.
    """

    pair: Pair
    clock_s: float | None
    edge: Alignment | None
    edge_s: float | None
    nearest_s: float | None
    drift_ppm: float | None

    def verdict(self, verdict: Verdict) -> bool:
        """Whether that was found between the two."""
        return self.edge is not None and self.edge.verdict is verdict


@dataclass(frozen=True, slots=True)
class Falsehood:
    """Recordings of two incidents that were joined or said to be of one: what was found, and why."""

    a: Known
    b: Known
    cause: str
    edge: Alignment | None
    in_one_component: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated interval: the placement's distance to the truth against its anchor, and the half-width stated."""

    known: Known
    off_s: float
    error_s: float


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost stretch that should be found, and the distance in position and length of the nearest one found."""

    known: Known
    jump: Jump
    at_off_s: float | None
    length_off_s: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that is told of one solution.

    Attributes:
        positives: pairs of one incident that overlap enough.
        negatives: how many pairs of two incidents there are, by what both heard.
        false_edges: those of them that are said to be of one event.
        false_merges: those that are in one component.
        told: how many of them got each verdict, by what both heard.
        mixed: the incidents of each component that holds several.
        stated: every stated interval.
        lost: lost stretches that should be found.
        invented: lost stretches found where there are none.
        alone: recordings that are alone in their component.
    """

    positives: tuple[Positive, ...]
    negatives: Mapping[str, int]
    false_edges: tuple[Falsehood, ...]
    false_merges: tuple[Falsehood, ...]
    told: Mapping[tuple[str, Verdict], int]
    mixed: tuple[frozenset[str], ...]
    stated: tuple[Stated, ...]
    lost: tuple[Lost, ...]
    invented: int
    alone: tuple[Placement, ...]


def measure(solution: Solution, truth: Truth) -> Measured:
    """Return how a solution of exactly these recordings stands against the truth."""
    placed = {p.id: p for p in solution.placements}
    sizes = Counter(p.component for p in solution.placements)
    edges = {frozenset((a.a, a.b)): a for a in solution.alignments}
    positives = [
        _positive(pair, placed, edges.get(frozenset((pair.a.id, pair.b.id))))
        for pair in truth.pairs
        if pair.overlap_s >= LEAST_OVERLAP_S
    ]
    false_edges, false_merges = [], []
    negatives: Counter[str] = Counter()
    told: Counter[tuple[str, Verdict]] = Counter()
    for a, b in combinations(truth.recordings.values(), 2):
        if a.event == b.event:
            continue
        cause = truth.cause(a.id, b.id)
        negatives[cause] += 1
        edge = edges.get(frozenset((a.id, b.id)))
        joined = placed[a.id].component == placed[b.id].component
        same = edge is not None and edge.verdict is Verdict.SAME_EVENT
        if edge is not None:
            told[cause, edge.verdict] += 1
        if joined or same:
            row = Falsehood(a, b, cause, edge, joined)
            false_edges += [row] * same
            false_merges += [row] * joined
    return Measured(
        tuple(positives),
        negatives,
        tuple(false_edges),
        tuple(false_merges),
        told,
        tuple(_mixed(placed, truth)),
        tuple(_stated(placed, truth)),
        tuple(lost for known in truth.recordings.values() for lost in _lost(known, placed[known.id], truth)),
        sum(_invented(truth.recordings[p.id], p) for p in solution.placements),
        tuple(p for p in solution.placements if sizes[p.component] == 1),
    )


def _positive(pair: Pair, placed: Mapping[str, Placement], edge: Alignment | None) -> Positive:
    clock_s = None
    if placed[pair.a.id].component == placed[pair.b.id].component:
        clock_s = pair.a.event_given(placed[pair.a.id].clock, pair.middle_s) - pair.b.event_given(
            placed[pair.b.id].clock, pair.middle_s
        )
    if edge is None or edge.offset_s is None:
        return Positive(pair, clock_s, edge, None, None, None)
    edge_s = edge_residual(pair, edge, edge.offset_s)
    every = [edge_residual(pair, edge, offset) for offset in (edge.offset_s, *edge.offsets_s)]
    away = [d for d in map(pair.from_source, every) if d is not None]
    mine, theirs = (pair.a, pair.b) if edge.a == pair.a.id else (pair.b, pair.a)
    drift = ((1 + edge.drift_ppm * 1e-6) / (theirs.clock.rate / mine.clock.rate) - 1) * 1e6
    return Positive(pair, clock_s, edge, edge_s, min(away, default=None), drift)


def edge_residual(pair: Pair, edge: Alignment, offset_s: float) -> float:
    """Return the residual of a measured offset at the middle of the overlap, in the sense of ``truth``."""
    mine, theirs = (pair.a, pair.b) if edge.a == pair.a.id else (pair.b, pair.a)
    t_mine = offset_s + (1 + edge.drift_ppm * 1e-6) * theirs.media(pair.middle_s)
    # What mine recorded at t_mine is said to be what theirs recorded at the middle.
    off = pair.middle_s - mine.clock.event_from_media(t_mine)
    return off if mine is pair.a else -off


def _mixed(placed: Mapping[str, Placement], truth: Truth) -> Iterator[frozenset[str]]:
    """Yield the incidents of each component that holds more than one."""
    events: dict[int, set[str]] = {}
    for name, placement in placed.items():
        events.setdefault(placement.component, set()).add(truth.recordings[name].event)
    yield from (frozenset(found) for found in events.values() if len(found) > 1)


def _stated(placed: Mapping[str, Placement], truth: Truth) -> Iterator[Stated]:
    anchors = {p.component: p for p in placed.values() if p.anchor}
    for name, placement in placed.items():
        anchor = anchors[placement.component]
        mine, base = truth.recordings[name], truth.recordings[anchor.id]
        if placement.anchor or mine.event != base.event:
            continue
        middle = mine.clock.event_from_media(mine.duration_s / 2)
        off = mine.event_given(placement.clock, middle) - base.event_given(anchor.clock, middle)
        yield Stated(mine, off, placement.clock.error_s)


def _lost(known: Known, placement: Placement, truth: Truth) -> Iterator[Lost]:
    for jump in known.clock.jumps:
        if jump.lost_s >= LOST_S and _overlapped(known, jump, truth):
            near = _nearest(placement.clock.jumps, jump.at_s)
            yield Lost(
                known,
                jump,
                None if near is None else abs(near.at_s - jump.at_s),
                None if near is None else abs(near.lost_s - jump.lost_s),
            )


def _nearest(jumps: Iterable[Jump], at_s: float) -> Jump | None:
    return min(jumps, key=lambda jump: abs(jump.at_s - at_s), default=None)


def _overlapped(known: Known, jump: Jump, truth: Truth) -> bool:
    after = known.clock.event_from_media(jump.at_s)
    return any(
        pair.overlap_s >= AROUND_S and pair.start_s + MARGIN_S <= after - jump.lost_s and after <= pair.end_s - MARGIN_S
        for pair in truth.pairs
        if known in (pair.a, pair.b)
    )


def _invented(known: Known, placement: Placement) -> int:
    """Return how many lost stretches were found where there is none within a second."""
    return sum(all(abs(j.at_s - k.at_s) > 1.0 for k in known.clock.jumps) for j in placement.clock.jumps)
