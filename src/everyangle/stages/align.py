"""Aligning: recordings' sounds become features, candidates, compared pairs, and one solution. Decodes nothing.

Features and compared pairs are kept in a cache, so that adding a recording costs that recording's work only. The
solution is made anew each time, and is the same however many workers there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from everyangle.core.alignment import Solution
from everyangle.core.name_times import NamedTime
from everyangle.core.placements import Pin
from everyangle.core.stated import Rejection
from everyangle.ports.cache import Cache, NoCache
from everyangle.ports.events import Advanced, Events, Finished, Started, silent
from everyangle.ports.work import MEMORY, Memory, Work
from everyangle.stages.align_envelopes import enveloped
from everyangle.stages.align_join import joined
from everyangle.stages.align_journal import GetFeatures, handle, kept
from everyangle.stages.align_match import Load, compared
from everyangle.sync import SYNC_VERSION
from everyangle.sync.agree import Pair
from everyangle.sync.align import candidate_lags, canonical_order
from everyangle.sync.envelopes import piece_count
from everyangle.sync.features import Features, features_from_sound, from_bytes
from everyangle.sync.pairs import chosen_for_envelopes
from everyangle.sync.place import solution
from everyangle.sync.recording import Recording


@dataclass(frozen=True, slots=True)
class Source:
    """One recording or photo to align.

    Attributes:
        id: names it in the solution.
        duration_s: seconds from presentation zero to its end (0 for a photo).
        load: gives its sound, or None where it has none.
        key: names the sound for the cache (its digest, or its original's digest and how it was decoded).
        created_s: when its container says that it began, seconds since 1970 in UTC, or None.
        named: the time that its file's name says, or None.
        device: what recorded it, or None.
    """

    id: str
    duration_s: float
    load: Load | None
    key: str = ""
    created_s: float | None = None
    named: NamedTime | None = None
    device: str | None = None


def align(
    sources: Sequence[Source],
    work: Work,
    *,
    pins: Sequence[Pin] = (),
    rejections: Sequence[Rejection] = (),
    cache: Cache | None = None,
    events: Events = silent,
    memory: Memory = MEMORY,
) -> Solution:
    """Return where each recording stands.

    Args:
        sources: in input order.
        work: does features and comparisons.
        pins: where a person placed recordings.
        rejections: what a person said does not belong together.
        cache: keeps features and compared pairs.
        events: is told of the steps ``features``, ``pairs``, ``envelopes``, ``match`` and ``solve``.
        memory: bounds what a process holds.

    Raises:
        BadInputError: ``pin-cycle``, ``pin-twice`` or ``pin-unknown``.
        EveryAngleError: as a source's ``load`` raises it.
    """
    keeper = cache or NoCache()
    known = _features(sources, work, keeper, events)
    light = {name: one.light for name, one in known.items()}
    order = canonical_order(light)
    names = _names([light[name].digest for name in order])
    gets = [known[name].get for name in order]
    loads = {s.id: s.load for s in sources if s.load is not None}
    found = joined(names, gets, [known[name].hashes for name in order], work, keeper, events, memory)
    pieces = [piece_count(light[name].duration_s) for name in order]
    chosen = chosen_for_envelopes(pieces, found)
    more = enveloped(names, gets, pieces, chosen, work, keeper, events, memory)
    wanted = candidate_lags([*found.candidates, *more])
    heard = compared(names, gets, [loads[name] for name in order], wanted, work, keeper, events)
    pairs = [
        Pair(order[a], order[b], one.match, one.finding, one.lost) for (a, b, _), one in zip(wanted, heard, strict=True)
    ]
    events(Started("solve", None))
    recordings = [Recording(s.id, s.duration_s, s.created_s, s.named, s.device) for s in sources]
    result = solution(recordings, light, pairs, pins, rejections)
    events(Finished("solve"))
    return result


@dataclass(frozen=True, slots=True)
class _Known:
    """A recording's features without what is large, how many hashes they have, and what gives all of them."""

    light: Features
    hashes: int
    get: GetFeatures


def _features(sources: Sequence[Source], work: Work, cache: Cache, events: Events) -> dict[str, _Known]:
    sounding = [s for s in sources if s.load is not None]
    events(Started("features", len(sounding), "recordings"))
    found: dict[str, _Known] = {}
    missing: list[tuple[Source, Load]] = []
    for source in sounding:
        features = kept(cache, _features_key(source), from_bytes) if source.key else None
        if features is not None:
            found[source.id] = _known(source, features, cache)
            events(Advanced("features", 1, source.id))
        elif source.load is not None:
            missing.append((source, source.load))
    computed = work.map(_features_of, (load for _, load in missing))
    for (source, _), features in zip(missing, computed, strict=True):
        if source.key:
            cache.put(_features_key(source), features.to_bytes())
        found[source.id] = _known(source, features, cache)
        events(Advanced("features", 1, source.id))
    events(Finished("features"))
    return found


def _known(source: Source, features: Features, cache: Cache) -> _Known:
    no_bands = np.zeros((0, features.bands.shape[1]), np.float16)
    light = replace(
        features,
        codes=np.zeros(0, np.uint32),
        frames=np.zeros(0, np.uint32),
        flags=np.zeros(0, np.uint8),
        bands=no_bands,
        novel=no_bands,
    )
    return _Known(light, len(features.codes), handle(cache, _features_key(source) if source.key else "", features))


def _names(digests: Sequence[str]) -> list[str]:
    """Return a name for each recording: the digest of its sound, numbered where another has the same sound."""
    seen: dict[str, int] = {}
    names = []
    for digest in digests:
        seen[digest] = seen.get(digest, 0) + 1
        names.append(digest if seen[digest] == 1 else f"{digest}+{seen[digest]}")
    return names


def _features_key(source: Source) -> str:
    return f"features/{SYNC_VERSION} {source.key}"


def _features_of(load: Load) -> Features:
    return features_from_sound(load())
