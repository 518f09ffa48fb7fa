"""Tables that say of what kind the errors are: by what both recordings heard. Counts and words; measures nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.syncing.figures import NEAR_S, in_span, linked
from benchmarks.syncing.measure import Measured, Positive
from benchmarks.syncing.table import table

from everyangle.core.alignment import Verdict

FEW = 10
"""Fewer pairs than this say nothing of a kind of source."""


def causes(sets: Mapping[str, Measured]) -> str:
    """Return a table of the pairs of two incidents, by set and by what both heard."""
    rows = []
    for name, one in sets.items():
        same = Counter(f.cause for f in one.false_edges)
        merged = Counter(f.cause for f in one.false_merges)
        for cause, total in sorted(one.negatives.items(), key=lambda item: -item[1]):
            told = [one.told.get((cause, v), 0) for v in (Verdict.REPLAYED_CONTENT, Verdict.AMBIGUOUS)]
            rows.append([name, cause, *map(str, (total, same[cause], merged[cause], *told))])
    head = ["set", "two incidents have in common", "pairs", "said same-event", "in one component"]
    return table([*head, "said replayed-content", "said ambiguous"], rows)


def kinds(sets: Mapping[str, Measured]) -> str:
    """Return a table of the overlapping pairs, by set and by the kinds of sources that both heard.

    A pair counts under each kind that it has, and under "only" where it has no other; what fewer than ten pairs heard
    is left out of larger sets.
    """
    rows = []
    for name, one in sets.items():
        groups: dict[str, list[Positive]] = {}
        for positive in one.positives:
            heard = sorted({s.kind for s in positive.pair.sources})
            labels = [*heard, *([f"{heard[0]} only"] if len(heard) == 1 else []), *([] if heard else ["nothing"])]
            for label in labels:
                groups.setdefault(label, []).append(positive)
        least = min(FEW, len(one.positives))
        many = sorted((g for g in groups.items() if len(g[1]) >= least), key=lambda g: -len(g[1]))
        rows += [[name, label, *_kind(group)] for label, group in many]
    head = ["set", "both heard", "pairs", "in one component", "within 50 ms of the range", "with right links"]
    return table([*head, "wrong in a component", "same-event at a wrong offset", "of these off by a period"], rows)


def _kind(group: Sequence[Positive]) -> list[str]:
    total = len(group)
    joined = [p for p in group if p.clock_s is not None]
    wrong = [p for p in group if p.verdict(Verdict.SAME_EVENT) and p.edge_s is not None]
    wrong = [p for p in wrong if p.pair.beyond(p.edge_s or 0.0) > NEAR_S]
    return [
        str(total),
        f"{len(joined) / total:.2f}",
        f"{sum(in_span(p, NEAR_S) for p in group) / total:.2f}",
        f"{sum(in_span(p, NEAR_S) or linked(p, NEAR_S) for p in group) / total:.2f}",
        str(sum(not in_span(p, NEAR_S) for p in joined)),
        str(len(wrong)),
        str(sum(p.pair.periodic(p.edge_s or 0.0) for p in wrong)),
    ]
