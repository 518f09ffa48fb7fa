"""Whether what two recordings share shows that they are of one event, and at one offset only.

Three kinds of evidence are counted in seconds that agree: landmarks, envelopes, phase. One kind alone decides nothing.
Content that repeats within a recording, stands on sustained tones, or fits a second lag nearly as well can be replayed
anywhere: it is reported and joins nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.alignment import Verdict
from everyangle.sync.match import Match, Piece

LEAST_NATS = 12.0
"""Below so much evidence a pair has nothing in common."""

SURE_NATS = 30.0
"""From so much on, one pair alone shows one event."""

KIND_NATS = 5.0
"""From so much on, a kind of evidence counts as present."""

_REPEATED = 0.5
_TONAL = 0.35
_RIVAL = 0.5
_PERIOD_TOLERANCE_S = 0.06


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement of one pair.

    Attributes:
        verdict: what the two have in common; None when nothing.
        score: nats of evidence that it is the same sound at this lag.
        sure: whether the pair alone is enough to join two recordings.
        kinds: names of the kinds of evidence present.
        lags_s: candidate lags, the best first.
        period_s: period of the candidates where they are periodic.
        why: in words, why the pair is not taken as one event, or an empty string.
    """

    verdict: Verdict | None
    score: float
    sure: bool
    kinds: tuple[str, ...]
    lags_s: tuple[float, ...]
    period_s: float | None
    why: str


def judge(found: Match, self_lags_s: tuple[float, ...]) -> Finding:
    """Return the judgement of a compared pair.

    Args:
        found: what comparing measured.
        self_lags_s: lags at which either recording repeats itself.
    """
    if not found.pieces:
        return Finding(None, 0.0, False, (), (), None, "nothing in common")
    main = main_piece(found)
    plain = {
        "landmarks": sum(p.landmarks.nats for p in found.pieces),
        "envelope": sum(p.envelope.nats for p in found.pieces),
        "phase": sum(p.phase_nats for p in found.pieces),
    }
    repeated = sum(p.all_landmarks.nats for p in found.pieces)
    kinds = tuple(name for name, nats in plain.items() if nats >= KIND_NATS)
    score = sum(plain.values())
    best_all = max(score, repeated)
    lags = (
        main.line.lag_s,
        *(r.lag_s for r in found.rivals if _rivals(r.landmarks, r.all_landmarks, r.envelope, main)),
    )
    if best_all < LEAST_NATS or (len(kinds) < 2 and repeated < LEAST_NATS):
        return Finding(None, score, False, kinds, (), None, "nothing in common")
    if len(lags) > 1:
        period = _period(lags, self_lags_s)
        return Finding(Verdict.AMBIGUOUS, score, False, kinds, lags, period, _ambiguous_words(lags, period))
    if main.repeated > _REPEATED:
        return Finding(
            Verdict.REPLAYED_CONTENT,
            score,
            False,
            kinds,
            lags,
            None,
            "what they share also repeats within one of them, as music and sirens do",
        )
    if main.tonal > _TONAL:
        return Finding(
            Verdict.REPLAYED_CONTENT,
            score,
            False,
            kinds,
            lags,
            None,
            "what they share are sustained tones, as in music, which can be played anywhere",
        )
    if len(kinds) < 2:
        return Finding(None, score, False, kinds, (), None, "one kind of evidence only")
    sure = score >= SURE_NATS
    return Finding(Verdict.SAME_EVENT, score, sure, kinds, lags, None, "" if sure else "little evidence")


def main_piece(found: Match) -> Piece:
    """Return the piece of a match that lasts longest."""
    return max(found.pieces, key=lambda p: (p.last_s - p.first_s, -p.first_s))


def _rivals(landmarks: float, every: float, envelope: float, main: Piece) -> bool:
    """Return whether another lag explains the pair nearly as well as the best one."""
    by_plain = landmarks > 6 and landmarks > _RIVAL * main.landmarks.nats
    by_all = every > 8 and every > _RIVAL * main.all_landmarks.nats
    by_envelope = envelope > 10 and envelope > _RIVAL * main.envelope.nats
    return (by_plain or by_all) and (by_envelope or main.landmarks.nats < 8)


def _period(lags: tuple[float, ...], self_lags_s: tuple[float, ...]) -> float | None:
    """Return the period of which all differences of the candidates are multiples, or None."""
    gaps = [abs(lag - lags[0]) for lag in lags[1:]]
    options = sorted({*gaps, *self_lags_s})
    for option in options:
        if option < 0.25:
            continue
        rests = [abs(gap - option * round(gap / option)) for gap in gaps]
        if max(rests) < _PERIOD_TOLERANCE_S and any(abs(option - lag) < _PERIOD_TOLERANCE_S for lag in self_lags_s):
            return option
    return None


def _ambiguous_words(lags: tuple[float, ...], period: float | None) -> str:
    if period is not None:
        return f"what they share repeats every {period:.2f} s"
    return f"what they share fits {len(lags)} offsets about equally well"
