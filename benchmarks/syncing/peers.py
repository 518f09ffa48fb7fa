"""Asks the peers about a set and words what they said, beside what this engine said of the same pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import indexed, pairwise
from benchmarks.peers.claims import HEAD, Claim, Judged, cells, claims_of, every_pair, sampled, score
from benchmarks.peers.environment import NotMeasuredError
from benchmarks.syncing.engine import Run
from benchmarks.syncing.keep import say
from benchmarks.syncing.sets import MadeSet
from benchmarks.syncing.table import table

from everyangle.core.alignment import Solution
from everyangle.core.time import ClockMap

SAMPLE_SEED = 7


@dataclass(frozen=True, slots=True)
class Brought:
    """Repositories of peers that are not packages, where the user has a copy."""

    audfprint: Path | None = None
    olaf: Path | None = None


def peer_tables(made: MadeSet, done: Run, keep: Path, brought: Brought, sample: int) -> str:
    """Return what the peers found, in two tables: on every pair, and on a sample.

    Args:
        made: the set.
        done: this engine's run on it.
        keep: the cache.
        brought: copies of peers' sources.
        sample: how many positives, and as many negatives, the slow ones are asked about.
    """
    files = {clip.id: str(clip.path) for clip in made.clips}
    every = every_pair(made.truth)
    some = sampled(every, made.truth, sample, SAMPLE_SEED)
    about = (
        f"A sample (seed {SAMPLE_SEED}): {len(some.positives)} overlapping pairs and {len(some.negatives)} of two "
        "incidents, half of these with something in common where there are so many."
    )
    return "\n\n".join(
        [
            f"Every pair: {len(every.positives)} overlap by 8 s or more, {len(every.negatives)} are of two incidents.",
            table(["method", *HEAD, "CPU s, files to answers"], _every(files, every, done, keep, brought)),
            about,
            table(["method", *HEAD, "CPU ms a pair"], _some(files, some, done, keep)),
        ]
    )


def _own(judged: Judged, done: Run, cost: str) -> list[list[str]]:
    pairs, placed = claims_of(done.solution.alignments), placed_claims(done.solution)
    return [
        ["Every Angle, pairs alone", *cells(score(pairs, judged)), cost],
        ["Every Angle, solved", *cells(score(placed, judged)), cost],
    ]


def _every(files: Mapping[str, str], judged: Judged, done: Run, keep: Path, brought: Brought) -> list[list[str]]:
    rows = _own(judged, done, f"{done.cpu_s:.0f}")
    for name, method, given in (
        ("audfprint", indexed.audfprint, brought.audfprint),
        ("Olaf", indexed.olaf, brought.olaf),
    ):
        say(f"peer {name}: every pair")
        try:
            found = method(files, keep, given)
        except NotMeasuredError as error:
            rows.append(_not_measured(name, error))
        else:
            rows.append([name, *cells(score(found.claims, judged)), f"{found.cpu_s:.0f}"])
    return rows


def _some(files: Mapping[str, str], judged: Judged, done: Run, keep: Path) -> list[list[str]]:
    pairs = len(files) * (len(files) - 1) / 2
    rows = _own(judged, done, f"{1000 * done.cpu_s / pairs:.1f}")
    for name, words in pairwise.PAIRWISE.items():
        say(f"peer {name}: {len(judged.pairs)} pairs")
        try:
            found = pairwise.ask(name, files, judged.pairs, keep)
        except NotMeasuredError as error:
            rows.append(_not_measured(words, error))
        else:
            refused = f"; no answer to {found.refused}" if found.refused else ""
            rows.append([f"{words}{refused}", *cells(score(found.claims, judged)), f"{1000 * found.cpu_s:.0f}"])
    return rows


def _not_measured(name: str, error: NotMeasuredError) -> list[str]:
    return [name, f"not measured: {error}", *["–"] * len(HEAD)]


def placed_claims(solution: Solution) -> list[Claim]:
    """Return what placements say of each pair in one component that overlaps, as its offset in the overlap's middle."""
    members: dict[int, list[tuple[str, ClockMap, float, float]]] = {}
    for one in solution.placements:
        span = one.clock.event_from_media(0.0), one.clock.event_from_media(one.duration_s)
        members.setdefault(one.component, []).append((one.id, one.clock, *span))
    claims = []
    for group in members.values():
        for n, (a, clock_a, start_a, end_a) in enumerate(group):
            for b, clock_b, start_b, end_b in group[n + 1 :]:
                middle = (max(start_a, start_b) + min(end_a, end_b)) / 2
                t_a, t_b = clock_a.media_from_event(middle), clock_b.media_from_event(middle)
                # Recordings of one component belong together even where they do not overlap.
                offset_s = None if t_a is None or t_b is None else t_a - t_b
                claims.append(Claim(a, b, offset_s, claimed=True))
    return claims
