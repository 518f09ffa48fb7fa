"""Counts what was measured, of one set or of several together, and words it for tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks.syncing.measure import AROUND_S, Measured, Positive

from everyangle.core.alignment import Verdict

NEAR_S = 0.05
NEARER_S = 0.01


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one or several sets; shares are between 0 and 1, None where there was nothing to judge."""

    positives: int
    found: float | None
    joined: float | None
    near_span: float | None
    nearer_span: float | None
    near_clock: float | None
    nearer_clock: float | None
    with_linked: float | None
    ambiguous: int
    wrong: int
    far: int
    wrong_edges: int
    negatives: int
    false_edges: int
    false_merges: int
    mixed: int
    causes: tuple[tuple[str, int], ...]
    covered: int
    stated: int
    half_width_s: float | None
    source_ms: tuple[float, float] | None
    drift_ppm: tuple[float, float, int] | None
    lost: int
    lost_near: int
    lost_nearer: int
    lost_length: int
    invented: int
    ceiling: float | None
    ceiling_middle: float | None
    ceiling_span: float | None

    @property
    def per_10_000(self) -> float | None:
        """False same-event pairs in 10,000 negative ones."""
        return 1e4 * self.false_edges / self.negatives if self.negatives else None

    @property
    def coverage(self) -> float | None:
        """Share of the stated intervals that hold the truth."""
        return self.covered / self.stated if self.stated else None


def figures(sets: Iterable[Measured]) -> Figures:
    """Return the figures of some sets together."""
    every = list(sets)
    positives = [p for one in every for p in one.positives]
    same = [p for p in positives if p.verdict(Verdict.SAME_EVENT)]
    stated = [s for one in every for s in one.stated]
    lost = [x for one in every for x in one.lost]
    found = [(x.at_off_s, x.length_off_s) for x in lost if x.at_off_s is not None and x.length_off_s is not None]
    long = [abs(p.drift_ppm) for p in same if p.drift_ppm is not None and p.pair.overlap_s >= AROUND_S]
    sources = [1e3 * p.nearest_s for p in same if p.nearest_s is not None]
    share = _share(positives)
    return Figures(
        positives=len(positives),
        found=share(lambda p: p.verdict(Verdict.SAME_EVENT)),
        joined=share(lambda p: p.clock_s is not None),
        near_span=share(lambda p: in_span(p, NEAR_S)),
        nearer_span=share(lambda p: in_span(p, NEARER_S)),
        near_clock=share(lambda p: p.clock_s is not None and abs(p.clock_s) <= NEAR_S),
        nearer_clock=share(lambda p: p.clock_s is not None and abs(p.clock_s) <= NEARER_S),
        with_linked=share(lambda p: in_span(p, NEAR_S) or linked(p, NEAR_S)),
        ambiguous=sum(p.verdict(Verdict.AMBIGUOUS) for p in positives),
        wrong=sum(p.clock_s is not None and not in_span(p, NEAR_S) for p in positives),
        far=sum(p.clock_s is not None and not in_span(p, 1.0) for p in positives),
        wrong_edges=sum(p.edge_s is not None and p.pair.beyond(p.edge_s) > NEAR_S for p in same),
        negatives=sum(sum(one.negatives.values()) for one in every),
        false_edges=sum(len(one.false_edges) for one in every),
        false_merges=sum(len(one.false_merges) for one in every),
        mixed=sum(len(one.mixed) for one in every),
        causes=tuple(Counter(f.cause for one in every for f in one.false_merges).most_common()),
        covered=sum(abs(s.off_s) <= s.error_s for s in stated),
        stated=len(stated),
        half_width_s=float(np.median([s.error_s for s in stated])) if stated else None,
        source_ms=(float(np.median(sources)), float(np.percentile(sources, 95))) if sources else None,
        drift_ppm=(float(np.median(long)), float(np.percentile(long, 95)), len(long)) if long else None,
        lost=len(lost),
        lost_near=sum(at <= NEAR_S and length <= NEAR_S for at, length in found),
        lost_nearer=sum(at <= NEARER_S and length <= NEARER_S for at, length in found),
        lost_length=sum(at <= 1.0 and length <= NEAR_S for at, length in found),
        invented=sum(one.invented for one in every),
        ceiling=share(lambda p: any(s.least_s <= NEAR_S and s.most_s >= -NEAR_S for s in p.pair.sources)),
        ceiling_middle=share(lambda p: bool(p.pair.sources) and abs(sum(p.pair.span)) / 2 <= NEAR_S),
        ceiling_span=share(lambda p: bool(p.pair.sources)),
    )


