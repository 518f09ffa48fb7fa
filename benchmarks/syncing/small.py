"""Single incidents of a few recordings with a stranger among them, each aligned by itself: the common case."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.syncing.alone import run_alone
from benchmarks.syncing.figures import NEAR_S, NEARER_S, figures, in_span
from benchmarks.syncing.keep import say
from benchmarks.syncing.measure import Measured, measure
from benchmarks.syncing.sets import MadeSet
from benchmarks.syncing.table import table


@dataclass(frozen=True, slots=True)
class Case:
    """One incident: recordings, seconds of sound, seconds that a person waits, and what was measured."""

    recordings: int
    sound_s: float
    wait_s: float
    measured: Measured


def small_cases(sets: Sequence[MadeSet]) -> list[Case]:
    """Align each set by itself, on all cores as a person would, and measure it."""
    found = []
    for n, made in enumerate(sets, 1):
        since = time.perf_counter()
        done = run_alone(made.clips, work=f"processes:{os.cpu_count() or 1}")
        wait_s = time.perf_counter() - since
        found.append(Case(len(made.clips), done.sound_s, wait_s, measure(done.solution, made.truth)))
        say(f"small case {n} of {len(sets)}: {wait_s:.1f} s")
    return found


def small_table(cases: Sequence[Case]) -> str:
    """Return the figures of all cases."""
    positives = [p for case in cases for p in case.measured.positives]
    total = max(1, len(positives))
    whole = sum(all(in_span(p, NEAR_S) for p in case.measured.positives) for case in cases)
    out = sum(not case.measured.mixed for case in cases)
    waits = sorted(case.wait_s for case in cases)
    every = figures(case.measured for case in cases)
    near = sum(in_span(p, NEAR_S) for p in positives) / total
    nearer = sum(in_span(p, NEARER_S) for p in positives) / total
    rows = [
        ["cases; recordings, least and most", f"{len(cases)}; {_range([case.recordings for case in cases])}"],
        [
            "in one component, within 50 ms (10 ms) of the sources' range",
            f"{near:.2f} ({nearer:.2f}) of {len(positives)}",
        ],
        [
            "the same, right replayed-content links counted",
            "–" if every.with_linked is None else f"{every.with_linked:.2f}",
        ],
        ["cases in which every overlapping pair is right", f"{whole} of {len(cases)}"],
        ["cases in which the stranger is kept out", f"{out} of {len(cases)}"],
        ["95 % intervals that cover", f"{every.covered} of {every.stated}"],
        ["seconds that a person waits: median; most", f"{statistics.median(waits):.1f}; {waits[-1]:.1f}"],
        ["seconds of sound in a case: median", f"{statistics.median([case.sound_s for case in cases]):.0f}"],
    ]
    return table(["single incidents, one by one", "all"], rows)


def _range(values: Sequence[int]) -> str:
    return f"{min(values)} to {max(values)}"
