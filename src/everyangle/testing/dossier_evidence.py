"""Made-up evidence of one alignment in the shape that the engine gives, for tests of the page alone. Nothing random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, exp


def made_evidence(
    *,
    used: bool = True,
    why_not: str = "",
    offset_s: float = 0.0,
    span_s: tuple[float, float] = (0.0, 11.0),
    sources_ms: Sequence[float] = (-9.0, 14.0),
    circles: Mapping[str, float] | None = None,
) -> dict[str, object]:
    """Return evidence as of a pair that agrees but for every fifth second.

    Args:
        used: whether placements rest on it.
        why_not: if not, why.
        offset_s: the pair's offset.
        span_s: the common stretch in media time of the second recording.
        sources_ms: offsets of the sources against the pair's offset.
        circles: third recordings, and by how many seconds the circle with each misses its start.
    """
    first, last = span_s
    seconds = [first + k for k in range(int(last - first))]
    agreeing = [t for k, t in enumerate(seconds) if k % 5 != 4]
    off = [None if k % 5 == 4 else sources_ms[k % len(sources_ms)] + 0.4 * cos(k) for k in range(len(seconds))]
    counted = {"agreeing_s": len(agreeing), "looked_s": len(seconds), "nats": 2.0 * len(agreeing)}
    piece = {
        "a_from_s": first + offset_s,
        "a_to_s": last + offset_s,
        "b_from_s": first,
        "b_to_s": last,
        "agreeing_s": agreeing,
        "windows": {"b_s": seconds, "off_ms": [None if x is None else round(x, 2) for x in off]},
    }
    lags = [-125 + 1.5 * k for k in range(167)]
    heights = [max(0.0, sum(18 * exp(-(((x - s) / 3) ** 2)) for s in sources_ms) + 1.2 * cos(x)) for x in lags]
    return {
        "used": used,
        "why_not": None if used else why_not,
        "kinds": ["landmarks", "envelope", "phase"] if used else ["landmarks"],
        "landmarks": counted,
        "envelope": counted,
        "phase": counted,
        "repeated_share": 0.02,
        "tonal_share": 0.04,
        "triangles_closed": len(circles or {}),
        "source_offsets_s": [round(offset_s + x / 1000, 6) for x in sources_ms],
        "pieces": [piece],
        "residual_s": 0.004 if used else None,
        "cycles": [{"with": third, "closes_s": closes} for third, closes in (circles or {}).items()],
        "profile": {
            "at_s": (first + last) / 2,
            "from_s": round(offset_s - 0.125, 6),
            "step_s": 0.0015,
            "tenths": [round(10 * x) for x in heights],
        },
    }
