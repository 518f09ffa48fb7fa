"""Figures of a set of recordings: which agree with which, and where each stands on the event clock. Draws only."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

from everyangle.core.alignment import Placement, Solution
from everyangle.core.outcomes import is_used, numbers, objects
from everyangle.dossier.words import error
from everyangle.testing.sync_figures.canvas import Canvas

WIDTH = 760
MOST = 8


def circles(solution: Solution, names: Mapping[str, str]) -> bytes:
    """Return the recordings as a graph: used pairs as edges, each with its residual, and how the circles close."""
    inside = [p for p in solution.placements if p.component == 0]
    apart = [p for p in solution.placements if p.component != 0]
    rows = _circles(solution, names)
    height = 446 + 19 * len(rows)
    picture = Canvas(WIDTH, height, "Which recordings agree with which, and how the circles of three close")
    centre, radius = (270.0, 224.0), 145.0
    at = {
        p.id: (
            centre[0] + 1.25 * radius * sin(2 * pi * k / len(inside)),
            centre[1] - radius * cos(2 * pi * k / len(inside)),
        )
        for k, p in enumerate(inside)
    }
    picture.text(24, 30, "Pairs that agree, and by how much each differs from all together", "strong")
    for found in solution.alignments:
        if not is_used(found) or found.a not in at or found.b not in at:
            continue
        (x1, y1), (x2, y2) = at[found.a], at[found.b]
        picture.line(x1, y1, x2, y2, "edge", min(5.0, 1.0 + found.score / 150))
        residual = numbers(found.evidence, "residual_s")
        if residual:
            middle = (x1 + 0.56 * (x2 - x1), y1 + 0.56 * (y2 - y1))
            ms = round(1000 * residual[0])
            words = f"{ms:+d} ms".replace("-", "\u2212") if ms else "0 ms"
            picture.box(middle[0] - 24, middle[1] - 9, 48, 17, "paper", 4)
            picture.text(middle[0], middle[1] + 4, words, "small", "middle")
    for one in inside:
        _node(picture, *at[one.id], names[one.id], "node")
    for k, one in enumerate(apart):
        _node(picture, 650, 340 - 72 * k, names[one.id], "apart")
        picture.text(650, 371 - 72 * k, _shortened(one), "small muted", "middle")
    picture.text(24, 424, "The way around three of them misses its start by", "strong")
    for k, (words, closes) in enumerate(rows):
        picture.text(66, 446 + 19 * k, f"{1000 * closes:.0f} ms", "small strong", "end")
        picture.text(78, 446 + 19 * k, words, "small")
    return picture.svg()


def _circles(solution: Solution, names: Mapping[str, str]) -> list[tuple[str, float]]:
    found: dict[frozenset[str], float] = {}
    for pair in solution.alignments:
        for cycle in objects(pair.evidence, "cycles"):
            for closes in numbers(cycle, "closes_s"):
                found[frozenset((pair.a, pair.b, str(cycle["with"])))] = abs(closes)
    named = [(", ".join(sorted(names[n] for n in three)), closes) for three, closes in found.items()]
    return sorted(named, key=lambda row: (row[1], row[0]))[:MOST]


def _shortened(one: Placement) -> str:
    return (
        (one.reason or "")
        .removeprefix("it has ")
        .replace("nothing in common with the other recordings", "nothing in common")
    )


def _node(picture: Canvas, x: float, y: float, name: str, kind: str) -> None:
    width = 16 + 7.1 * len(name)
    picture.box(x - width / 2, y - 14, width, 28, kind, 14)
    picture.text(x, y + 4.5, name, "small", "middle")


def clock(solution: Solution, names: Mapping[str, str]) -> bytes:
    """Return the placed recordings on the event clock, with their stated errors and lost stretches."""
    inside = sorted((p for p in solution.placements if p.component == 0), key=lambda p: (p.clock.offset_s, p.id))
    left, right, top, row = 176, 30, 56, 38
    ends = [p.clock.event_from_media(p.duration_s) for p in inside]
    first, last = min(p.clock.offset_s for p in inside), max(ends)
    picture = Canvas(WIDTH, top + row * len(inside) + 54, "Where each recording stands on the event clock")

    def x(t: float) -> float:
        return left + (t - first) / (last - first) * (WIDTH - left - right)

    picture.text(24, 30, "On the event clock, with the stated error at each edge (enlarged ten times)", "strong")
    foot = top + row * len(inside)
    for t in range(-600, int(last) + 1, 30):
        if t >= first:
            picture.line(x(t), top - 8, x(t), foot, "grid")
            picture.text(x(t), foot + 18, f"{t // 60}:{t % 60:02d}", "small", "middle")
    for k, one in enumerate(inside):
        _lane(picture, one, names[one.id], top + row * k, x)
    picture.text(WIDTH - right, foot + 40, "event time", "small muted", "end")
    return picture.svg()


def _lane(picture: Canvas, one: Placement, name: str, y: float, x: object) -> None:
    place = x if callable(x) else float
    start, end = one.clock.offset_s, one.clock.event_from_media(one.duration_s)
    picture.text(166, y + 15, name, "small", "end")
    picture.box(place(start), y, place(end) - place(start), 20, "bar", 2)
    for jump in one.clock.jumps:
        after = one.clock.event_from_media(jump.at_s)
        picture.hatch(place(after - jump.lost_s), y, place(after) - place(after - jump.lost_s), 20)
    words = "the clock" if one.anchor else error(one.clock.error_s)
    picture.text(place(start) + 8, y + 14.5, words, "small")
    if not one.anchor:
        for t in (start, end):
            wide = 10 * one.clock.error_s
            picture.line(place(t - wide), y + 25, place(t + wide), y + 25, "alarmline", 1.6)
            for edge in (t - wide, t + wide):
                picture.line(place(edge), y + 21.5, place(edge), y + 28.5, "alarmline", 1.6)
