"""A small set with known truth: two recordings of one incident and a stranger who heard the same song."""

from __future__ import annotations

from benchmarks.syncing.truth import Common, Known, Pair, Truth

from everyangle.core.time import ClockMap


def known_set() -> Truth:
    """Two recordings that overlap from 20 to 90 s and heard a voice 80 ms apart; a third of elsewhere."""
    a = Known("a", "street", ClockMap(0.0), 90.0)
    b = Known("b", "street", ClockMap(20.0), 100.0)
    c = Known("c", "elsewhere", ClockMap(0.0), 60.0)
    pair = Pair(a, b, (Common("talker", "voice", -0.08, -0.08), Common("siren", "siren", 0.0, 0.0)), (4.0,))
    return Truth({"a": a, "b": b, "c": c}, (pair,), {frozenset("ac"): "song"})
