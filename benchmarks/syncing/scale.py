"""What grows with the number of recordings, and what goes wrong over a million pairs. Goes on where it was cut off.

Recordings are made in collections of 500, and as many of them as are needed are taken together: 1,500 recordings are
more than a million pairs. Every finished step is kept in the cache under the program's digest: another version
measures anew.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.syncing.alone import run_alone
from benchmarks.syncing.cluster import cluster_table
from benchmarks.syncing.engine import Clip, Run
from benchmarks.syncing.figures import figures
from benchmarks.syncing.goals import Goal, goal_table, scale_goals
from benchmarks.syncing.keep import engine, say
from benchmarks.syncing.making import Maker
from benchmarks.syncing.measure import Measured, measure
from benchmarks.syncing.sets import MadeSet
from benchmarks.syncing.table import table
from benchmarks.syncing.truth import Known, Pair, Truth

from everyangle.testing.collection.make import GENERATOR

COLLECTION = 500
SIZES = (150, 1000, 5000)
SCALE_PARTS = ("growth", "negatives", "cluster")
DIFFICULTY = "medium"
MANY = 1_000_000
"""Negative pairs from which false merges count as measured."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is kept of one finished run: numbers only."""

    clips: int
    sound_s: float
    cpu_s: float
    peak_mib: float
    by_step: Mapping[str, float]
    positives: int
    near_span: float | None
    negatives: int
    false_edges: int
    mixed: int
    causes: Mapping[str, int]


def run_scale(maker: Maker, first_seed: int, most: int, pairs: int, parts: Sequence[str]) -> None:
    """Print what was asked for.

    Args:
        maker: of sets.
        first_seed: of the sets of which these are further ones.
        most: recordings, for growth.
        pairs: negative pairs.
        parts: of :data:`SCALE_PARTS`.
    """
    seed = first_seed + 5000
    kind = "reporting" if seed >= 10_000 else "development"
    print(
        f"Collections of {COLLECTION} recordings, {DIFFICULTY}, seeds from {seed} ({kind}); no metadata.\n", flush=True
    )
    kept = Kept(maker.keep / "scale" / f"{engine()}-{GENERATOR}-{maker.material.name}-{seed}.jsonl")
    grown: list[Step] = []
    if "growth" in parts:
        print("### Growth, one core\n", flush=True)
        grown = [_grown(maker, seed, size, kept) for size in sizes(most)]
        print(growth_table(grown), flush=True)
    many: Step | None = None
    if "negatives" in parts:
        print("\n### False merges over many pairs\n", flush=True)
        many = next((step for step in grown if step.negatives >= pairs), None)
        size = recordings_for(pairs)
        while many is None or many.negatives < pairs:
            many = _grown(maker, seed, size, kept)
            say(f"{many.negatives} of {pairs} negative pairs")
            size += COLLECTION
        print(negatives_table(many), flush=True)
    if "cluster" in parts:
        print("\n### A cluster\n", flush=True)
        print(cluster_table(maker.made(DIFFICULTY, seed, COLLECTION).clips[: SIZES[0]]), flush=True)
    print("\n### Goals\n")
    print(goal_table(reached(grown, many)))


def sizes(most: int) -> list[int]:
    """Return the numbers of recordings to measure growth at, the most last."""
    return [*(size for size in SIZES if size < most), most]


def recordings_for(pairs: int) -> int:
    """Return how many recordings, in whole collections, hold so many pairs, be they of one incident or of two."""
    recordings = (1 + math.isqrt(1 + 8 * pairs)) / 2
    return COLLECTION * math.ceil(recordings / COLLECTION)


def reached(grown: Sequence[Step], many: Step | None) -> list[Goal]:
    """Return the goals: growth counts where 5,000 were reached, false merges where a million pairs were."""
    whole = {step.clips: step for step in grown}
    first, last = whole.get(SIZES[0]), whole.get(SIZES[-1])
    growth = (last.cpu_s / last.clips) / (first.cpu_s / first.clips) if first and last else None
    enough = many if many is not None and many.negatives >= MANY else None
    return scale_goals(
        growth,
        last.peak_mib if last else None,
        enough.mixed if enough else None,
        1e4 * enough.false_edges / enough.negatives if enough else None,
    )


