"""Clocks from measured relations: robust weighted least squares of offsets, rates and lost stretches, with errors.

The relation of two clocks that sound gives is wrong by the sound's travel time to one recorder less that to the other.
That error does not average out over a pair's seconds, and it has a heavy tail: it is modelled for each pair, and the
stated error never falls below what one source at an unknown place leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyangle.core.time import ClockMap, Jump

F64 = npt.NDArray[np.float64]

PROPAGATION_S = 0.1
"""Half-width of a 95 % interval of the difference of travel times to two recorders (34 m of path), one source heard."""

RATE_PPM = 50.0
_JUMP_ERROR_S = 0.01


@dataclass(frozen=True, slots=True)
class Point:
    """At ``t_a`` of node ``a`` and ``t_b`` of node ``b`` the same sound was heard.

    Attributes:
        a: a node.
        b: another node.
        t_a: seconds of a's clock.
        t_b: seconds of b's clock.
        error_s: standard error of the measurement itself.
        stretch: names the stretch of a pair that it comes from: points of one stretch share their travel-time error.
    """

    a: int
    b: int
    t_a: float
    t_b: float
    error_s: float
    stretch: tuple[int, int]


def clocks(
    nodes: Sequence[int],
    anchor: int,
    points: Sequence[Point],
    propagation_s: Mapping[int, float],
    jumps: Mapping[int, Sequence[Jump]],
) -> dict[int, ClockMap]:
    """Return each node's clock against the anchor's.

    Args:
        nodes: the nodes of one group, connected by points.
        anchor: one of them; its offset is 0, its rate 1.
        points: relations within the group.
        propagation_s: for each pair, the half-width of a 95 % interval of its travel-time error.
        jumps: for each node, its lost stretches; their lengths are refined.
    """
    layout = _Layout.of(nodes, anchor, jumps, sorted({p.stretch for p in points}))
    rows, values, weights = _system(layout, points, propagation_s)
    solution, covariance = _robust(rows, values, weights, len(points))
    result = {anchor: _with_jumps(layout, anchor, 0.0, 0.0, 0.0, solution)}
    for node in nodes:
        if node != anchor:
            at = layout.offset[node]
            spread = 1.96 * float(np.sqrt(max(covariance[at, at], 0.0)))
            floor = min((propagation_s[p.stretch[0]] for p in points if node in (p.a, p.b)), default=PROPAGATION_S)
            error = max(spread, floor)
            result[node] = _with_jumps(
                layout, node, float(solution[at]), float(solution[layout.rate[node]]), error, solution
            )
    return result


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column of the system stands for what."""

    offset: dict[int, int]
    rate: dict[int, int]
    jump: dict[tuple[int, int], int]
    stretch: dict[tuple[int, int], int]
    jumps: Mapping[int, Sequence[Jump]]
    width: int

    @classmethod
    def of(
        cls,
        nodes: Sequence[int],
        anchor: int,
        jumps: Mapping[int, Sequence[Jump]],
        stretches: Sequence[tuple[int, int]],
    ) -> _Layout:
        free = [n for n in nodes if n != anchor]
        offset = {n: k for k, n in enumerate(free)}
        rate = {n: len(free) + k for k, n in enumerate(free)}
        names = [(n, k) for n in nodes for k in range(len(jumps.get(n, ())))]
        jump = {name: 2 * len(free) + k for k, name in enumerate(names)}
        start = 2 * len(free) + len(names)
        return cls(offset, rate, jump, {s: start + k for k, s in enumerate(stretches)}, jumps, start + len(stretches))


def _system(layout: _Layout, points: Sequence[Point], propagation_s: Mapping[int, float]) -> tuple[F64, F64, F64]:
    """Return rows, values and standard errors; the priors stand below the points."""
    rows = np.zeros((len(points) + layout.width, layout.width))
    values = np.zeros(len(rows))
    errors = np.ones(len(rows))
    for row, point in enumerate(points):
        for node, t, sign in ((point.a, point.t_a, 1.0), (point.b, point.t_b, -1.0)):
            if node in layout.offset:
                rows[row, layout.offset[node]] = sign
                rows[row, layout.rate[node]] = sign * t * 1e-6
            for k, jump in enumerate(layout.jumps.get(node, ())):
                if jump.at_s <= t:
                    rows[row, layout.jump[node, k]] = sign
        rows[row, layout.stretch[point.stretch]] = 1.0
        values[row] = point.t_b - point.t_a
        errors[row] = point.error_s
    base = len(points)
    np.fill_diagonal(rows[base:], 1.0)
    for column in layout.offset.values():
        errors[base + column] = 1e7
    for column in layout.rate.values():
        errors[base + column] = RATE_PPM
    for (node, k), column in layout.jump.items():
        values[base + column] = layout.jumps[node][k].lost_s
        errors[base + column] = _JUMP_ERROR_S
    for (pair, _), column in layout.stretch.items():
        errors[base + column] = propagation_s[pair] / 1.96
    return rows, values, errors


def _robust(rows: F64, values: F64, errors: F64, points: int) -> tuple[F64, F64]:
    """Return the solution and its covariance, outlying points and travel times weighed down (Cauchy)."""
    free: F64 = np.ones(len(rows))
    solution: F64 = np.zeros(rows.shape[1])
    for _ in range(12):
        root = np.sqrt(free) / errors
        solution = np.asarray(np.linalg.lstsq(rows * root[:, None], values * root, rcond=1e-14)[0], np.float64)
        residual = (rows @ solution - values) / errors
        free = 1 / (1 + (residual / 3.0) ** 2)
        free[points:] = np.where(errors[points:] < 1.0, free[points:], 1.0)
    weighed = rows * (np.sqrt(free) / errors)[:, None]
    covariance = np.linalg.pinv(weighed.T @ weighed, rcond=1e-18, hermitian=True)
    return np.asarray(solution, np.float64), np.asarray(covariance, np.float64)


def _with_jumps(layout: _Layout, node: int, offset: float, ppm: float, error: float, solution: F64) -> ClockMap:
    jumps = tuple(
        Jump(jump.at_s, float(solution[layout.jump[node, k]])) for k, jump in enumerate(layout.jumps.get(node, ()))
    )
    return ClockMap(offset, 1 + ppm * 1e-6, error, jumps)
