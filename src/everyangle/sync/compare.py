"""Two recordings compared: matched at their candidate lags, judged, and any lost stretch located."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from everyangle.core.alignment import Verdict
from everyangle.sync.check import Finding, judge, main_piece
from everyangle.sync.evidence import hits_between
from everyangle.sync.features import Features
from everyangle.sync.jumps import Lost, forward_only, lost_stretches
from everyangle.sync.match import Match, match
from everyangle.sync.sources import INDEPENDENT_HEIGHT, Pauses, heard_in_pauses
from everyangle.sync.spectra import FRAMES_PER_S, Sound

_COPY_S = 0.25
_COPY_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Heard:
    """What comparing two recordings found: the match, the judgement, lost stretches, and what pauses hold."""

    match: Match
    finding: Finding
    lost: tuple[Lost, ...]
    pauses: Pauses | None = None


def compare(a: Features, b: Features, sound_a: Sound, sound_b: Sound, lags: Sequence[float]) -> Heard:
    """Return what two recordings share, judged.

    Args:
        a: the first recording's features, first in canonical order.
        b: the second's.
        sound_a: the first sound.
        sound_b: the second.
        lags: candidate lags in seconds, the most promising first.
    """
    found = forward_only(match(a, b, sound_a, sound_b, lags), (*a.self_lags_s, *b.self_lags_s))
    finding, pauses = judge(found, a, b, independent=False), None
    if finding.verdict in (Verdict.SAME_EVENT, Verdict.REPLAYED_CONTENT):
        played = finding.verdict is Verdict.REPLAYED_CONTENT
        pauses = heard_in_pauses(main_piece(found), sound_a, sound_b, wanders=played)
        if (pauses is not None and pauses.height >= INDEPENDENT_HEIGHT) or _copies(found, a, b):
            finding = judge(found, a, b, independent=True)
    lost = lost_stretches(found, sound_a, sound_b) if finding.verdict is not None else ()
    return Heard(found, finding, lost, pauses)


def _copies(found: Match, a: Features, b: Features) -> bool:
    """Return whether two recordings are one, received twice: as long, starting together, most landmarks in common.

    One broadcast in two places has in common only what the broadcast has.
    """
    main = main_piece(found)
    if max(abs(a.duration_s - b.duration_s), abs(main.line.lag_s)) > _COPY_S or len(found.pieces) > 1:
        return False
    hits = hits_between(a, b)
    near = np.unique(hits.frame[np.abs(hits.lag - main.line.lag_s * FRAMES_PER_S) <= 2.5]).size
    return near >= _COPY_SHARE * np.unique(b.frames).size
