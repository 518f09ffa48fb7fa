"""Pairs two lists, each member once, so that the weights of the pairs sum up to most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

A = TypeVar("A")
B = TypeVar("B")


def paired(these: Sequence[A], those: Sequence[B], weight: Callable[[A, B], float]) -> list[tuple[int, int]]:
    """Return the indices of the pairs whose weight is above 0."""
    if not these or not those:
        return []
    weights = np.array([[weight(a, b) for b in those] for a in these])
    rows, columns = linear_sum_assignment(-weights)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return what two sets share of what they have together; 0 where both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def f1(right: int, gold: int, found: int) -> float:
    """Return F1 in percent."""
    return 200 * right / (gold + found) if gold + found else 0.0


def percent(part: int, of: int) -> float:
    """Return a share in percent."""
    return 100 * part / of if of else 0.0
