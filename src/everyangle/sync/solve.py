"""Clocks from measured relations: robust weighted least squares of offsets, rates and lost stretches, with errors.

Each relation is a stretch of two recordings on one line of lag. What its points share (the sound's travel time) is
integrated out: a stretch gives one equation for its level and one for its slope, so that the system has two unknowns a
recording and one a lost stretch, however many pairs there are. How far travel time leaves the clocks open although all
relations agree is no matter of this module: it arrives as a half-width for each recording (:mod:`~.travel`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import lapack
from scipy.sparse import csc_array, csr_array
from scipy.sparse.linalg import splu

from everyangle.core.time import ClockMap, Jump

F64 = npt.NDArray[np.float64]

RATE_PPM = 50.0
"""Standard deviation of a cheap clock's rate, parts per million."""

MOST_DENSE = 6000
"""Up to so many unknowns the system is solved as a dense one (288 MB); beyond, as a sparse one."""

_JUMP_ERROR_S = 0.01
_UNKNOWN_S = 1e5
_OUTLYING = 2.5
_ROUNDS = 15
_SETTLED_S = 1e-6
_BLOCK = 256
_HALF_WIDTHS = 1.96


@dataclass(frozen=True, slots=True)
class Tie:
    """A stretch in which two recordings heard the same sound: two points that carry as much as its fitted line.

    Attributes:
        a: a node.
        b: another node.
        first: seconds of a's clock and of b's clock, early in the stretch.
        last: the same, late in it.
        error_s: standard error of a point by itself: what averages out over a stretch.
        level_s: standard deviation of what both points share, over and above the recordings' own travel times.
    """

    a: int
    b: int
    first: tuple[float, float]
    last: tuple[float, float]
    error_s: float
    level_s: float


