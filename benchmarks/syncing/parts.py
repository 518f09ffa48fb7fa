"""The parts of the benchmark of synchronization, in order, each printed when it is done."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.syncing.alone import run_alone
from benchmarks.syncing.breakdown import causes, kinds
from benchmarks.syncing.engine import Run
from benchmarks.syncing.figures import figures, worded
from benchmarks.syncing.goals import Results, goal_table, goals
from benchmarks.syncing.keep import say
from benchmarks.syncing.making import Maker
from benchmarks.syncing.measure import Measured, measure
from benchmarks.syncing.peers import Brought, peer_tables
from benchmarks.syncing.sets import MadeSet
from benchmarks.syncing.small import small_cases, small_table
from benchmarks.syncing.table import table

PARTS = ("sets", "peers", "small")
TIMED = "medium, with creation times"
RUNS = {"easy": ("easy", False), "medium": ("medium", False), TIMED: ("medium", True), "hard": ("hard", False)}
"""By name: difficulty, and whether creation times are weighed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: see the options of ``benchmarks.sync``."""

    maker: Maker
    seeds: Sequence[int]
    clips: int
    parts: Sequence[str]
    cases: int
    sample: int
    brought: Brought


@dataclass(frozen=True, slots=True)
class Done:
    """The runs of one row of :data:`RUNS`, one a seed, with what was measured."""

    sets: tuple[MadeSet, ...]
    runs: tuple[Run, ...]
    measured: tuple[Measured, ...]


def run_parts(asked: Asked) -> None:
    """Print what was asked for."""
    began = time.monotonic()
    kind = "reporting" if min(asked.seeds) >= 10_000 else "development"
    seeds, material = ", ".join(map(str, asked.seeds)), asked.maker.material.name
    print(f"Seeds {seeds} ({kind}); {asked.clips} recordings a set; material: {material}.\n", flush=True)
    done: dict[str, Done] = {}
    if "sets" in asked.parts:
        for name, (difficulty, times) in RUNS.items():
            done[name] = _run(name, difficulty, asked, times=times)
        print_sets(done)
    if "peers" in asked.parts:
        medium = done.get("medium") or _run("medium", "medium", asked, times=False)
        print("\n### Beside other programs, on the medium set\n", flush=True)
        print(peer_tables(medium.sets[0], medium.runs[0], asked.maker.keep, asked.brought, asked.sample), flush=True)
    if "small" in asked.parts:
        print("\n### Single incidents\n", flush=True)
        print(small_table(small_cases(asked.maker.single("medium", asked.seeds[0], asked.cases))), flush=True)
    print(f"\nWall time of this benchmark: {(time.monotonic() - began) / 60:.0f} minutes (making sets included).")


def _run(name: str, difficulty: str, asked: Asked, *, times: bool) -> Done:
    sets = tuple(asked.maker.made(difficulty, seed, asked.clips) for seed in asked.seeds)
    runs = []
    for one in sets:
        say(f"aligning {name}: {len(one.clips)} recordings")
        runs.append(run_alone(one.clips, times=times))
    return Done(sets, tuple(runs), tuple(measure(r.solution, s.truth) for r, s in zip(runs, sets, strict=True)))


def print_sets(done: Mapping[str, Done]) -> None:
    """Print goals, figures, costs and what the errors are, of the sets."""
    print("### Goals\n")
    print(goal_table(goals(_results(done))), end="\n\n")
    print("### Figures\n")
    columns = [worded(figures(one.measured)) for one in done.values()]
    rows = [[cells[0][0], *(cell[1] for cell in cells)] for cells in zip(*columns, strict=True)]
    print(table(["figure", *done], rows), end="\n\n")
    print("### Cost, one core\n")
    print(_costs(done), end="\n\n")
    print("### Pairs of two incidents\n")
    first = {name: one.measured[0] for name, one in done.items()}
    print(causes(first), end="\n\n")
    print("### Overlapping pairs, by what both heard\n")
    print(kinds(first), flush=True)


def _costs(done: Mapping[str, Done]) -> str:
    rows = []
    for name, one in done.items():
        sound, cpu = sum(r.sound_s for r in one.runs), sum(r.cpu_s for r in one.runs)
        steps: dict[str, float] = {}
        for run in one.runs:
            for step, seconds in run.cpu_by_step.items():
                steps[step] = steps.get(step, 0.0) + seconds
        by_step = ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps.items())
        peak = max(r.peak_mib for r in one.runs)
        rows.append([name, f"{sound:.0f}", f"{cpu:.1f}", f"{sound / cpu:.0f} ×", by_step, f"{peak:.0f}"])
    return table(["set", "seconds of sound", "CPU s", "× real time", "CPU s by step", "peak MiB"], rows)


def _results(done: Mapping[str, Done]) -> Results:
    def of(name: str) -> Done | None:
        return done.get(name)

    untimed = [m for name, one in done.items() if name != TIMED for m in one.measured]
    medium, timed, hard = of("medium"), of(TIMED), of("hard")
    from_times = None
    if medium and timed:
        without = {mix for m in medium.measured for mix in m.mixed}
        from_times = sum(mix not in without for m in timed.measured for mix in m.mixed)
    return Results(
        every=figures(untimed) if untimed else None,
        medium=figures(medium.measured) if medium else None,
        timed=figures(timed.measured) if timed else None,
        hard=figures(hard.measured) if hard else None,
        speed=sum(r.sound_s for r in medium.runs) / sum(r.cpu_s for r in medium.runs) if medium else None,
        from_times=from_times,
    )
