"""Candidates of a whole collection: recordings joined in cells of bounded size, each finished cell kept.

A cell is some recordings against some others. Only pairs that no finished cell holds are joined.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from everyangle.ports.cache import Cache
from everyangle.ports.events import Advanced, Events, Finished, Started
from everyangle.ports.work import MEMORY, Memory, Work
from everyangle.stages.align_journal import UNREADABLE, GetFeatures, Journal
from everyangle.stages.align_memory import most_hashes
from everyangle.sync import SYNC_VERSION
from everyangle.sync.pairs import HINTS, Candidate, Joined, best_for_each, join

Bools = npt.NDArray[np.bool_]

_LEAST_HASHES = 2_500_000
_SHELVES = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    row_features: tuple[GetFeatures, ...]
    column_features: tuple[GetFeatures, ...]
    wanted: Bools


def joined(
    names: Sequence[str],
    features: Sequence[GetFeatures],
    hashes: Sequence[int],
    work: Work,
    cache: Cache,
    events: Events,
    memory: Memory = MEMORY,
) -> Joined:
    """Return what joining all recordings finds.

    Args:
        names: each recording's name in what is kept, in canonical order: what its sound is, no two alike.
        features: gives each recording's features.
        hashes: how many hashes each has.
        work: joins the cells.
        cache: keeps finished cells.
        events: is told of the step ``pairs``.
        memory: bounds what a worker holds.
    """
    number = {name.encode(): k for k, name in enumerate(names)}
    missing = np.triu(np.ones((len(names), len(names)), dtype=np.bool_), 1)
    journal = Journal(cache, f"join/{SYNC_VERSION}")
    parts = [part for data in journal.entries() if (part := _read(data, number, missing)) is not None]
    cells = list(_cells(hashes, missing, most_hashes(memory)))
    events(Started("pairs", len(cells), "blocks"))
    tasks = (
        _Cell(r, c, tuple(features[k] for k in r), tuple(features[k] for k in c), _wanted(missing, r, c))
        for r, c in cells
    )
    for (rows, columns), part in zip(cells, work.map(_join, tasks), strict=True):
        parts.append(part)
        journal.append(_written(part, names, rows, columns, _wanted(missing, rows, columns)))
        events(Advanced("pairs", 1))
    events(Finished("pairs"))
    return _together(parts)


def _wanted(missing: Bools, rows: Sequence[int], columns: Sequence[int]) -> Bools:
    """Return which pairs of a cell are missing, whichever of the two comes first."""
    return np.asarray(missing[np.ix_(rows, columns)] | missing[np.ix_(columns, rows)].T)


def _cells(hashes: Sequence[int], missing: Bools, most: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield cells that hold each missing pair once: new recordings together, those with the others, and the rest."""
    either = missing.sum(axis=0) + missing.sum(axis=1)
    new = [k for k in range(len(hashes)) if either[k] == len(hashes) - 1]
    fresh = list(_shelves(new, hashes, most))
    old = list(_shelves(sorted(set(range(len(hashes))) - set(new)), hashes, most))
    for first, second in ((fresh, fresh), (fresh, old), (old, old)):
        for k, rows in enumerate(first):
            for columns in second[k:] if first is second else second:
                inside = rows == columns
                wanted = missing[np.ix_(rows, columns)] if inside else _wanted(missing, rows, columns)
                if wanted.any():
                    yield rows, columns


def _shelves(numbers: Sequence[int], hashes: Sequence[int], most: int) -> Iterator[tuple[int, ...]]:
    """Yield runs of recordings of so many hashes at most; several where there is work for several workers."""
    total = sum(hashes[k] for k in numbers)
    most = min(most, max(_LEAST_HASHES, total // _SHELVES))
    run: list[int] = []
    held = 0
    for k in numbers:
        if run and held + hashes[k] > most:
            yield tuple(run)
            run, held = [], 0
        run.append(k)
        held += hashes[k]
    if run:
        yield tuple(run)


def _join(cell: _Cell) -> Joined:
    rows = [get.landmarks() for get in cell.row_features]
    same = cell.rows == cell.columns
    columns = rows if same else [get.landmarks() for get in cell.column_features]
    wanted = np.triu(cell.wanted, 1) if same else cell.wanted
    return join(rows, columns, (cell.rows, cell.columns), wanted, HINTS)


def _together(parts: Sequence[Joined]) -> Joined:
    if not parts:
        return Joined((), np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.float32))
    found = sorted((c for p in parts for c in p.candidates), key=lambda c: (c.a, c.b, -c.strength, c.lag_s))
    a, b, nats = (np.concatenate([getattr(p, name) for p in parts]) for name in ("a", "b", "nats"))
    best = best_for_each(a, b, nats, HINTS)
    return Joined(tuple(found), a[best], b[best], nats[best])


def _written(part: Joined, names: Sequence[str], rows: Sequence[int], columns: Sequence[int], done: Bools) -> bytes:
    out = io.BytesIO()
    place = {number: k for k, number in enumerate((*rows, *columns))}
    found = part.candidates
    np.savez(
        out,
        rows=np.array([names[k].encode() for k in rows]),
        columns=np.array([names[k].encode() for k in columns]),
        done=done,
        a=np.array([place[c.a] for c in found], dtype=np.int64),
        b=np.array([place[c.b] for c in found], dtype=np.int64),
        lag_s=np.array([c.lag_s for c in found], dtype=np.float64),
        strength=np.array([c.strength for c in found], dtype=np.float64),
        hint_a=np.array([place[k] for k in part.a.tolist()], dtype=np.int64),
        hint_b=np.array([place[k] for k in part.b.tolist()], dtype=np.int64),
        nats=part.nats,
    )
    return out.getvalue()


def _read(data: bytes, number: dict[bytes, int], missing: Bools) -> Joined | None:
    """Return what a kept cell holds of the missing pairs, which are then no longer missing; None if it is damaged."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            now = np.array([number.get(n, -1) for n in (*stored["rows"].tolist(), *stored["columns"].tolist())])
            r, c = np.nonzero(stored["done"])
            a, b = now[r], now[len(stored["rows"]) + c]
            there = (a >= 0) & (b >= 0) & (a != b)
            done = np.zeros_like(missing)
            done[np.minimum(a, b)[there], np.maximum(a, b)[there]] = True
            done &= missing
            found = [now[stored["a"]], now[stored["b"]], stored["lag_s"], stored["strength"]]
            hints = [now[stored["hint_a"]], now[stored["hint_b"]], stored["nats"]]
    except UNREADABLE:
        return None
    missing &= ~done
    for columns in (found, hints):
        inside = (columns[0] >= 0) & (columns[1] >= 0)
        inside[inside] = done[columns[0][inside], columns[1][inside]]
        columns[:] = [x[inside] for x in columns]
    candidates = tuple(Candidate(*row) for row in zip(*(x.tolist() for x in found), strict=True))
    return Joined(candidates, hints[0].astype(np.uint32), hints[1].astype(np.uint32), hints[2].astype(np.float32))
