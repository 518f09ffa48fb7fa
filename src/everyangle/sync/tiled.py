"""Which landmarks many recordings share with many others: :func:`everyangle.sync.shelves.shared_by_few`, compiled.

Gives exactly what that gives. Recordings are laid out in groups, and two groups compared at a time, a tile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from everyangle.sync import shelves
from everyangle.sync.landmarks import I64
from everyangle.sync.shelves import LEAST, MIN_OVERLAP_S, TWO_SECONDS_FRAMES, Landmarks, Shared
from everyangle.sync.spectra import FRAMES_PER_S
from everyangle.sync.tiles import Group, Keys, counted, gathered, weighed

Bools = npt.NDArray[np.bool_]

_GROUP_HASHES = 3_700_000
_GROUP = 160
TILE = 12_000_000
"""Coincidences of a tile that are looked at together; each takes 4 or 8 bytes."""
_CODE_AT, _PLACE_AT = 38, 28


def shared_by_many(rows: Sequence[Landmarks], columns: Sequence[Landmarks], wanted: Bools) -> Iterator[Shared]:
    """Yield what rows share with each column, as ``shared_by_few`` does."""
    groups = [(k, _laid(rows[k : k + count])) for k, count in _cuts(rows)]
    laid = dict(groups) if rows is columns else {}
    for first, count in _cuts(columns):
        some = columns[first : first + count]
        group = laid[first] if laid else _laid(some)
        for start, other in groups:
            those = rows[start : start + other[0]]
            tile = wanted[start : start + len(those), first : first + len(some)]
            for one in _tile(those, some, other[1], group[1], tile):
                yield Shared(first + one.column, start + one.places, one.nats, _later(one.lags, start))


def _later(lags: Callable[[int], I64], start: int) -> Callable[[int], I64]:
    return lambda place: lags(place - start)


def _cuts(recordings: Sequence[Landmarks]) -> Iterator[tuple[int, int]]:
    """Yield first and number of each group of recordings."""
    first, held = 0, 0
    for k, one in enumerate(recordings):
        if k > first and (k - first == _GROUP or held + len(one.codes) > _GROUP_HASHES):
            yield first, k - first
            first, held = k, 0
        held += len(one.codes)
    if first < len(recordings):
        yield first, len(recordings) - first


def _laid(recordings: Sequence[Landmarks]) -> tuple[int, Group]:
    places = np.repeat(np.arange(len(recordings), dtype=np.uint64), [len(r.codes) for r in recordings])
    # One number each, since sorting numbers is several times as fast as ordering by them.
    entries = np.concatenate([r.codes for r in recordings]).astype(np.uint64) << np.uint64(_CODE_AT)
    entries |= places << np.uint64(_PLACE_AT)
    entries |= np.concatenate([r.frames for r in recordings]).astype(np.uint64)
    entries.sort()
    codes = (entries >> np.uint64(_CODE_AT)).astype(np.uint32)
    places = (entries >> np.uint64(_PLACE_AT)) & np.uint64((1 << (_CODE_AT - _PLACE_AT)) - 1)
    frames = entries & np.uint64((1 << _PLACE_AT) - 1)
    return len(recordings), (codes, places.astype(np.int32), frames.astype(np.int32))


def _tile(
    rows: Sequence[Landmarks], columns: Sequence[Landmarks], group: Group, other: Group, wanted: Bools
) -> Iterator[Shared]:
    """Yield what the rows share with each column, a part of the rows at a time where they share too much."""
    if not wanted.any():
        return
    counts = np.zeros(wanted.shape, np.int64)
    counted(group, other, wanted, counts)
    large = counts > shelves.COINCIDENCES
    if large.any():
        yield from _large(rows, columns, large)
        counts[large] = 0
    first = 0
    total = np.cumsum(counts.sum(axis=1))
    while first < len(rows):
        before = total[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(total, before + TILE, side="right")))
        part = np.zeros_like(wanted)
        part[first:last] = (wanted & ~large)[first:last]
        yield from _part(rows, columns, group, other, part, np.where(part, counts, 0))
        first = last


def _large(rows: Sequence[Landmarks], columns: Sequence[Landmarks], large: Bools) -> Iterator[Shared]:
    """Yield what pairs share that have too many coincidences for a tile."""
    for column in np.flatnonzero(large.any(axis=0)).tolist():
        for place in np.flatnonzero(large[:, column]).tolist():
            alone = np.ones((1, 1), dtype=np.bool_)
            for one in shelves.shared_by_few([rows[place]], [columns[column]], alone):
                yield Shared(column, one.places + place, one.nats, _later(one.lags, place))


def _part(
    rows: Sequence[Landmarks], columns: Sequence[Landmarks], group: Group, other: Group, wanted: Bools, counts: I64
) -> Iterator[Shared]:
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts.ravel())])
    lengths, other_lengths = (np.array([r.length for r in some], dtype=np.int64) for some in (rows, columns))
    shifts = other_lengths + LEAST
    longest = int(lengths.max() + other_lengths.max()) + 2 * LEAST
    bits = (longest // TWO_SECONDS_FRAMES).bit_length()
    # Half as long where that suffices (some minutes and some minutes), since memory is what this waits for.
    size = int(starts[-1])
    keys: Keys = np.empty(size, np.uint32) if longest << bits < 1 << 32 else np.empty(size, np.int64)
    nats = np.zeros(wanted.shape)
    gathered(group, other, wanted, shifts, TWO_SECONDS_FRAMES, bits, starts[:-1].copy().reshape(wanted.shape), keys)
    near = np.zeros(longest + 3, np.int32)
    again = np.empty(int(counts.max()) + 1, keys.dtype)
    least = MIN_OVERLAP_S * FRAMES_PER_S
    weighed(keys, starts, lengths, other_lengths, shifts, bits, least, near, again, nats)

    def lags_of(column: int) -> Callable[[int], I64]:
        def lags(place: int) -> I64:
            pair = place * len(columns) + column
            mine = np.unique(keys[starts[pair] : starts[pair + 1]].astype(np.int64))
            return np.asarray((mine >> bits) - shifts[column])

        return lags

    for column in range(len(columns)):
        places = np.flatnonzero(nats[:, column])
        if len(places):
            yield Shared(column, places, nats[places, column].astype(np.float32), lags_of(column))
