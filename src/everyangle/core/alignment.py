"""What aligning recordings finds: the values behind ``everyangle.alignment/1``. No signal processing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from everyangle.core.stated import Conflict
from everyangle.core.time import ClockMap


class Verdict(StrEnum):
    """What two recordings have in common."""

    SAME_EVENT = "same-event"
    REPLAYED_CONTENT = "replayed-content"
    AMBIGUOUS = "ambiguous"


Evidence = Mapping[str, object]
"""JSON-ready evidence of one alignment: numbers, strings, lists of them, for the dossier and for experts."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A measured relation between two recordings: ``t_a = offset_s + (1 + drift_ppm * 1e-6) * t_b``.

    Holds on a piece without lost stretch (the longest shared one).

    Attributes:
        a: id of the first recording.
        b: id of the second.
        verdict: what they have in common.
        offset_s: seconds; None when ambiguous, unless something beside sound chose among the candidates.
        drift_ppm: parts per million.
        error_s: half-width of a 95 % interval of the offset as a relation of the two clocks, propagation included.
        overlap_s: seconds that both recorded.
        score: nats of evidence, comparable across pairs.
        offsets_s: candidate offsets (one when decided).
        period_s: period of the candidates where they are periodic, else None.
        evidence: what supports the verdict.
    """

    a: str
    b: str
    verdict: Verdict
    offset_s: float | None
    drift_ppm: float
    error_s: float
    overlap_s: float
    score: float
    offsets_s: tuple[float, ...]
    period_s: float | None = None
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placement:
    """One recording's clock within its component.

    Attributes:
        id: of the recording.
        duration_s: seconds.
        component: number of the component, 0 for the largest; a component of one is unplaced.
        anchor: whether event time is this recording's media time.
        clock: the map from media time to the component's event time.
        reason: why it is alone in its component, or None.
        prior: in words, what beside sound its place rests on (times that files say), or None where sound is enough.
    """

    id: str
    duration_s: float
    component: int
    anchor: bool
    clock: ClockMap
    reason: str | None = None
    prior: str | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """All placements and all alignments of a set of recordings, and where people's word and sound disagree."""

    placements: tuple[Placement, ...]
    alignments: tuple[Alignment, ...]
    conflicts: tuple[Conflict, ...] = ()
