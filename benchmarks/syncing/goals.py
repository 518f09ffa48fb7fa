"""The figures that synchronization is meant to reach, beside what was measured. Decides nothing but met or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.syncing.figures import Figures, two
from benchmarks.syncing.table import table


@dataclass(frozen=True, slots=True)
class Results:
    """What there is to compare with goals; what was not measured in this run is None.

    Attributes:
        every: all sets without metadata, together.
        medium: the medium set without metadata.
        timed: the medium set with creation times.
        hard: the hard set without metadata.
        speed: seconds of sound that one core takes to placements in a second, on the medium set.
        from_times: components that mix incidents with creation times and do not without.
    """

    every: Figures | None = None
    medium: Figures | None = None
    timed: Figures | None = None
    hard: Figures | None = None
    speed: float | None = None
    from_times: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure: what it is, at least and aim in words, the measured one, and whether each is met (None: unknown)."""

    what: str
    least: str
    aim: str
    said: str
    met: tuple[bool, bool] | None


def goals(found: Results) -> list[Goal]:
    """Return every figure that one run measures."""
    every, medium, timed, hard = found.every, found.medium, found.timed, found.hard
    return [
        _most(
            "components that mix incidents, all sets without metadata", _of(every, lambda f: f.mixed), 0, 0, "{:.0f}"
        ),
        _most("false same-event pairs in 10,000 negatives", _of(every, lambda f: f.per_10_000), 0.2, 0, "{:.2f}"),
        _least(
            "medium: in one component, within 50 ms of the sources' range",
            _of(medium, lambda f: f.near_span),
            0.74,
            0.82,
        ),
        _least("the same, right replayed-content links counted", _of(medium, lambda f: f.with_linked), 0.86, 0.92),
        _least("the same on the clock, 50 ms", _of(medium, lambda f: f.near_clock), 0.62, 0.75),
        _least("medium with creation times, sources' range", _of(timed, lambda f: f.near_span), 0.86, 0.95),
        _most("components that mix incidents because of wrong times", found.from_times, 0, 0, "{:.0f}"),
        _least("hard: sources' range", _of(hard, lambda f: f.near_span), 0.46, 0.55),
        _both("source-offset error, median and p95, ms", _of(every, lambda f: f.source_ms), (1, 10), (0.2, 3)),
        _coverage(every),
        _most(
            "drift error at 60 s overlap, median, ppm",
            _of(every, lambda f: f.drift_ppm[0] if f.drift_ppm else None),
            3,
            1,
            "{:.1f}",
        ),
        _lost(every),
        _least("seconds of sound a CPU second", found.speed, 300, 600, "{:.0f}"),
    ]


T = TypeVar("T")


def _of(found: Figures | None, value: Callable[[Figures], T]) -> T | None:
    return None if found is None else value(found)


def _least(what: str, value: float | None, least: float, aim: float, form: str = "{:.2f}") -> Goal:
    said = "–" if value is None else form.format(value)
    met = None if value is None else (value >= least, value >= aim)
    return Goal(what, f"≥ {least:g}", f"≥ {aim:g}", said, met)


def _most(what: str, value: float | None, least: float, aim: float, form: str) -> Goal:
    said = "–" if value is None else form.format(value)
    met = None if value is None else (value <= least, value <= aim)
    return Goal(what, f"≤ {least:g}", f"≤ {aim:g}", said, met)


def _both(what: str, value: tuple[float, float] | None, least: tuple[float, float], aim: tuple[float, float]) -> Goal:
    words = [f"≤ {x:g} and {y:g}" for x, y in (least, aim)]
    if value is None:
        return Goal(what, words[0], words[1], "–", None)
    met = [all(v <= limit for v, limit in zip(value, limits, strict=True)) for limits in (least, aim)]
    return Goal(what, words[0], words[1], f"{value[0]:.2f} and {value[1]:.1f}", (met[0], met[1]))


def _coverage(every: Figures | None) -> Goal:
    what = "95 % intervals that cover"
    if every is None or every.coverage is None:
        return Goal(what, "0.93–0.97", "0.93–0.97", "–", None)
    inside = 0.93 <= every.coverage <= 0.97
    return Goal(what, "0.93–0.97", "0.93–0.97", f"{two(every.coverage, 3)} (n = {every.stated})", (inside, inside))


def _lost(every: Figures | None) -> Goal:
    what = "lost stretches found: within 50 ms; within 10 ms"
    if every is None or not every.lost:
        return Goal(what, "≥ 0.9 within 50 ms", "≥ 0.98 within 10 ms", "–", None)
    shares = every.lost_near / every.lost, every.lost_nearer / every.lost
    said = f"{shares[0]:.2f}; {shares[1]:.2f} (n = {every.lost})"
    return Goal(what, "≥ 0.9 within 50 ms", "≥ 0.98 within 10 ms", said, (shares[0] >= 0.9, shares[1] >= 0.98))


def scale_goals(
    growth: float | None, peak_mib: float | None, mixed: int | None, per_10_000: float | None
) -> list[Goal]:
    """Return the figures that only many recordings show; None for what was not measured.

    Args:
        growth: CPU time a recording at 5,000 recordings over that at 150.
        peak_mib: memory at 5,000 recordings.
        mixed: components that mix incidents, over a million pairs or more.
        per_10_000: false same-event pairs there, in 10,000.
    """
    peak_gb = None if peak_mib is None else peak_mib * 1024**2 / 1e9
    return [
        _most("components that mix incidents, over a million negative pairs", mixed, 0, 0, "{:.0f}"),
        _most("false same-event pairs in 10,000 of these", per_10_000, 0.2, 0, "{:.3f}"),
        _most("CPU time a recording, 5,000 over 150", growth, 1.5, 1.15, "{:.2f}"),
        _most("peak memory at 5,000, GB", peak_gb, 4, 2, "{:.1f}"),
    ]


def goal_table(every: Sequence[Goal]) -> str:
    """Return the goals as a table."""
    rows = [[goal.what, goal.least, goal.aim, goal.said, _reached(goal)] for goal in every]
    return table(["figure", "at least", "aim", "measured", "reached"], rows)


def _reached(goal: Goal) -> str:
    if goal.met is None:
        return "not measured"
    return "aim" if goal.met[1] else "at least" if goal.met[0] else "**missed**"
