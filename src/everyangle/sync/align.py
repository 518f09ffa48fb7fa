"""From recordings' features and sounds to one solution: the order of the room's steps, and nothing else.

Whoever spreads the work over processes calls :func:`candidate_lags`, :func:`compare` and :func:`solution` himself;
:func:`align` does it in this one. The result does not depend on names or on the order of the recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.alignment import Solution
from everyangle.core.placements import Pin
from everyangle.sync.agree import Pair
from everyangle.sync.check import Finding, judge
from everyangle.sync.envelopes import PIECE_PAIRS, envelope_candidates, piece_pairs
from everyangle.sync.features import Features
from everyangle.sync.jumps import Lost, forward_only, lost_stretches
from everyangle.sync.match import Match, match
from everyangle.sync.pairs import Candidate, landmark_candidates
from everyangle.sync.place import Recording, solution
from everyangle.sync.spectra import Sound

MOST_LAGS = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """What comparing two recordings found: the match, the judgement, and lost stretches."""

    match: Match
    finding: Finding
    lost: tuple[Lost, ...]


def canonical_order(features: Mapping[str, Features]) -> list[str]:
    """Return the ids of recordings with features, ordered by what they contain and never by their names."""
    return sorted(features, key=lambda name: (features[name].digest, name))


def candidate_lags(found: Sequence[Candidate]) -> list[tuple[int, int, tuple[float, ...]]]:
    """Return ``(a, b, lags)`` for each pair with candidates, the most promising lags first."""
    lags: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in found:
        lags.setdefault((candidate.a, candidate.b), []).append(candidate)
    return [
        (a, b, tuple(c.lag_s for c in sorted(lags[a, b], key=lambda c: (-c.strength, c.lag_s))[:MOST_LAGS]))
        for a, b in sorted(lags)
    ]


def candidates(features: Sequence[Features]) -> list[Candidate]:
    """Return all candidates of recordings in canonical order."""
    found = landmark_candidates(features)
    if piece_pairs(features) <= PIECE_PAIRS:
        found.extend(envelope_candidates(features, 0, len(features)))
    return found


def compare(a: Features, b: Features, sound_a: Sound, sound_b: Sound, lags: Sequence[float]) -> Heard:
    """Return what two recordings share, judged, with any lost stretch located."""
    found = forward_only(match(a, b, sound_a, sound_b, lags))
    finding = judge(found, (*a.self_lags_s, *b.self_lags_s))
    lost = lost_stretches(found, sound_a, sound_b) if finding.verdict is not None else ()
    return Heard(found, finding, lost)


def align(
    recordings: Sequence[Recording],
    features: Mapping[str, Features],
    sound: Callable[[str], Sound],
    pins: Sequence[Pin] = (),
) -> Solution:
    """Return where each recording stands.

    Args:
        recordings: all of them in input order, also those without sound.
        features: by id, of those that have sound.
        sound: gives a recording's sound by id.
        pins: what a person said.

    Raises:
        BadInputError: ``pin-cycle`` or ``pin-unknown``.
    """
    order = canonical_order(features)
    ranked = [features[name] for name in order]
    pairs = [
        Pair(order[a], order[b], heard.match, heard.finding, heard.lost)
        for a, b, lags in candidate_lags(candidates(ranked))
        for heard in (compare(ranked[a], ranked[b], sound(order[a]), sound(order[b]), lags),)
    ]
    return solution(recordings, features, pairs, pins)
