"""How far the travel time of sound leaves clocks open: what distances are likely, and what pairs tell of them.

Two recorders hear the same sound at moments that differ by the difference of its ways to them. All that one recorder
hears is late by about its distance from where things happen, so the error of its clock is the same in all its pairs:
circles of pairs close to a few milliseconds although the clocks are off, and more pairs do not average it away. Only
what differs from pair to pair (which of several sources sounded in their overlap) does. So an interval has two
parts: the ways to the recording and to the anchor, given here, and what :mod:`everyangle.sync.solve` measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt

import numpy as np

from everyangle.sync.match import Piece
from everyangle.sync.phase import PROFILE_STEP_S, Phase

WAY_S = 0.06
"""Half-width of a 95 % interval of what one recorder hears too late against the others, whatever pairs show: 21 m.

An assumption about where people stand, not a measurement: of recorders that heard the same things, their distances from
those things lie within about 21 m of each other, for two recorders within 29 m of path (:data:`WAY_S` times the root of
two). Set with :data:`WAY_OF_SPREAD` so that intervals cover 95 to 96 % on simulated scenes of several kinds (streets,
rooms, crowds; recorders up to 70 m off) that were made for development only.
"""

WAY_OF_SPREAD = 2.5
"""How much a half-width grows with the spread of sources: where sources lie far apart, recorders do, too.

Of the spreads of all pairs of a component (half the range of the lags of the sources told apart) the root of the mean
square counts; times this, it is added to :data:`WAY_S` in quadrature.
"""

_PHASE_LEVEL_S = 0.004
_OTHER_LEVEL_S = 0.02
_SOURCE_ENERGY = 8.0
_SOURCE_SHARE = 0.2
_MOST_SOURCES = 6
_APART_STEPS = 4


def source_lags(phase: Phase) -> tuple[float, ...]:
    """Return the lags at the centre of all sources that a piece's profile shows, ascending, two milliseconds apart.

    :attr:`Phase.sources_s` has those that lead in some windows; a source that always sounds with another is here too.
    """
    left = np.array(phase.profile)
    least = max(_SOURCE_ENERGY, _SOURCE_SHARE * float(left.max(initial=0.0)))
    found: list[float] = []
    while len(found) < _MOST_SOURCES and left.max(initial=0.0) >= least:
        at = int(np.argmax(left))
        found.append(phase.profile_from_s + at * PROFILE_STEP_S)
        left[max(0, at - _APART_STEPS) : at + _APART_STEPS + 1] = 0.0
    return tuple(sorted(found)) or phase.sources_s


def has_phase(piece: Piece) -> bool:
    """Return whether phase correlation places a piece."""
    return piece.phase is not None and piece.phase_nats > 0


def level_s(piece: Piece) -> float:
    """Return the standard deviation of what a piece adds to its two recorders' own travel times.

    It is what the recorders' other pairs do not share: the choice of sources that sounded just then; and, where the
    waveform could not be compared, the coarseness of landmarks.
    """
    return _PHASE_LEVEL_S if has_phase(piece) else _OTHER_LEVEL_S


def way_s(pieces: Sequence[Piece]) -> float:
    """Return the half-width of a 95 % interval of the mean travel time to each recorder of a component.

    Args:
        pieces: the longest piece of each pair of the component; those without phase say nothing of spread.
    """
    lags = [source_lags(piece.phase) for piece in pieces if piece.phase is not None]
    if not lags:
        return WAY_S
    spread = sqrt(sum(((each[-1] - each[0]) / 2) ** 2 for each in lags) / len(lags))
    return hypot(WAY_S, WAY_OF_SPREAD * spread)


def offset_half_width_s(piece: Piece) -> float:
    """Return the half-width of a 95 % interval of one pair's offset as a relation of two clocks."""
    return hypot(way_s([piece]), way_s([piece]), 1.96 * level_s(piece))
