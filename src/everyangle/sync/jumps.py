"""Where a recording lost a stretch: a change of lag, and for each moment how well it explains what was heard.

Looks at one pair at a time; :mod:`everyangle.sync.agree` adds up what the pairs of one recording say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from everyangle.sync.match import Match, Piece
from everyangle.sync.phase import PROFILE_STEP_S
from everyangle.sync.spectra import Sound
from everyangle.sync.travel import source_lags
from everyangle.sync.turning import CURVE_STEP_S, turning_curve

LEAST_S = 0.2
_CURVE_REACH_S = 5.0
_MOST_REACH_S = 15.0
_SAME_SOURCE_S = 0.0015
_SOURCES_S = 0.12
_BACKWARD_S = 1.0
_FIRM_NATS = 5.0
_FEW_REPEATED = 0.3
_MUCH_REPEATED = 0.5
_NOVEL_NATS = 25.0
_SAME_VERSE_S = 0.1
_DISTINCT_NATS = 15.0


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost stretch seen by one pair.

    Attributes:
        first: whether the first recording of the pair (``a``) lost it, else the second.
        at_s: media time of the recording that lost it.
        lost_s: how much it lost, seconds.
        nats: evidence on the weaker side.
        firm: whether both sides stand on two kinds of evidence and much does not repeat: one pair is then enough.
        other_s: media time of the other recording at that moment.
        first_step: the step (of :data:`CURVE_STEP_S`, media time of the recording that lost it) of the curve's start.
        curve: how well a loss at each step explains the sound around it, nats up to a constant.
    """

    first: bool
    at_s: float
    lost_s: float
    nats: float
    firm: bool
    other_s: float
    first_step: int = 0
    curve: tuple[float, ...] = ()


def line_lag(piece: Piece, t_b: float) -> float:
    """Return the finest known lag of a piece at a media time of ``b``."""
    if piece.phase is None:
        return piece.line.at(t_b)
    return piece.phase.lag_s + piece.phase.slope * (t_b - piece.phase.centre_s)


def forward_only(found: Match, self_lags_s: Sequence[float] = ()) -> Match:
    """Return the match without pieces that would need time to run backwards, or that rest on repeated content.

    A piece in which much repeats is kept where what does not repeat agrees by itself, at a lag that is not off by
    anything at which a recording repeats itself: then the change of lag is no change of verse.

    Args:
        found: the match.
        self_lags_s: lags at which either recording repeats itself.
    """
    if len(found.pieces) < 2:
        return found
    best = max(found.pieces, key=lambda p: (p.nats, -p.first_s))
    kept = [best]
    for piece in sorted(found.pieces, key=lambda p: (-p.nats, p.first_s)):
        if piece is best or piece.nats < 10 or not _apart_from_repeats(piece, kept, self_lags_s):
            continue
        if all(_in_order(piece, other) for other in kept):
            kept.append(piece)
    kept.sort(key=lambda p: p.first_s)
    return replace(found, pieces=tuple(kept), overlap_s=sum(p.last_s - p.first_s for p in kept))


def _apart_from_repeats(piece: Piece, others: Sequence[Piece], self_lags_s: Sequence[float]) -> bool:
    if piece.repeated <= _MUCH_REPEATED:
        return True
    changes = [abs(piece.line.lag_s - other.line.lag_s) for other in others]
    verse = any(abs(change - lag) < _SAME_VERSE_S for change in changes for lag in self_lags_s)
    return not verse and piece.landmarks.nats + piece.envelope.nats >= _NOVEL_NATS


def _in_order(one: Piece, other: Piece) -> bool:
    before, after = (one, other) if one.first_s < other.first_s else (other, one)
    jump = abs(line_lag(after, after.first_s) - line_lag(before, before.last_s))
    end_a = before.last_s + line_lag(before, before.last_s)
    start_a = after.first_s + line_lag(after, after.first_s)
    return start_a >= end_a - _BACKWARD_S - min(jump, 10.0) and jump >= LEAST_S