def in_span(positive: Positive, within_s: float) -> bool:
    """Whether a pair is in one component and within so much of the range that its common sources span."""
    return positive.clock_s is not None and positive.pair.beyond(positive.clock_s) <= within_s


def linked(positive: Positive, within_s: float) -> bool:
    """Whether a pair is linked by replayed content, at an offset that is right."""
    link = positive.verdict(Verdict.REPLAYED_CONTENT) and positive.edge_s is not None
    return link and positive.pair.beyond(positive.edge_s or 0.0) <= within_s


def _share(positives: Sequence[Positive]) -> Callable[[Callable[[Positive], bool]], float | None]:
    def share(test: Callable[[Positive], bool]) -> float | None:
        return sum(map(test, positives)) / len(positives) if positives else None

    return share


def worded(found: Figures) -> list[tuple[str, str]]:
    """Return every figure as a row for people: what, how much."""
    return [
        ("overlapping pairs (8 s or more)", f"{found.positives}"),
        ("found same-event", two(found.found)),
        ("in one component", two(found.joined)),
        ("in one component, within 50 ms (10 ms) of the sources' range", both(found.near_span, found.nearer_span)),
        ("the same, right replayed-content links counted", two(found.with_linked)),
        ("the same on the clock, 50 ms (10 ms)", both(found.near_clock, found.nearer_clock)),
        (
            "ceiling on the clock: best source; middle of sources; any common source",
            f"{two(found.ceiling)}; {two(found.ceiling_middle)}; {two(found.ceiling_span)}",
        ),
        ("said to be ambiguous", f"{found.ambiguous}"),
        ("in one component at a wrong offset: by > 50 ms, > 1 s", f"{found.wrong}, {found.far}"),
        ("same-event pairs at a wrong offset (> 50 ms)", f"{found.wrong_edges}"),
        (
            "false same-event pairs (per 10,000 negatives)",
            f"{found.false_edges} of {found.negatives} ({two(found.per_10_000)})",
        ),
        ("false merges: pairs, components that mix", f"{found.false_merges}, {found.mixed}"),
        ("their causes", ", ".join(f"{what} {n}" for what, n in found.causes) or "–"),
        ("95 % intervals that cover", f"{two(found.coverage, 3)} (n = {found.stated})"),
        (
            "median half-width of an interval",
            "–" if found.half_width_s is None else f"{1e3 * found.half_width_s:.0f} ms",
        ),
        (
            "source-offset error, median / p95",
            "–" if found.source_ms is None else f"{found.source_ms[0]:.2f} / {found.source_ms[1]:.1f} ms",
        ),
        (
            "drift error at 60 s overlap or more, median / p95",
            "–"
            if found.drift_ppm is None
            else f"{found.drift_ppm[0]:.1f} / {found.drift_ppm[1]:.1f} ppm (n = {found.drift_ppm[2]})",
        ),
        (
            "lost stretches found within 50 ms (10 ms; length only)",
            f"{found.lost_near} ({found.lost_nearer}; {found.lost_length}) of {found.lost}",
        ),
        ("lost stretches found where there are none", f"{found.invented}"),
    ]


def two(value: float | None, digits: int = 2) -> str:
    """Return a share as people read it."""
    return "–" if value is None else f"{value:.{digits}f}"


def both(value: float | None, other: float | None) -> str:
    """Return a share and, in brackets, a stricter one."""
    return f"{two(value)} ({two(other)})"
