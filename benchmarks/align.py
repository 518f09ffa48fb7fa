"""Quick: how well recordings of simulated encounters are put on one clock, from files with real codecs.

Scenes come from :mod:`everyangle.testing.scene.ready`; all files of one difficulty, of all scenes, are aligned in one
run, so that recordings of different scenes are the negatives. Pairs of one scene that overlap by eight seconds or more
are the positives. Truth is the simulator's; a clock is compared after no shift but the anchor's own.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from benchmarks.syncing.table import table

from everyangle import app
from everyangle.core.alignment import Verdict
from everyangle.core.alignment_json import Document
from everyangle.core.time import ClockMap
from everyangle.ports.events import Event, Finished, Started
from everyangle.testing.scene.ready import REPORTING_FROM, random_scene, write_all

LEAST_OVERLAP_S = 8.0


@dataclass(frozen=True, slots=True)
class Truth:
    """One file's event, true clock and duration in seconds."""

    event: str
    clock: ClockMap
    duration_s: float

    @property
    def span(self) -> tuple[float, float]:
        """Start and end in event seconds."""
        return self.clock.event_from_media(0.0), self.clock.event_from_media(self.duration_s)


@dataclass(slots=True)
class Steps:
    """Wall seconds by step of the engine."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: dict[str, float] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, Started):
            self._since[event.step] = time.perf_counter()
        if isinstance(event, Finished):
            self.seconds[event.step] = time.perf_counter() - self._since[event.step]


def make(folder: Path, seeds: Sequence[int], difficulty: str) -> dict[str, Truth]:
    """Write the scenes' files; return each path's truth."""
    truth = {}
    for seed in seeds:
        print(f"making {difficulty} scene {seed}", file=sys.stderr, flush=True)
        filmed = random_scene(seed, difficulty)
        place = folder / str(seed)
        place.mkdir()
        write_all(filmed, place)
        for one in filmed:
            truth[str(place / one.file)] = Truth(f"{seed} {one.event}", one.known.clock, one.known.duration_s)
    return truth


def errors(document: Document, truth: dict[str, Truth]) -> list[str]:
    """Return the cells of a row of the table."""
    path = {s.id: s.path for s in document.sources}
    placed = {path[p.id]: p for p in document.solution.placements}
    found = {frozenset((path[a.a], path[a.b])): a for a in document.solution.alignments}
    names = sorted(truth)
    positive = near = nearer = same = merged = negative = mixed = false = 0
    for k, one in enumerate(names):
        for other in names[k + 1 :]:
            joined = placed[one].component == placed[other].component
            pair = found.get(frozenset((one, other)))
            claimed = pair is not None and pair.verdict is Verdict.SAME_EVENT
            if truth[one].event != truth[other].event:
                negative += 1
                mixed += joined
                false += claimed
                continue
            (start, end), (begin, stop) = truth[one].span, truth[other].span
            if min(end, stop) - max(start, begin) < LEAST_OVERLAP_S:
                continue
            positive += 1
            same += claimed
            merged += joined
            if joined:
                middle = (max(start, begin) + min(end, stop)) / 2
                off = abs(
                    _event(placed[one].clock, truth[one], middle) - _event(placed[other].clock, truth[other], middle)
                )
                near += off < 0.05
                nearer += off < 0.01
    covered, total = coverage(document, truth, path)
    return [
        str(positive),
        f"{same / positive:.2f}",
        f"{merged / positive:.2f}",
        f"{near / positive:.2f}",
        f"{nearer / positive:.2f}",
        str(merged - near),
        f"{false} / {negative}",
        str(mixed),
        f"{covered} / {total}",
        jumps(document, truth, path),
    ]


def _event(clock: ClockMap, known: Truth, t_event: float) -> float:
    """Return the event time that a clock gives to what truly happened at ``t_event``."""
    t_media = known.clock.media_from_event(t_event)
    if t_media is None:
        t_media = min((j.at_s for j in known.clock.jumps), key=lambda t: abs(known.clock.event_from_media(t) - t_event))
    return clock.event_from_media(t_media)


def coverage(document: Document, truth: dict[str, Truth], path: dict[str, str]) -> tuple[int, int]:
    """Return how many stated intervals hold the truth at the recording's middle, and how many there are."""
    anchors = {p.component: p for p in document.solution.placements if p.anchor}
    inside = total = 0
    for placement in document.solution.placements:
        anchor = anchors[placement.component]
        mine, base = truth[path[placement.id]], truth[path[anchor.id]]
        if placement.anchor or mine.event != base.event:
            continue
        middle = mine.clock.event_from_media(mine.duration_s / 2)
        off = _event(placement.clock, mine, middle) - _event(anchor.clock, base, middle)
        inside += abs(off) <= placement.clock.error_s
        total += 1
    return inside, total


def jumps(document: Document, truth: dict[str, Truth], path: dict[str, str]) -> str:
    """Return lost stretches found (within 0.5 s of place and 0.1 s of length), all of them, and how many are false."""
    hit = every = claimed = 0
    for placement in document.solution.placements:
        known = truth[path[placement.id]].clock.jumps
        every += len(known)
        claimed += len(placement.clock.jumps)
        hit += sum(
            any(abs(j.at_s - k.at_s) < 0.5 and abs(j.lost_s - k.lost_s) < 0.1 for j in placement.clock.jumps)
            for k in known
        )
    return f"{hit} / {every} (+{claimed - hit})"


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=4, help="scenes of each difficulty")
    parser.add_argument("--development", action="store_true", help="use seeds for development")
    parser.add_argument("--difficulties", nargs="*", default=["easy", "medium", "hard"])
    asked = parser.parse_args()
    first = 100 if asked.development else REPORTING_FROM
    rows, costs = [], []
    for difficulty in asked.difficulties:
        with tempfile.TemporaryDirectory() as name:
            truth = make(Path(name), range(first, first + asked.scenes), difficulty)
            steps = Steps()
            before = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
            document = app.align([Path(p) for p in sorted(truth)], jobs=1, events=steps)
            after = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = sum(b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in zip(before, after, strict=True))
        length = sum(t.duration_s for t in truth.values())
        rows.append([difficulty, str(len(truth)), *errors(document, truth)])
        by_step = ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps.seconds.items())
        costs.append([difficulty, f"{length:.0f}", f"{cpu:.1f}", f"{length / cpu:.0f} ×", by_step])
    seeds = f"{first} to {first + asked.scenes - 1}, {'development' if asked.development else 'reporting'}"
    print(f"Seeds {seeds}; every file of one difficulty in one run.\n")
    head = ["difficulty", "files", "pairs", "same-event", "in one component", "within 50 ms", "within 10 ms"]
    head += ["wrong by more", "false pairs", "merged incidents", "interval covers", "lost stretches"]
    print(table(head, rows), end="\n\n")
    print(table(["difficulty", "seconds of sound", "CPU s", "× real time", "wall s by step"], costs))
    print(f"\nnumpy {np.__version__}")


if __name__ == "__main__":
    main()
