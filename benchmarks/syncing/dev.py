"""Aligns one made set and says what is wrong with the solution: for work on the engine, with everything kept.

    python -m benchmarks.syncing.dev FOLDER [--work processes:2] [--fresh] [--times]

Features and pairs are kept, so a change to the judging of pairs or to the solution is seen in seconds; a change to
features or to the comparison itself needs another ``SYNC_VERSION``, or ``--fresh``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.syncing.engine import run
from benchmarks.syncing.figures import NEAR_S, figures, in_span, worded
from benchmarks.syncing.keep import KEEP
from benchmarks.syncing.measure import Falsehood, Measured, Positive, measure
from benchmarks.syncing.sets import read_set
from benchmarks.syncing.table import table

from everyangle.core.alignment import Alignment, Verdict


def main() -> None:
    """Print the figures of one set, then what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a made set: files and their truth")
    parser.add_argument("--work", default=f"processes:{os.cpu_count() or 1}", help="how to work")
    parser.add_argument("--fresh", action="store_true", help="compute everything anew, in this process, and time it")
    parser.add_argument("--times", action="store_true", help="weigh creation times")
    parser.add_argument("--most", type=int, default=25, help="how many of each kind to list")
    parser.add_argument("--full", action="store_true", help="print the whole evidence of each")
    asked = parser.parse_args()
    made = read_set(asked.folder)
    work = "serial:" if asked.fresh else asked.work
    done = run(made.clips, KEEP / "dev", work=work, remember=not asked.fresh, times=asked.times)
    measured = measure(done.solution, made.truth)
    print(table(["figure", asked.folder.name], [list(row) for row in worded(figures([measured]))]))
    steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in done.cpu_by_step.items())
    fresh = "" if asked.fresh else " (partly kept from before: no measure of speed)"
    print(f"\n{done.sound_s:.0f} s of sound, CPU {done.cpu_s:.1f} s{fresh}: {steps}; wall {done.wall_s:.1f} s")
    for line in wrongs(measured, asked.most, full=asked.full):
        print(line)
    sys.stdout.flush()


def wrongs(measured: Measured, most: int, *, full: bool) -> Iterable[str]:
    """Yield what is wrong, worst first."""
    yield from _listed("False same-event pairs", (_false(f, full=full) for f in measured.false_edges), most)
    yield from _listed(
        "Other pairs of a component that mixes incidents",
        (_false(f, full=full) for f in measured.false_merges if f not in measured.false_edges),
        most,
    )
    positives = sorted(measured.positives, key=lambda p: -abs(p.clock_s or 0.0))
    wrong = [p for p in positives if p.clock_s is not None and not in_span(p, NEAR_S)]
    yield from _listed("In one component at a wrong offset", (_positive(p, full=full) for p in wrong), most)
    same = [p for p in positives if p.verdict(Verdict.SAME_EVENT) and p.pair.beyond(p.edge_s or 0.0) > NEAR_S]
    yield from _listed("Same-event at a wrong offset", (_positive(p, full=full) for p in same), most)
    apart = [p for p in positives if p.clock_s is None]
    yield from _listed("Not in one component", (_positive(p, full=full) for p in apart), most)
    outside = [s for s in measured.stated if abs(s.off_s) > s.error_s]
    yield from _listed(
        "Intervals that do not cover",
        (f"{s.known.id}: off by {s.off_s:+.3f} s, said ±{s.error_s:.3f} s" for s in outside),
        most,
    )
    yield from _listed(
        "Lost stretches",
        (
            f"{x.known.id}: {x.jump.lost_s:.2f} s at {x.jump.at_s:.2f} s; nearest found off by "
            f"{_s(x.at_off_s)} in place, {_s(x.length_off_s)} in length"
            for x in measured.lost
        ),
        most,
    )


def _listed(title: str, rows: Iterable[str], most: int) -> Iterable[str]:
    found = list(rows)
    yield f"\n{title}: {len(found)}"
    yield from (f"  {row}" for row in found[:most])


def _s(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f} s"


def _false(wrong: Falsehood, *, full: bool) -> str:
    merged = "merged" if wrong.in_one_component else "not merged"
    return f"{wrong.a.id} ({wrong.a.event}) {wrong.b.id} ({wrong.b.event}): {wrong.cause}; {merged}; " + _edge(
        wrong.edge, full=full
    )


def _positive(positive: Positive, *, full: bool) -> str:
    pair = positive.pair
    low, high = pair.span
    shared = ", ".join(sorted({f"{s.kind} {s.source}" for s in pair.sources})) or "nothing"
    off = positive.clock_s if positive.clock_s is not None else positive.edge_s
    period = " off by a period;" if off is not None and pair.periodic(off) else ""
    return (
        f"{pair.a.id} {pair.b.id} overlap {pair.overlap_s:.0f} s; sources {low:+.3f} to {high:+.3f} s ({shared}); "
        f"placed {_s(positive.clock_s)}, edge {_s(positive.edge_s)};{period} " + _edge(positive.edge, full=full)
    )


def _edge(edge: Alignment | None, *, full: bool) -> str:
    if edge is None:
        return "nothing measured"
    said = f"{edge.verdict.value} score {edge.score:.1f} overlap {edge.overlap_s:.0f} s ±{edge.error_s:.3f}"
    return f"{said} {_evidence(edge.evidence, full=full)}"


def _evidence(evidence: Mapping[str, object], *, full: bool) -> str:
    if full:
        return json.dumps(dict(evidence), default=str)
    plain = {k: v for k, v in evidence.items() if isinstance(v, int | float | str | bool)}
    return json.dumps({k: round(v, 3) if isinstance(v, float) else v for k, v in plain.items()})


if __name__ == "__main__":
    main()
