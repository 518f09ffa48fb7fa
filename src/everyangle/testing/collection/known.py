"""What pairs of simulated recordings have in common, and the best that any method could reach. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from everyangle.core.time import ClockMap

LEAST_OVERLAP_S = 8.0

Row = Mapping[str, Any]
"""A piece of one source as it reached one recorder: see :func:`everyangle.testing.scene.truth.heard_in_pieces`."""


def media(clock: ClockMap, t_event: float) -> float:
    """Return the media time of an event time; inside a lost stretch, that of the stretch."""
    found = clock.media_from_event(t_event)
    if found is None:
        found = min((j.at_s for j in clock.jumps), key=lambda t: abs(clock.event_from_media(t) - t_event))
    return found


def common(a: Sequence[Row], b: Sequence[Row], overlap: tuple[float, float]) -> list[dict[str, Any]]:
    """Return the sources that both heard while they overlapped, one row for each source."""
    there = {(row["source"], row["start_s"]): row for row in b}
    shifts: dict[str, list[tuple[Row, Row]]] = {}
    for row in a:
        other = there.get((row["source"], row["start_s"]))
        if other and min(row["end_s"], overlap[1]) - max(row["start_s"], overlap[0]) > 0.05:
            shifts.setdefault(row["source"], []).append((row, other))
    return [_common(source, found) for source, found in shifts.items()]


def _common(source: str, found: Sequence[tuple[Row, Row]]) -> dict[str, Any]:
    shift = [x["delay_s"] - y["delay_s"] for x, y in found]
    x, y = max(found, key=lambda both: min(_over(both[0]), _over(both[1])))
    return {
        "source": source,
        "kind": x["kind"],
        "delay_s": [x["delay_s"], y["delay_s"]],
        "shift_s": round(x["delay_s"] - y["delay_s"], 5),
        "shift_range_s": [round(min(shift), 5), round(max(shift), 5)],
        "over_noise_db": [round(_over(x), 1), round(_over(y), 1)],
        "period_s": round(float(x["period_s"]), 4),
    }


def _over(row: Row) -> float:
    return float(row["level_db"] - row["noise_db"])


CAUSES = {"music": "song", "tv": "broadcast"}
"""How a cause is called where it is not called as its kind."""


def causes(a: Sequence[Row], b: Sequence[Row]) -> list[dict[str, Any]]:
    """Return what two recordings of different events could both hear: content of the same name."""
    contents = [{row["content"]: row["kind"] for row in rows if row["content"]} for rows in (a, b)]
    both = sorted(contents[0].keys() & contents[1].keys())
    return [{"cause": CAUSES.get(contents[0][name], contents[0][name]), "content": name} for name in both]


def ceiling(pairs: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return shares of the pairs that overlap by eight seconds or more; no pairs give zero throughout."""
    counted = [pair for pair in pairs if pair["overlap_s"] >= LEAST_OVERLAP_S]
    total = max(1, len(counted))
    found: dict[str, float] = {
        "pairs": len(counted),
        "audible": round(sum(bool(p["sources"]) for p in counted) / total, 4),
    }
    for limit_ms in (50, 10):
        for name in ("best", "middle", "loudest"):
            near = sum(bool(p["sources"]) and _miss(name, p["sources"]) <= limit_ms / 1000 for p in counted)
            found[f"{name}_{limit_ms}_ms"] = round(near / total, 4)
    return found


def _miss(name: str, sources: Sequence[Mapping[str, Any]]) -> float:
    """Return by how many seconds a choice of sources misses the clock."""
    shifts = [float(s["shift_s"]) for s in sources]
    if name == "best":
        return min(map(abs, shifts))
    if name == "middle":
        return abs(max(shifts) + min(shifts)) / 2
    return abs(float(max(sources, key=lambda s: min(s["over_noise_db"]))["shift_s"]))
