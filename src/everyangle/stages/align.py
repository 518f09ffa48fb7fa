"""Aligning: recordings' sounds become features, candidates, compared pairs, and one solution. Decodes nothing.

Features and compared pairs are kept in a cache, so that adding a recording costs that recording's work only. The
solution is made anew each time, and is the same however many workers there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from everyangle.core.alignment import Solution
from everyangle.core.placements import Pin
from everyangle.ports.cache import Cache, NoCache
from everyangle.ports.events import Advanced, Events, Finished, Started, silent
from everyangle.ports.work import Work
from everyangle.sync import SYNC_VERSION
from everyangle.sync.agree import Pair
from everyangle.sync.align import blocks, candidate_lags, canonical_order
from everyangle.sync.compare import Heard, compare
from everyangle.sync.envelopes import envelope_candidates
from everyangle.sync.features import Features, features_from_sound, from_bytes
from everyangle.sync.keep import heard_from_bytes, heard_to_bytes
from everyangle.sync.pairs import Candidate, landmark_candidates
from everyangle.sync.place import Recording, solution
from everyangle.sync.spectra import Sound

Load = Callable[[], Sound]
"""Gives a recording's mono sound at 8 kHz, index / 8000 = media time; picklable where the work is done elsewhere."""

T = TypeVar("T")

_UNREADABLE = (ValueError, KeyError, TypeError, OSError, EOFError)


@dataclass(frozen=True, slots=True)
class Source:
    """One recording or photo to align.

    Attributes:
        id: names it in the solution.
        duration_s: seconds from presentation zero to its end (0 for a photo).
        load: gives its sound, or None where it has none.
        key: names the sound for the cache (its digest, or its original's digest and how it was decoded).
        created_s: when it began as something beside its sound has it, seconds since 1970-01-01T00:00Z, or None.
            Weighed, never trusted.
        device: names the device that made it, the same for recordings of one device; empty where not known.
    """

    id: str
    duration_s: float
    load: Load | None
    key: str = ""
    created_s: float | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    a: Features
    b: Features
    load_a: Load
    load_b: Load
    lags: tuple[float, ...]


def align(
    sources: Sequence[Source],
    work: Work,
    *,
    pins: Sequence[Pin] = (),
    cache: Cache | None = None,
    events: Events = silent,
) -> Solution:
    """Return where each recording stands.

    Args:
        sources: in input order.
        work: does features and comparisons.
        pins: what a person said.
        cache: keeps features and compared pairs.
        events: is told of the steps ``features``, ``pairs``, ``match`` and ``solve``.

    Raises:
        BadInputError: ``pin-cycle``, ``pin-twice`` or ``pin-unknown``.
        EveryAngleError: as a source's ``load`` raises it.
    """
    kept = cache or NoCache()
    features = _features(sources, work, kept, events)
    order = canonical_order(features)
    ranked = [features[name] for name in order]
    lags = candidate_lags(_candidates(ranked, work, events))
    loads = {s.id: s.load for s in sources if s.load is not None}
    pairs = _compared(order, features, loads, lags, work, kept, events)
    events(Started("solve", None))
    found = solution([Recording(s.id, s.duration_s) for s in sources], features, pairs, pins)
    events(Finished("solve"))
    return found


def _features(sources: Sequence[Source], work: Work, cache: Cache, events: Events) -> dict[str, Features]:
    sounding = [s for s in sources if s.load is not None]
    events(Started("features", len(sounding), "recordings"))
    found: dict[str, Features] = {}
    missing: list[tuple[Source, Load]] = []
    for source in sounding:
        known = _kept(cache, _features_key(source), from_bytes) if source.key else None
        if known is not None:
            found[source.id] = known
            events(Advanced("features", 1, source.id))
        elif source.load is not None:
            missing.append((source, source.load))
    computed = work.map(_features_of, (load for _, load in missing))
    for (source, _), features in zip(missing, computed, strict=True):
        found[source.id] = features
        if source.key:
            cache.put(_features_key(source), features.to_bytes())
        events(Advanced("features", 1, source.id))
    events(Finished("features"))
    return found


def _features_key(source: Source) -> str:
    return f"features/{SYNC_VERSION} {source.key}"


def _features_of(load: Load) -> Features:
    return features_from_sound(load())


def _kept(cache: Cache, key: str, read: Callable[[bytes], T]) -> T | None:
    """Return what the cache keeps, or None where it keeps nothing or nothing readable."""
    data = cache.get(key)
    if data is None:
        return None
    try:
        return read(data)
    except _UNREADABLE:
        return None


def _candidates(ranked: Sequence[Features], work: Work, events: Events) -> list[Candidate]:
    parts = list(blocks(ranked))
    events(Started("pairs", len(parts) + 1, "blocks"))
    found = landmark_candidates(ranked)
    events(Advanced("pairs", 1))
    for more in work.map(_envelope_block, ((ranked[first:], last - first, first) for first, last in parts)):
        found.extend(more)
        events(Advanced("pairs", 1))
    events(Finished("pairs"))
    return found


def _envelope_block(block: tuple[Sequence[Features], int, int]) -> list[Candidate]:
    features, count, first = block
    return [Candidate(c.a + first, c.b + first, c.lag_s, c.strength) for c in envelope_candidates(features, 0, count)]


def _compared(
    order: Sequence[str],
    features: Mapping[str, Features],
    loads: Mapping[str, Load],
    lags: Iterable[tuple[int, int, tuple[float, ...]]],
    work: Work,
    cache: Cache,
    events: Events,
) -> list[Pair]:
    wanted = [(order[a], order[b], places) for a, b, places in lags]
    events(Started("match", len(wanted), "pairs"))
    known: dict[tuple[str, str], Heard] = {}
    missing: list[tuple[str, str, tuple[float, ...]]] = []
    for a, b, places in wanted:
        heard = _kept(cache, _pair_key(features[a], features[b], places), heard_from_bytes)
        if heard is None:
            missing.append((a, b, places))
        else:
            known[a, b] = heard
            events(Advanced("match", 1))
    tasks = (_Task(features[a], features[b], loads[a], loads[b], places) for a, b, places in missing)
    for (a, b, places), heard in zip(missing, work.map(_compare, tasks), strict=True):
        known[a, b] = heard
        cache.put(_pair_key(features[a], features[b], places), heard_to_bytes(heard))
        events(Advanced("match", 1))
    events(Finished("match"))
    return [Pair(a, b, known[a, b].match, known[a, b].finding, known[a, b].lost) for a, b, _ in wanted]


def _pair_key(a: Features, b: Features, lags: tuple[float, ...]) -> str:
    return f"pair/{SYNC_VERSION} {a.digest} {b.digest} {' '.join(map(repr, lags))}"


def _compare(task: _Task) -> Heard:
    return compare(task.a, task.b, task.load_a(), task.load_b(), task.lags)
