"""What pairs say of one recording, brought together: its lost stretches, and the points at which clocks meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from everyangle.core.alignment import Verdict
from everyangle.core.time import ClockMap, Jump
from everyangle.sync.check import Finding, main_piece
from everyangle.sync.jumps import Lost, line_lag
from everyangle.sync.match import Match, Piece
from everyangle.sync.solve import Tie
from everyangle.sync.travel import has_phase, level_s, offset_half_width_s
from everyangle.sync.turning import CURVE_STEP_S

_SAME_PLACE_S = 6.0
_SAME_LENGTH_S = 0.3
_SAME_REGION_S = 15.0
_EXACTLY_S = 0.06
_LANDMARK_ERROR_S = 0.02
_PHASE_ERROR_S = 0.0001
SLACK = 1e-4
"""How far two clocks may drift apart before their rates are known, seconds a second."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two recordings compared, ``a`` before ``b`` in canonical order.

    Attributes:
        a: id of the first.
        b: id of the second.
        match: what comparing measured.
        finding: the judgement.
        lost: lost stretches that the pair shows.
    """

    a: str
    b: str
    match: Match
    finding: Finding
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class _Vote:
    """What one pair says of one recording: that it lost a stretch."""

    name: str
    pair: Pair
    lost: Lost


def agreed_jumps(pairs: Sequence[Pair]) -> dict[str, tuple[Jump, ...]]:
    """Return each recording's lost stretches that its pairs support more than they oppose.

    What most pairs see is believed first. Where both recordings of a pair lost something at about the same time, the
    pair sees the difference: what it says is set aside once one of the two losses is believed.
    """
    votes: dict[str, list[_Vote]] = {}
    of: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.finding.verdict is Verdict.SAME_EVENT:
            for name in (pair.a, pair.b):
                of.setdefault(name, []).append(pair)
            for lost in pair.lost:
                name = pair.a if lost.first else pair.b
                votes.setdefault(name, []).append(_Vote(name, pair, lost))
    found = [group for name in sorted(votes) for group in _alike(votes[name])]
    found.sort(key=lambda group: (-len(group), -sum(v.lost.nats for v in group)))
    kept: dict[str, list[Jump]] = {}
    for group in found:
        left = [v for v in group if not _explained(v, kept)]
        if not left:
            continue
        name, seen = left[0].name, [v.lost for v in left]
        total = sum(x.nats for x in seen)
        jump = Jump(most_likely_s(seen), sum(x.lost_s * x.nats for x in seen) / total)
        believed = len(seen) > 1 or seen[0].firm
        if believed and total > _opposition(name, jump.at_s, of[name]):
            kept.setdefault(name, []).append(jump)
    return {name: tuple(sorted(jumps)) for name, jumps in sorted(kept.items())}


def _alike(votes: Sequence[_Vote]) -> list[list[_Vote]]:
    """Return one recording's votes in groups that mean the same loss, at most one of each pair."""
    groups = []
    left = sorted(votes, key=lambda v: (-v.lost.nats, v.lost.at_s, v.lost.lost_s))
    while left:
        first = left[0]
        group: list[_Vote] = []
        others: list[_Vote] = []
        pairs: set[tuple[str, str]] = set()
        for vote in left:
            which = (vote.pair.a, vote.pair.b)
            if which not in pairs and _same(vote.lost, first.lost):
                pairs.add(which)
                group.append(vote)
            else:
                others.append(vote)
        groups.append(group)
        left = others
    return groups


def _explained(vote: _Vote, kept: Mapping[str, Sequence[Jump]]) -> bool:
    """Return whether a loss of either recording that is believed already lies where a pair sees a change."""
    lost = vote.lost
    other = vote.pair.b if lost.first else vote.pair.a
    places = ((vote.name, lost.at_s), (other, lost.other_s))
    return any(abs(jump.at_s - at) < _SAME_PLACE_S for name, at in places for jump in kept.get(name, ()))


def most_likely_s(found: Sequence[Lost]) -> float:
    """Return the media time at which a loss that several pairs saw explains them best together."""
    curves = [lost for lost in found if lost.curve]
    if not curves:
        return sum(lost.at_s * lost.nats for lost in found) / sum(lost.nats for lost in found)
    first = min(lost.first_step for lost in curves)
    last = max(lost.first_step + len(lost.curve) for lost in curves)
    total = np.zeros(last - first)
    for lost in curves:
        start = lost.first_step - first
        total += np.pad(np.array(lost.curve), (start, len(total) - start - len(lost.curve)), mode="edge")
    return (first + int(np.argmax(total))) * CURVE_STEP_S


