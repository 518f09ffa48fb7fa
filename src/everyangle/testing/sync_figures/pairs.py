"""Figures of one pair of recordings: the correlation over offsets, and the agreement over time. Draws only."""

from __future__ import annotations

from collections.abc import Mapping

from everyangle.core.alignment import Alignment
from everyangle.core.outcomes import numbers, objects
from everyangle.testing.sync_figures.canvas import Canvas

WIDTH = 760
_LEFT, _RIGHT = 58, 24


def correlation(found: Alignment, names: Mapping[str, str]) -> bytes:
    """Return the correlation picture of a pair that has one.

    Raises:
        ValueError: it has none.
    """
    profile, sources = found.evidence.get("profile"), numbers(found.evidence, "source_offsets_s")
    if not isinstance(profile, Mapping) or not sources:
        raise ValueError("no profile")
    heights = [x / 10 for x in numbers(profile, "tenths")]
    (first,), (step,) = numbers(profile, "from_s"), numbers(profile, "step_s")
    middle = (sources[0] + sources[-1]) / 2
    lags = [1000 * (first + k * step - middle) for k in range(len(heights))]
    most = 5.0 * (max(heights) // 5 + 1)
    picture = Canvas(WIDTH, 300, f"Correlation of {names[found.a]} and {names[found.b]} over offsets")
    top, foot = 56, 236
    width = WIDTH - _LEFT - _RIGHT

    def x(ms: float) -> float:
        return _LEFT + (ms - lags[0]) / (lags[-1] - lags[0]) * width

    def y(height: float) -> float:
        return foot - height / most * (foot - top)

    picture.text(_LEFT, 28, f"{names[found.a]} and {names[found.b]}: how well the waveforms fit", "strong")
    for k in range(int(most) // 10 + 1):
        picture.line(_LEFT, y(10 * k), WIDTH - _RIGHT, y(10 * k), "grid")
        picture.text(_LEFT - 8, y(10 * k) + 4, str(10 * k), "small", "end")
    points = [(x(ms), y(h)) for ms, h in zip(lags, heights, strict=True)]
    picture.path([(x(lags[0]), foot), *points, (x(lags[-1]), foot)], "area", closed=True)
    picture.path(points, "curve")
    picture.line(_LEFT, y(5), WIDTH - _RIGHT, y(5), "axis dash")
    picture.text(WIDTH - _RIGHT, y(5) - 5, "unrelated sound stays below", "small muted", "end")
    places = ", ".join(f"{1000 * (source - middle):+.1f}".replace("-", "\u2212") for source in sources)
    picture.text(_LEFT, 280, f"sources at {places} ms", "small")
    for source in sources:
        at = 1000 * (source - middle)
        picture.line(x(at), top - 6, x(at), foot, "alarmline dash")
        picture.dot(x(at), top - 6, 4, "alarm")
    for ms in range(-100, 101, 50):
        picture.line(x(ms), foot, x(ms), foot + 5, "axis")
        picture.text(x(ms), foot + 20, f"{ms:+d}".replace("-", "\u2212") if ms else "0", "small", "middle")
    words = "milliseconds around the stated offset; height in units of chance"
    picture.text(WIDTH - _RIGHT, foot + 44, words, "small muted", "end")
    return picture.svg()


def agreement(found: Alignment, names: Mapping[str, str], duration_s: float) -> bytes:
    """Return what each window of the second recording says, and which seconds' landmarks agree."""
    pieces = objects(found.evidence, "pieces")
    rows = [(piece, piece["windows"]) for piece in pieces if isinstance(piece.get("windows"), Mapping)]
    dots = [
        (t + 0.5, ms)
        for _, windows in rows
        if isinstance(windows, Mapping)
        for t, ms in zip(numbers(windows, "b_s"), _listed(windows, "off_ms"), strict=True)
    ]
    most = 5.0 * (max(abs(ms) for _, ms in dots if ms is not None) // 5 + 1)
    picture = Canvas(WIDTH, 300, f"Agreement of {names[found.a]} and {names[found.b]} over time")
    top, foot, width = 48, 208, WIDTH - _LEFT - _RIGHT

    def x(t: float) -> float:
        return _LEFT + t / duration_s * width

    def y(ms: float) -> float:
        return (top + foot) / 2 - ms / most * (foot - top) / 2

    picture.text(_LEFT, 28, f"{names[found.a]} and {names[found.b]}: each second's own offset", "strong")
    for piece in pieces:
        (start,), (end,), (a_start,) = (numbers(piece, key) for key in ("b_from_s", "b_to_s", "a_from_s"))
        picture.box(x(start), top, x(end) - x(start), foot - top, "area")
        words = f"offset {a_start - start:.2f} s"
        picture.text(x(start) + 6, top + 15, words, "small muted")
        for t in numbers(piece, "agreeing_s"):
            picture.box(x(t), foot + 10, x(t + 1) - x(t), 10, "mark")
    for ms in (-most, 0.0, most):
        picture.line(_LEFT, y(ms), WIDTH - _RIGHT, y(ms), "axis")
        picture.text(_LEFT - 8, y(ms) + 4, f"{ms:+.0f}".replace("-", "\u2212") if ms else "0 ms", "small", "end")
    for t, off in dots:
        if off is None:
            picture.line(x(t), foot - 6, x(t), foot - 1, "axis", 1.5)
        else:
            picture.dot(x(t), y(off), 2.6, "mark")
    picture.text(_LEFT - 8, foot + 19, "peaks", "small", "end")
    for t in range(0, int(duration_s) + 1, 30):
        picture.line(x(t), foot + 22, x(t), foot + 27, "axis")
        picture.text(x(t), foot + 42, f"{t // 60}:{t % 60:02d}", "small", "middle")
    picture.text(WIDTH - _RIGHT, foot + 66, f"time of {names[found.b]}", "small muted", "end")
    return picture.svg()


def _listed(fields: Mapping[str, object], name: str) -> list[float | None]:
    value = fields[name]
    return [None if x is None else float(x) for x in value] if isinstance(value, list | tuple) else []
