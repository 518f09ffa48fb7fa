"""From recordings' features and sounds to one solution: the order of the room's steps, and nothing else.

Whoever spreads the work over processes (``stages/align.py``) calls the steps himself; :func:`align` does it in this
process. The result does not depend on names or on the order of the recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from everyangle.core.alignment import Solution
from everyangle.core.placements import Pin
from everyangle.core.stated import Rejection
from everyangle.sync.agree import Pair
from everyangle.sync.compare import compare
from everyangle.sync.envelopes import envelope_candidates, piece_count
from everyangle.sync.features import Features
from everyangle.sync.pairs import HINTS, Candidate, best_for_each, chosen_for_envelopes, join
from everyangle.sync.place import solution
from everyangle.sync.recording import Recording
from everyangle.sync.shelves import landmarks_of
from everyangle.sync.spectra import Sound

MOST_LAGS = 8

PARTNERS = 24
"""Each recording is compared with so many others at most, the most promising ones, besides those for whom it is one.

Without it, what a large collection holds again and again (a song, a siren) would be compared with itself everywhere.
"""


def canonical_order(features: Mapping[str, Features]) -> list[str]:
    """Return the ids of recordings with features, the longest first; contents and then names decide between equals.

    A pair is measured in the seconds of its second recording: so always of the shorter one, whatever changed in a bit.
    """
    return sorted(features, key=lambda name: (-features[name].duration_s, features[name].digest, name))


def candidate_lags(found: Sequence[Candidate]) -> list[tuple[int, int, tuple[float, ...]]]:
    """Return ``(a, b, lags)`` for each pair to compare, the most promising lags first.

    These are the pairs with candidates, of which a recording that has very many keeps the best :data:`PARTNERS`. A
    larger collection never adds a pair of recordings that were there before.
    """
    lags: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in found:
        lags.setdefault((candidate.a, candidate.b), []).append(candidate)
    pairs = sorted(lags)
    strengths = np.array([max(c.strength for c in lags[pair]) for pair in pairs], dtype=np.float32)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    # Each pair twice, so that a recording's partners before it and after it stand in one list.
    mine, theirs = ends.T.reshape(-1), ends[:, ::-1].T.reshape(-1)
    best = best_for_each(mine, theirs, np.tile(strengths, 2), PARTNERS) % max(1, len(pairs))
    kept = [pairs[k] for k in np.unique(best).tolist()]
    return [
        (a, b, tuple(c.lag_s for c in sorted(lags[a, b], key=lambda c: (-c.strength, c.lag_s))[:MOST_LAGS]))
        for a, b in kept
    ]


def candidates(features: Sequence[Features]) -> list[Candidate]:
    """Return all candidates of recordings in canonical order."""
    numbers = range(len(features))
    landmarks = [landmarks_of(f.codes, f.frames, f.duration_s) for f in features]
    later = np.triu(np.ones((len(features), len(features)), dtype=np.bool_), 1)
    joined = join(landmarks, landmarks, (numbers, numbers), later, HINTS)
    chosen = chosen_for_envelopes([piece_count(f.duration_s) for f in features], joined)
    return [*joined.candidates, *envelope_candidates(features.__getitem__, chosen)]


def align(
    recordings: Sequence[Recording],
    features: Mapping[str, Features],
    sound: Callable[[str], Sound],
    pins: Sequence[Pin] = (),
    rejections: Sequence[Rejection] = (),
) -> Solution:
    """Return where each recording stands.

    Args:
        recordings: all of them in input order, also those without sound.
        features: by id, of those that have sound.
        sound: gives a recording's sound by id.
        pins: where a person placed recordings.
        rejections: what a person said does not belong together.

    Raises:
        BadInputError: ``pin-cycle``, ``pin-twice`` or ``pin-unknown``.
    """
    order = canonical_order(features)
    ranked = [features[name] for name in order]
    pairs = []
    for a, b, lags in candidate_lags(candidates(ranked)):
        heard = compare(ranked[a], ranked[b], sound(order[a]), sound(order[b]), lags)
        pairs.append(Pair(order[a], order[b], heard.match, heard.finding, heard.lost))
    return solution(recordings, features, pairs, pins, rejections)