def _same(one: Lost, other: Lost) -> bool:
    near, alike = abs(one.at_s - other.at_s), abs(one.lost_s - other.lost_s)
    return (near < _SAME_PLACE_S and alike < _SAME_LENGTH_S) or (near < _SAME_REGION_S and alike < _EXACTLY_S)


def _opposition(name: str, at_s: float, pairs: Sequence[Pair]) -> float:
    """Return the evidence of a recording's pairs in which it runs on at one lag over the supposed lost stretch."""
    against = 0.0
    for pair in pairs:
        for piece in pair.match.pieces:
            first, last = own_span(pair, piece, name)
            seconds = [own_time(pair, piece, name, s + 0.5) for s in piece.seconds]
            before, after = sum(s < at_s - 1 for s in seconds), sum(s > at_s + 1 for s in seconds)
            if first + 4 < at_s < last - 4 and min(before, after) >= 4:
                against += piece.nats * min(before, after) / max(1, len(seconds))
    return against


def own_time(pair: Pair, piece: Piece, name: str, t_b: float) -> float:
    """Return the media time of one of the pair's recordings at a media time of ``b``."""
    return t_b if name == pair.b else t_b + line_lag(piece, t_b)


def own_span(pair: Pair, piece: Piece, name: str) -> tuple[float, float]:
    """Return a piece's start and end in the media time of one of the pair's recordings."""
    return own_time(pair, piece, name, piece.first_s), own_time(pair, piece, name, piece.last_s)


def spread_s(pair: Pair) -> float:
    """Return the half-width of a 95 % interval of the pair's offset as a relation of the two clocks."""
    return offset_half_width_s(main_piece(pair.match))


def unlost(t: float, jumps: Sequence[Jump]) -> float:
    """Return a media time with the lost stretches before it put back."""
    return t + sum(j.lost_s for j in jumps if j.at_s <= t)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A point of two recordings' media times at which the same sound was heard, and its standard error."""

    t_a: float
    t_b: float
    error_s: float


def meetings(piece: Piece) -> tuple[Meeting, Meeting]:
    """Return the two points that carry as much as the piece's fitted line does."""
    half = (piece.last_s - piece.first_s) / 12**0.5
    centre = (piece.last_s + piece.first_s) / 2
    error = _LANDMARK_ERROR_S
    if piece.phase is not None and has_phase(piece):
        error = max(_PHASE_ERROR_S, piece.phase.slope_error / 1.96 * half * 2**0.5)
    first, second = (Meeting(t + line_lag(piece, t), t, error) for t in (max(0.0, centre - half), centre + half))
    return first, second


def trimmed(pair: Pair, jumps_a: Sequence[Jump], jumps_b: Sequence[Jump]) -> tuple[Piece, ...]:
    """Return the pair's pieces cut back to the side of each lost stretch on which their agreeing seconds lie."""
    return tuple(_trimmed(piece, jumps_a, jumps_b) for piece in pair.match.pieces)


def _trimmed(piece: Piece, jumps_a: Sequence[Jump], jumps_b: Sequence[Jump]) -> Piece:
    low, high = piece.first_s, piece.last_s
    seconds = piece.seconds or (int((low + high) / 2),)
    middle = seconds[len(seconds) // 2] + 0.5
    edges = [jump.at_s for jump in jumps_b]
    edges += [jump.at_s - line_lag(piece, jump.at_s - piece.line.lag_s) for jump in jumps_a]
    for edge in edges:
        if low < edge <= middle:
            low = edge
        elif middle < edge < high:
            high = edge - 1e-6
    return replace(piece, first_s=low, last_s=high)


def pair_ties(nodes: tuple[int, int], clock_a: ClockMap, clock_b: ClockMap, pieces: Sequence[Piece]) -> list[Tie]:
    """Return a pair's relations between the nodes that its recordings rest on, one a piece."""
    result = []
    for piece in pieces:
        first, last = meetings(piece)
        ends = [(clock_a.event_from_media(m.t_a), clock_b.event_from_media(m.t_b)) for m in (first, last)]
        result.append(Tie(*nodes, ends[0], ends[1], first.error_s, level_s(piece)))
    return result


def consistent_pieces(pieces: Sequence[Piece], offsets: Sequence[float]) -> tuple[list[Piece], float]:
    """Return the pieces that agree with the longest one once lost stretches are put back, and the offset that it gives.

    Args:
        pieces: a pair's pieces.
        offsets: the offset that each gives.
    """
    longest = max(range(len(pieces)), key=lambda k: (pieces[k].last_s - pieces[k].first_s, -k))
    base = offsets[longest]
    return [p for p, offset in zip(pieces, offsets, strict=True) if abs(offset - base) < _SAME_LENGTH_S], base