def lost_stretches(found: Match, sound_a: Sound, sound_b: Sound) -> tuple[Lost, ...]:
    """Return the lost stretches between a match's pieces: a lag that grows means that ``b`` lost something."""
    result = []
    for before, after in zip(found.pieces, found.pieces[1:], strict=False):
        at_b = (before.last_s + after.first_s) / 2
        old, new = line_lag(before, at_b), line_lag(after, at_b)
        change = new - old + _shift(before, after, at_b)
        nats = min(before.nats, after.nats)
        firm = _firm(before) and _firm(after)
        first, near = change < 0, at_b + old if change < 0 else at_b
        whole, lossy = (sound_b, sound_a) if first else (sound_a, sound_b)
        sides = _sides(before, after, at_b, change, -1 if first else 1)
        begin, end = (t + (near - at_b) for t in _unsure(before, after, at_b))
        sure = (before.first_s + (near - at_b), after.last_s + (near - at_b))
        step, curve = turning_curve(whole, lossy, near, (begin, end), sure, sides)
        at = (step + int(np.argmax(curve))) * CURVE_STEP_S
        other = at - old if first else at + old
        result.append(Lost(first, at, abs(change), nats, firm, other, step, curve))
    return tuple(result)


def _firm(piece: Piece) -> bool:
    kinds = (piece.all_landmarks.nats, piece.envelope.nats, piece.phase_nats)
    distinct = piece.repeated < _FEW_REPEATED or piece.landmarks.nats >= _DISTINCT_NATS
    return sum(nats >= _FIRM_NATS for nats in kinds) >= 2 and distinct


def _shift(before: Piece, after: Piece, t_b: float) -> float:
    """Return how much further apart two pieces are than their lags say, by the sources that both hear.

    A lag is the middle of the sources that happened to be heard; the profiles over lags show them all.
    """
    if before.phase is None or after.phase is None:
        return 0.0
    one, other = (np.maximum(np.array(p.profile) - 3.0, 0.0) for p in (before.phase, after.phase))
    if not one.any() or not other.any():
        return 0.0
    start, end = (
        p.phase.profile_from_s + p.phase.slope * (t_b - p.phase.centre_s) - line_lag(p, t_b)
        for p in (before, after)
        if p.phase is not None
    )
    product = np.correlate(other, one, "full")
    lags = (np.arange(len(product)) - (len(one) - 1)) * PROFILE_STEP_S + end - start
    product = np.where(np.abs(lags) <= _SOURCES_S, product, 0.0)
    best = int(np.argmax(product))
    return float(lags[best]) if product[best] > 0 else 0.0


def _sides(before: Piece, after: Piece, t_b: float, change: float, sign: int) -> tuple[tuple[float, ...], ...]:
    """Return the lags of all sources before and after a change, negated for the way from ``a`` to ``b``."""
    lags: list[float] = []
    for lag in sorted([*_sources(before, t_b), *(lag - change for lag in _sources(after, t_b))]):
        if not lags or lag - lags[-1] > _SAME_SOURCE_S:
            lags.append(lag)
    return tuple(sign * lag for lag in lags), tuple(sign * (lag + change) for lag in lags)


def _sources(piece: Piece, t_b: float) -> tuple[float, ...]:
    """Return the sources' lags at a media time of ``b``."""
    if piece.phase is None:
        return (line_lag(piece, t_b),)
    return tuple(lag + piece.phase.slope * (t_b - piece.phase.centre_s) for lag in source_lags(piece.phase))


def _unsure(before: Piece, after: Piece, t_b: float) -> tuple[float, float]:
    """Return the media times of ``b`` between which a change may lie: five seconds around, or more by landmarks."""
    last = min(before.seconds[-1] if before.seconds else t_b, t_b - _CURVE_REACH_S)
    first = max(after.seconds[0] + 1.0 if after.seconds else t_b, t_b + _CURVE_REACH_S)
    return max(last, t_b - _MOST_REACH_S, before.first_s), min(first, t_b + _MOST_REACH_S, after.last_s)
