"""Whether what two recordings share shows that they are of one event, and at one offset only.

Three kinds of evidence are counted in seconds that agree: landmarks, envelopes, phase. One kind alone decides nothing.
Content that repeats within a recording, stands on sustained tones, or fits a second lag nearly as well can be replayed
anywhere: it is reported and joins nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from everyangle.core.alignment import Verdict
from everyangle.sync.features import Features
from everyangle.sync.match import Match, Piece, Rival

LEAST_NATS = 12.0
"""Below so much evidence a pair has nothing in common."""

SURE_NATS = 24.0
"""From so much on, one pair alone shows one event."""

SURE_WITH_LANDMARKS_NATS = 20.0
"""The same where landmarks are among the evidence: unrelated sounds never agree by them."""

ALONE_NATS = 20.0
"""From so much on, one kind alone shows something in common: reverberant rooms leave envelopes only."""

HINT_NATS = 6.0
"""From so much on, a pair may count beside others that agree with it."""

KIND_NATS = 5.0
"""From so much on, a kind of evidence counts as present."""

DISTINCT_NATS = 10.0
"""From so much evidence on by landmarks that do not repeat, repetition beside them does not matter."""

ONE_SOURCE = "all that they share comes from one place, as one broadcast heard in two places does"

_REPEATED = 0.5
_ALL_REPEATED = 0.9
_TONAL = 0.35
_QUIET_WINDOWS = 14
_STRETCH = 0.4
_AS_LOUD_DB = 6.0
_RIVAL = 0.5
_SAME_LAG_S = 0.25
_AHEAD = 4.0
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
        hint: whether the pair, though it shows nothing by itself, may count beside others that agree with it.
        independent: whether more than one source is shared, so that no broadcast in two places explains it.
    """

    verdict: Verdict | None
    score: float
    sure: bool
    kinds: tuple[str, ...]
    lags_s: tuple[float, ...]
    period_s: float | None
    why: str
    hint: bool = False
    independent: bool = False


def judge(found: Match, a: Features, b: Features, *, independent: bool) -> Finding:
    """Return the judgement of a compared pair.

    Args:
        found: what comparing measured.
        a: the first recording's features.
        b: the second's.
        independent: whether sound from elsewhere is heard in the pauses of the commonest source that both heard.
    """
    if not found.pieces:
        return _nothing(0.0, (), "nothing in common")
    main = main_piece(found)
    plain = {
        "landmarks": sum(p.landmarks.nats for p in found.pieces),
        "envelope": sum(p.envelope.nats for p in found.pieces),
        "phase": sum(p.phase_nats for p in found.pieces),
    }
    if main.repeated > _REPEATED:
        plain["phase"] = min(plain["phase"], plain["landmarks"] + plain["envelope"])
    kinds = tuple(name for name, nats in plain.items() if nats >= KIND_NATS)
    score = sum(plain.values())
    repeated = sum(p.all_landmarks.nats for p in found.pieces)
    something = max(score, repeated) >= LEAST_NATS and (len(kinds) >= 2 or repeated >= LEAST_NATS)
    alone = len(kinds) == 1 and max(plain.values()) >= ALONE_NATS
    if not something and not alone and score < HINT_NATS:
        return _nothing(score, kinds, "nothing in common")
    rivals = [r.lag_s for r in found.rivals if _rivals(r, main)]
    lags = (main.line.lag_s, *rivals)
    if rivals:
        if not something:
            return _nothing(score, kinds, "nothing in common")
        period = _period(lags, (*a.self_lags_s, *b.self_lags_s))
        words = _ambiguous_words(lags, period)
        return Finding(Verdict.AMBIGUOUS, score, sure=False, kinds=kinds, lags_s=lags, period_s=period, why=words)
    replayed = _replayed(main, a, b)
    if replayed and (main.speed or not independent or len(kinds) < 2):
        if not something:
            return _nothing(score, kinds, "nothing in common")
        return Finding(
            Verdict.REPLAYED_CONTENT, score, sure=False, kinds=kinds, lags_s=lags, period_s=None, why=replayed
        )
    if len(kinds) < 2 and not alone:
        return _nothing(score, kinds, "one kind of evidence only", hint=score >= HINT_NATS)
    if score < LEAST_NATS:
        return _nothing(score, kinds, "nothing in common", hint=True)
    enough = score >= (SURE_NATS if plain["landmarks"] < KIND_NATS else SURE_WITH_LANDMARKS_NATS)
    sure = enough and independent and not alone
    why = "" if sure else ("little evidence" if not enough or alone else ONE_SOURCE)
    return Finding(
        Verdict.SAME_EVENT,
        score,
        sure=sure,
        kinds=kinds,
        lags_s=lags,
        period_s=None,
        why=why,
        independent=independent,
    )


