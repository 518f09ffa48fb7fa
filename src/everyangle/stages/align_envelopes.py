"""Candidates of chosen pairs from their envelopes, in blocks that share recordings, each finished block kept.

A block is some first recordings, which a worker holds transformed, with others, which it goes through one by one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from everyangle.ports.cache import Cache
from everyangle.ports.events import Advanced, Events, Finished, Started
from everyangle.ports.work import MEMORY, Memory, Work
from everyangle.stages.align_journal import UNREADABLE, GetFeatures, Journal
from everyangle.stages.align_memory import most_pieces
from everyangle.sync import SYNC_VERSION
from everyangle.sync.envelopes import envelope_candidates
from everyangle.sync.pairs import Candidate

PAIRS_A_BLOCK = 3_000
"""Most pairs correlated before they are kept."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    pairs: tuple[tuple[int, int], ...]
    features: dict[int, GetFeatures]


def enveloped(
    names: Sequence[str],
    features: Sequence[GetFeatures],
    pieces: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    work: Work,
    cache: Cache,
    events: Events,
    memory: Memory = MEMORY,
) -> list[Candidate]:
    """Return the candidates of pairs by their envelopes; finished blocks are kept.

    Args:
        names: each recording's name in what is kept, in canonical order: what its sound is, no two alike.
        features: gives each recording's features.
        pieces: in how many pieces each one's envelope is transformed.
        pairs: which to correlate.
        work: does the blocks.
        cache: keeps them.
        events: is told of the step ``envelopes``.
        memory: bounds what a worker holds.
    """
    number = {name.encode(): k for k, name in enumerate(names)}
    wanted = set(pairs)
    found: dict[tuple[int, int], list[Candidate]] = {}
    journal = Journal(cache, f"envelopes/{SYNC_VERSION}")
    for data in journal.entries():
        for pair, some in _read_pairs(data, number).items():
            if pair in wanted:
                found.setdefault(pair, some)
    blocks = list(_blocks(wanted - found.keys(), pieces, most_pieces(memory)))
    events(Started("envelopes", len(pairs), "pairs"))
    events(Advanced("envelopes", len(pairs) - sum(map(len, blocks))))
    tasks = (_Pairs(block, {k: features[k] for pair in block for k in pair}) for block in blocks)
    for block, some in zip(blocks, work.map(_correlate, tasks), strict=True):
        journal.append(_written_pairs(block, some, names))
        for candidate in some:
            found.setdefault((candidate.a, candidate.b), []).append(candidate)
        events(Advanced("envelopes", len(block)))
    events(Finished("envelopes"))
    return [c for pair in pairs for c in found.get(pair, ())]


def _blocks(missing: set[tuple[int, int]], pieces: Sequence[int], most: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield pairs in blocks whose first recordings have so many pieces at most, in order of the second ones."""
    tile_of: dict[int, int] = {}
    tile, held = 0, 0
    for first in sorted({a for a, _ in missing}):
        if held and held + pieces[first] > most:
            tile, held = tile + 1, 0
        tile_of[first] = tile
        held += pieces[first]
    ordered = sorted(missing, key=lambda pair: (tile_of[pair[0]], pair[1], pair[0]))
    block: list[tuple[int, int]] = []
    for pair in ordered:
        if block and (len(block) == PAIRS_A_BLOCK or tile_of[pair[0]] != tile_of[block[-1][0]]):
            yield tuple(block)
            block = []
        block.append(pair)
    if block:
        yield tuple(block)


def _correlate(task: _Pairs) -> list[Candidate]:
    return list(envelope_candidates(lambda k: task.features[k](), task.pairs))


def _written_pairs(block: Sequence[tuple[int, int]], found: Sequence[Candidate], names: Sequence[str]) -> bytes:
    out = io.BytesIO()
    here = sorted({k for pair in block for k in pair})
    place = {k: n for n, k in enumerate(here)}
    np.savez(
        out,
        names=np.array([names[k].encode() for k in here]),
        pairs=np.array([(place[a], place[b]) for a, b in block], dtype=np.int64),
        a=np.array([place[c.a] for c in found], dtype=np.int64),
        b=np.array([place[c.b] for c in found], dtype=np.int64),
        lag_s=np.array([c.lag_s for c in found], dtype=np.float64),
        strength=np.array([c.strength for c in found], dtype=np.float64),
    )
    return out.getvalue()


def _read_pairs(data: bytes, number: dict[bytes, int]) -> dict[tuple[int, int], list[Candidate]]:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            now = [number.get(name, -1) for name in stored["names"].tolist()]
            found: dict[tuple[int, int], list[Candidate]] = {(now[a], now[b]): [] for a, b in stored["pairs"].tolist()}
            columns = (stored[name].tolist() for name in ("a", "b", "lag_s", "strength"))
            for a, b, lag_s, strength in zip(*columns, strict=True):
                found[now[a], now[b]].append(Candidate(now[a], now[b], lag_s, strength))
            return found
    except UNREADABLE:
        return {}