def clocks(
    anchor: int,
    ties: Sequence[Tie],
    spans: Mapping[int, tuple[float, float]],
    travel_s: Mapping[int, float],
    jumps: Mapping[int, Sequence[Jump]],
) -> dict[int, ClockMap]:
    """Return each node's clock against the anchor's.

    A clock's ``error_s`` covers every moment of the recording: what is measured (its far end included, where the rate
    has to reach), and the travel times to it and to the anchor.

    Args:
        anchor: a node; its offset is 0, its rate 1.
        ties: relations within the group; they connect all nodes.
        spans: for each node of the group, start and end of what rests on it, seconds of its own clock.
        travel_s: for each node, half-width of a 95 % interval of the mean travel time of what it hears.
        jumps: for each node, its lost stretches; their lengths are refined.
    """
    layout = _Layout.of(spans, anchor, jumps)
    solution, covariance = _robust(*_system(layout, ties))
    result = {}
    for node in spans:
        lost = tuple(
            Jump(jump.at_s, float(solution[layout.jump[node, k]])) for k, jump in enumerate(jumps.get(node, ()))
        )
        if node == anchor:
            result[node] = ClockMap(0.0, jumps=lost)
            continue
        at = layout.offset[node]
        measured = _HALF_WIDTHS * max(_deviation(covariance[at // 2], t) for t in spans[node])
        error = float(np.sqrt(measured**2 + travel_s[node] ** 2 + travel_s[anchor] ** 2))
        result[node] = ClockMap(float(solution[at]), 1 + float(solution[at + 1]) * 1e-6, error, lost)
    return result


def _deviation(covariance: F64, t: float) -> float:
    """Return the standard deviation of a clock at a time, from the covariance of its offset and rate."""
    way = np.array([1.0, t * 1e-6])
    return float(np.sqrt(max(0.0, way @ covariance @ way)))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column of the system stands for what; a node's rate stands after its offset, lost stretches at the end."""

    offset: dict[int, int]
    jump: dict[tuple[int, int], int]
    jumps: Mapping[int, Sequence[Jump]]

    @classmethod
    def of(cls, nodes: Mapping[int, object], anchor: int, jumps: Mapping[int, Sequence[Jump]]) -> _Layout:
        offset = {n: 2 * k for k, n in enumerate(n for n in nodes if n != anchor)}
        names = [(n, k) for n in nodes for k in range(len(jumps.get(n, ())))]
        return cls(offset, {name: 2 * len(offset) + k for k, name in enumerate(names)}, jumps)

    @property
    def width(self) -> int:
        return 2 * len(self.offset) + len(self.jump)


def _system(layout: _Layout, ties: Sequence[Tie]) -> tuple[csr_array, F64, int]:
    """Return rows and values in units of their standard errors, and how many rows can be outlying.

    Two rows a tie, then the priors: offsets as good as unknown, rates, lengths of lost stretches.
    """
    at: list[tuple[int, int, float]] = []
    values: list[float] = []
    for tie in ties:
        level = 1 / float(np.sqrt(tie.level_s**2 + tie.error_s**2 / 2))
        slope = 1 / float(np.sqrt(2) * tie.error_s)
        for weight, shares in ((level, (0.5, 0.5)), (slope, (-1.0, 1.0))):
            row, value = len(values), 0.0
            for node, sign, place in ((tie.a, weight, 0), (tie.b, -weight, 1)):
                for share, point in zip(shares, (tie.first, tie.last), strict=True):
                    at += [(row, c, sign * share * x) for c, x in _columns(layout, node, point[place])]
                    value -= sign * share * point[place]
            values.append(value)
    outlying = len(values)
    for column in layout.offset.values():
        at += [(len(values), column, 1 / _UNKNOWN_S), (len(values) + 1, column + 1, 1 / RATE_PPM)]
        values += [0.0, 0.0]
    for (node, k), column in layout.jump.items():
        at.append((len(values), column, 1 / _JUMP_ERROR_S))
        values.append(layout.jumps[node][k].lost_s / _JUMP_ERROR_S)
    rows, columns, entries = (np.array(x) for x in zip(*at, strict=True))
    return csr_array((entries, (rows, columns)), shape=(len(values), layout.width)), np.array(values), outlying


def _columns(layout: _Layout, node: int, t: float) -> list[tuple[int, float]]:
    """Return what a node's event time at a time of its clock depends on, without that time itself."""
    offset = layout.offset.get(node)
    found = [] if offset is None else [(offset, 1.0), (offset + 1, t * 1e-6)]
    lost = layout.jumps.get(node, ())
    return found + [(layout.jump[node, k], 1.0) for k, jump in enumerate(lost) if jump.at_s <= t]


def _robust(rows: csr_array, values: F64, outlying: int) -> tuple[F64, F64]:
    """Return the solution and each node's ``(2, 2)`` covariance of offset and rate, robust (Cauchy)."""
    weights: F64 = np.ones(rows.shape[0])
    solution: F64 = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        before = solution
        normal, right = _normal(rows, values, weights)
        solution = _solved(normal, right)
        residual = rows @ solution - values
        weights[:outlying] = 1 / (1 + (residual[:outlying] / _OUTLYING) ** 2)
        if np.abs(solution - before).max(initial=0.0) < _SETTLED_S:
            break
    return solution, _covariances(_normal(rows, values, weights)[0])


def _normal(rows: csr_array, values: F64, weights: F64) -> tuple[csc_array, F64]:
    weighed = rows.multiply(weights[:, None]).tocsr()
    return csc_array(rows.T @ weighed), np.asarray(weighed.T @ values, np.float64)


def _solved(normal: csc_array, right: F64) -> F64:
    if normal.shape[0] > MOST_DENSE:
        return np.asarray(splu(normal).solve(right), np.float64)
    _, solution, info = lapack.dposv(normal.toarray(), right, lower=1, overwrite_a=1)
    if info:
        raise np.linalg.LinAlgError("the relations do not determine the clocks")
    return np.asarray(solution, np.float64).reshape(-1)


def _covariances(normal: csc_array) -> F64:
    """Return the ``(2, 2)`` blocks of the inverse's diagonal; those after the nodes' mean nothing."""
    count = normal.shape[0] // 2
    blocks = np.zeros((count, 2, 2))
    if normal.shape[0] > MOST_DENSE:
        factor = splu(normal)
        for first in range(0, 2 * count, _BLOCK):
            last = min(first + _BLOCK, 2 * count)
            unit = np.zeros((normal.shape[0], last - first))
            unit[np.arange(first, last), np.arange(last - first)] = 1.0
            part = np.asarray(factor.solve(unit))[first:last].reshape(-1, 2, (last - first) // 2, 2)
            blocks[first // 2 : last // 2] = part[np.arange(len(part)), :, np.arange(len(part))]
        return blocks
    factor, _ = lapack.dpotrf(normal.toarray(), lower=1, overwrite_a=1)
    inverse, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    at = 2 * np.arange(count)
    blocks[:, 0, 0], blocks[:, 1, 1] = inverse[at, at], inverse[at + 1, at + 1]
    blocks[:, 0, 1] = blocks[:, 1, 0] = inverse[at + 1, at]
    return blocks