def _nothing(score: float, kinds: tuple[str, ...], why: str, *, hint: bool = False) -> Finding:
    return Finding(verdict=None, score=score, sure=False, kinds=kinds, lags_s=(), period_s=None, why=why, hint=hint)


def _replayed(main: Piece, a: Features, b: Features) -> str:
    """Return in words why what is shared could be played anywhere, or an empty string."""
    if main.speed:
        return (
            f"one runs {abs(main.speed) * 100:.1f} % faster than the other, as no two clocks do: "
            "it is one recording played in two places"
        )
    if main.repeated > _ALL_REPEATED or (main.repeated > _REPEATED and main.landmarks.nats < DISTINCT_NATS):
        return "what they share also repeats within one of them, as music and sirens do"
    if main.tonal > _TONAL:
        return "what they share are sustained tones, as in music, which can be played anywhere"
    stretch = concentrated(main, a, b)
    if stretch is not None:
        return (
            f"they agree for {stretch:.0f} s only and then no more, though both go on as loud, "
            "as when one recording of something is heard in two places"
        )
    return ""


def concentrated(main: Piece, a: Features, b: Features) -> float | None:
    """Return the seconds of the one stretch in which a pair agrees, if nothing else of an equally loud overlap does."""
    phase = main.phase
    if phase is None or phase.windows < 2 * _QUIET_WINDOWS:
        return None
    begins = np.array(phase.looked_s)
    agrees = np.isin(begins, np.array(phase.seconds))
    gain = np.cumsum(np.where(agrees, 1.0, -1.0))
    lowest = np.minimum.accumulate(np.append(0.0, gain[:-1]))
    last = int(np.argmax(gain - lowest))
    first = int(np.argmin(np.append(0.0, gain[:-1])[: last + 1]))
    inside = np.zeros(len(begins), dtype=np.bool_)
    inside[first : last + 1] = True
    outside = int((~inside).sum())
    if outside < _QUIET_WINDOWS or inside.sum() > _STRETCH * len(begins):
        return None
    if agrees[~inside].mean() > phase.chance + 0.1:
        return None
    for levels, shift in ((b.levels, 0.0), (a.levels, main.line.lag_s)):
        at = np.clip((begins + shift + 0.5).astype(np.int64), 0, len(levels) - 1)
        if np.median(levels[at[~inside]]) < np.median(levels[at[inside]]) - _AS_LOUD_DB:
            return None
    return float(begins[last] - begins[first] + 1.0)


def main_piece(found: Match) -> Piece:
    """Return the piece of a match that lasts longest."""
    return max(found.pieces, key=lambda p: (p.last_s - p.first_s, -p.first_s))


def _rivals(rival: Rival, main: Piece) -> bool:
    """Return whether another lag explains the pair nearly as well as the best one."""
    if abs(rival.lag_s - main.line.lag_s) < _SAME_LAG_S or rival.behind >= _AHEAD:
        return False
    by_plain = rival.landmarks > 6 and rival.landmarks > _RIVAL * main.landmarks.nats
    if main.landmarks.nats >= DISTINCT_NATS and main.repeated <= _ALL_REPEATED:
        return by_plain
    by_all = rival.all_landmarks > 8 and rival.all_landmarks > _RIVAL * main.all_landmarks.nats
    by_envelope = rival.envelope > 10 and rival.envelope > _RIVAL * main.envelope.nats
    return by_plain or by_all or by_envelope


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
