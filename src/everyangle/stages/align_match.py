"""Candidate pairs compared: blocks of pairs that share recordings, each finished block kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from everyangle.ports.cache import Cache
from everyangle.ports.events import Advanced, Events, Finished, Started
from everyangle.ports.work import Work
from everyangle.stages.align_journal import UNREADABLE, GetFeatures, Journal
from everyangle.sync import SYNC_VERSION
from everyangle.sync.compare import Heard, compare
from everyangle.sync.features import Features
from everyangle.sync.keep import heard_from_json, heard_to_json
from everyangle.sync.spectra import Sound

Load = Callable[[], Sound]
"""Gives a recording's mono sound at 8 kHz, index / 8000 = media time; picklable where the work is done elsewhere."""

Wanted = tuple[int, int, tuple[float, ...]]
"""Two recordings by number, and the lags at which to compare them."""

PAIRS_A_BLOCK = 16
"""Most pairs compared before they are kept: a block holds at most twice as many recordings."""


@dataclass(frozen=True, slots=True)
class _Block:
    pairs: tuple[Wanted, ...]
    features: dict[int, GetFeatures]
    loads: dict[int, Load]


def compared(
    names: Sequence[str],
    features: Sequence[GetFeatures],
    loads: Sequence[Load],
    wanted: Sequence[Wanted],
    work: Work,
    cache: Cache,
    events: Events,
) -> list[Heard]:
    """Return what comparing each pair found, in the order of ``wanted``.

    Args:
        names: each recording's name in what is kept.
        features: gives each recording's features.
        loads: gives each recording's sound.
        wanted: the pairs, in order of their first recording.
        work: does the blocks.
        cache: keeps them.
        events: is told of the step ``match``.
    """
    events(Started("match", len(wanted), "pairs"))
    place = {(names[a], names[b], lags): k for k, (a, b, lags) in enumerate(wanted)}
    journal = Journal(cache, f"pair/{SYNC_VERSION}")
    found: dict[int, Heard] = {}
    for data in journal.entries():
        found.update(_read(data, place))
    events(Advanced("match", len(found)))
    missing = [k for k in range(len(wanted)) if k not in found]
    blocks = list(_blocks(missing, wanted))
    tasks = (_block([wanted[k] for k in block], features, loads) for block in blocks)
    for block, heard in zip(blocks, work.map(_compare, tasks), strict=True):
        found.update(zip(block, heard, strict=True))
        journal.append(_written([wanted[k] for k in block], heard, names))
        events(Advanced("match", len(block)))
    events(Finished("match"))
    return [found[k] for k in range(len(wanted))]


def _blocks(missing: Sequence[int], wanted: Sequence[Wanted]) -> Iterator[list[int]]:
    """Yield runs of pairs; where a block is half full, another first recording begins another."""
    block: list[int] = []
    for k in missing:
        fresh = block and wanted[k][0] != wanted[block[-1]][0]
        if len(block) == PAIRS_A_BLOCK or (fresh and 2 * len(block) >= PAIRS_A_BLOCK):
            yield block
            block = []
        block.append(k)
    if block:
        yield block


def _block(pairs: Sequence[Wanted], features: Sequence[GetFeatures], loads: Sequence[Load]) -> _Block:
    used = sorted({k for a, b, _ in pairs for k in (a, b)})
    return _Block(tuple(pairs), {k: features[k] for k in used}, {k: loads[k] for k in used})


def _compare(block: _Block) -> list[Heard]:
    features: dict[int, Features] = {k: get() for k, get in block.features.items()}
    sounds = {k: load() for k, load in block.loads.items()}
    return [compare(features[a], features[b], sounds[a], sounds[b], lags) for a, b, lags in block.pairs]


def _written(pairs: Sequence[Wanted], heard: Sequence[Heard], names: Sequence[str]) -> bytes:
    rows = [[names[a], names[b], lags, heard_to_json(one)] for (a, b, lags), one in zip(pairs, heard, strict=True)]
    return json.dumps(rows).encode()


def _read(data: bytes, place: dict[tuple[str, str, tuple[float, ...]], int]) -> dict[int, Heard]:
    try:
        return {
            place[a, b, tuple(lags)]: heard_from_json(heard)
            for a, b, lags, heard in json.loads(data)
            if (a, b, tuple(lags)) in place
        }
    except UNREADABLE:
        return {}