class Kept:
    """Finished runs by name, one JSON line each, added when one is done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def get(self, name: str) -> Step | None:
        """Return a finished run, or None."""
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        rows = [json.loads(line) for line in lines if line.endswith("}")]
        return next((Step(**row["step"]) for row in rows if row["name"] == name), None)

    def put(self, name: str, step: Step) -> None:
        """Keep a finished run."""
        row = {"name": name, "step": {field: getattr(step, field) for field in Step.__slots__}}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def _grown(maker: Maker, seed: int, size: int, kept: Kept) -> Step:
    known = kept.get(f"growth {size}")
    if known:
        return known
    sets = [maker.made(DIFFICULTY, seed + n, COLLECTION) for n in range(-(-size // COLLECTION))]
    clips, truth = together(sets, size)
    say(f"aligning {size} recordings together")
    run = run_alone(clips)
    step = step_of(run, measure(run.solution, truth), size)
    kept.put(f"growth {size}", step)
    return step


def together(sets: list[MadeSet], size: int) -> tuple[tuple[Clip, ...], Truth]:
    """Return the first recordings of some sets as one, each named and each incident told apart by its set."""
    clips: list[Clip] = []
    recordings: dict[str, Known] = {}
    pairs: list[Pair] = []
    shared: dict[frozenset[str], str] = {}
    for n, one in enumerate(sets):
        for clip in one.clips[: size - len(clips)]:
            known = one.truth.recordings[clip.id]
            name = f"{n}/{clip.id}"
            clips.append(Clip(name, clip.path, clip.created))
            recordings[name] = Known(name, f"{n}/{known.event}", known.clock, known.duration_s)
        for pair in one.truth.pairs:
            a, b = f"{n}/{pair.a.id}", f"{n}/{pair.b.id}"
            if a in recordings and b in recordings:
                pairs.append(Pair(recordings[a], recordings[b], pair.sources, pair.periods_s))
        shared |= {frozenset(f"{n}/{id_}" for id_ in ids): cause for ids, cause in one.truth.shared.items()}
    return tuple(clips), Truth(recordings, tuple(pairs), shared)


def step_of(run: Run, measured: Measured, clips: int) -> Step:
    """Return what is kept of a run."""
    found = figures([measured])
    return Step(
        clips=clips,
        sound_s=run.sound_s,
        cpu_s=run.cpu_s,
        peak_mib=run.peak_mib,
        by_step=dict(run.cpu_by_step),
        positives=found.positives,
        near_span=found.near_span,
        negatives=found.negatives,
        false_edges=found.false_edges,
        mixed=found.mixed,
        causes=dict(Counter(f.cause for f in measured.false_merges).most_common()),
    )


def growth_table(steps: list[Step]) -> str:
    """Return cost and errors by the number of recordings."""
    rows = []
    for step in steps:
        ratio = (step.cpu_s / step.clips) / (steps[0].cpu_s / steps[0].clips)
        by_step = ", ".join(f"{name} {1000 * seconds / step.clips:.0f}" for name, seconds in step.by_step.items())
        rows.append(
            [
                str(step.clips),
                f"{step.sound_s / 3600:.1f}",
                f"{step.cpu_s:.0f}",
                f"{1000 * step.cpu_s / step.clips:.0f}",
                f"{ratio:.2f}",
                by_step,
                f"{step.peak_mib:.0f}",
                "–" if step.near_span is None else f"{step.near_span:.2f}",
                f"{step.false_edges} of {step.negatives}",
                str(step.mixed),
            ]
        )
    head = [
        "recordings",
        "hours",
        "CPU s",
        "CPU ms a recording",
        "over the first",
        "by step, ms a recording",
        "peak MiB",
    ]
    return table([*head, "within 50 ms of the range", "false pairs", "components that mix"], rows)


def negatives_table(step: Step) -> str:
    """Return what went wrong over all pairs of a run."""
    rows = [
        ["recordings", str(step.clips)],
        ["pairs of two incidents", str(step.negatives)],
        ["said same-event (per 10,000)", f"{step.false_edges} ({1e4 * step.false_edges / max(1, step.negatives):.3f})"],
        ["components that mix incidents", str(step.mixed)],
        ["pairs that they join, by cause", ", ".join(f"{what} {n}" for what, n in step.causes.items()) or "–"],
        ["overlapping pairs", str(step.positives)],
    ]
    return table(["many pairs", "all"], rows)
