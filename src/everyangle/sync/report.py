"""What is told of the solution: each pair as an alignment with its evidence, and why a recording stands alone."""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.core.alignment import Alignment, Verdict
from everyangle.sync.agree import Pair, own_time, spread_s
from everyangle.sync.check import ONE_SOURCE, main_piece
from everyangle.sync.cycles import Fit
from everyangle.sync.features import Features
from everyangle.sync.graph import TOO_LITTLE
from everyangle.sync.jumps import line_lag
from everyangle.sync.pictures import profile_of, windows_of
from everyangle.sync.times import Prior

SHORTEST_S = 4.0


def alignment_of(
    pair: Pair,
    *,
    swapped: bool,
    used: bool,
    why: str,
    closed: int,
    fit: Fit | None = None,
    prior: Prior | None = None,
) -> Alignment:
    """Return a pair's alignment, the other way round if ``swapped``.

    Args:
        pair: a pair with something in common.
        swapped: whether ``b`` stands before ``a`` in input order.
        used: whether the placements rest on it.
        why: why not, in words, or an empty string.
        closed: how many triangles with other recordings it closes.
        fit: how it fits the solved clocks, if it is used.
        prior: what files' times say of it, where sound leaves it open.
    """
    finding, main = pair.finding, main_piece(pair.match)
    verdict = finding.verdict or (Verdict.SAME_EVENT if used else Verdict.AMBIGUOUS)
    if verdict is Verdict.SAME_EVENT and not used and not finding.sure:
        verdict = Verdict.REPLAYED_CONTENT if finding.why == ONE_SOURCE else Verdict.AMBIGUOUS
    slope = main.phase.slope if main.phase is not None else main.line.slope
    at_zero = line_lag(main, 0.0)
    lags = tuple(at_zero if k == 0 else lag for k, lag in enumerate(finding.lags_s)) or (at_zero,)
    if swapped:
        rate = 1 / (1 + slope)
        lags = tuple(-lag * rate for lag in lags)
        slope = rate - 1
    return Alignment(
        a=pair.b if swapped else pair.a,
        b=pair.a if swapped else pair.b,
        verdict=verdict,
        offset_s=None if verdict is Verdict.AMBIGUOUS and not (prior and prior.decided) else lags[0],
        drift_ppm=slope * 1e6,
        error_s=spread_s(pair),
        overlap_s=pair.match.overlap_s,
        score=finding.score,
        offsets_s=lags,
        period_s=finding.period_s if verdict is Verdict.AMBIGUOUS else None,
        evidence={
            **_evidence(pair, swapped=swapped, used=used, why=_why_not(why, finding.why), closed=closed),
            **_fit(fit, swapped=swapped),
            "prior": None if prior is None else _prior(prior, swapped=swapped),
            "profile": profile_of(main, swapped=swapped),
        },
    )


def _why_not(grouping: str, judging: str) -> str:
    """Return why a pair is not used: what judging it found tells more than that it was too little."""
    return judging if judging and grouping in ("", TOO_LITTLE) else grouping


def _evidence(pair: Pair, *, swapped: bool, used: bool, why: str, closed: int) -> dict[str, object]:
    pieces = pair.match.pieces
    main = main_piece(pair.match)
    phase = main.phase
    a, b = (pair.b, pair.a) if swapped else (pair.a, pair.b)
    return {
        "used": used,
        "why_not": None if used else why,
        "kinds": list(pair.finding.kinds),
        "landmarks": _counted([(p.landmarks.agreeing, p.landmarks.looked, p.landmarks.nats) for p in pieces]),
        "envelope": _counted([(p.envelope.agreeing, p.envelope.looked, p.envelope.nats) for p in pieces]),
        "phase": _counted([(p.phase.agreeing, p.phase.windows, p.phase_nats) for p in pieces if p.phase is not None]),
        "repeated_share": round(main.repeated, 3),
        "tonal_share": round(main.tonal, 3),
        "triangles_closed": closed,
        "source_offsets_s": [] if phase is None else sorted(round(-x if swapped else x, 6) for x in phase.sources_s),
        "pieces": [
            {
                "a_from_s": round(own_time(pair, p, a, p.first_s), 3),
                "a_to_s": round(own_time(pair, p, a, p.last_s), 3),
                "b_from_s": round(own_time(pair, p, b, p.first_s), 3),
                "b_to_s": round(own_time(pair, p, b, p.last_s), 3),
                "agreeing_s": [round(own_time(pair, p, b, float(s)), 3) for s in p.seconds],
                "windows": windows_of(pair, p, swapped=swapped),
            }
            for p in pieces
        ],
    }


def _prior(prior: Prior, *, swapped: bool) -> dict[str, object]:
    sign = -1 if swapped else 1
    return {
        "source": prior.source,
        "offset_s": round(sign * prior.lag_s, 3) + 0.0,
        "gap_s": round(sign * prior.weighed.gap_s, 3) + 0.0,
        "zone_shift_s": round(sign * prior.weighed.shift_s),
        "log_odds": round(prior.weighed.log_odds, 2) + 0.0,
        "share": round(prior.share, 3),
        "agrees": prior.agrees,
        "decided": prior.decided or None,
    }


def _fit(fit: Fit | None, *, swapped: bool) -> dict[str, object]:
    sign = -1 if swapped else 1
    if fit is None:
        return {"residual_s": None, "cycles": []}
    return {
        "residual_s": round(sign * fit.residual_s, 6) + 0.0,
        "cycles": [{"with": c.third, "closes_s": round(sign * c.closes_s, 6) + 0.0} for c in fit.cycles],
    }


def _counted(parts: Sequence[tuple[int, int, float]]) -> dict[str, object]:
    return {
        "agreeing_s": sum(p[0] for p in parts),
        "looked_s": sum(p[1] for p in parts),
        "nats": round(sum(p[2] for p in parts), 1),
    }


def reason_of(name: str, features: Features | None, pairs: Sequence[tuple[Pair, str]], others: int) -> str:
    """Return why a recording stands alone, in words.

    Args:
        name: its id.
        features: its features, or None if it has no sound.
        pairs: its pairs with something in common, each with why it was not used.
        others: how many other recordings have sound.
    """
    if features is None:
        return "it has no sound"
    if features.silent:
        return "its sound is silence"
    if features.duration_s < SHORTEST_S:
        return f"its sound is too short to compare ({features.duration_s:.1f} s)"
    if not others:
        return "there is no other recording with sound"
    if not pairs:
        return "it has nothing in common with the other recordings"
    pair, why = max(pairs, key=lambda p: (p[0].finding.score, p[0].a, p[0].b))
    other = pair.b if pair.a == name else pair.a
    match pair.finding.verdict:
        case Verdict.REPLAYED_CONTENT:
            return f"it has only content in common with {other} that can be replayed anywhere: {pair.finding.why}"
        case Verdict.AMBIGUOUS:
            return f"its place against {other} is ambiguous: {pair.finding.why}"
        case _:
            return f"what it has in common with {other} was not used: {why or 'too little evidence'}"
