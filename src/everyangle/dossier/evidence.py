"""Why each recording stands where it stands: what its lane opens, from that recording's side, in a file of its own.

Turns the evidence of alignments (``docs/formats/alignment.md``) into rows that the page draws, each pair seen from the
recording whose lane it is. Evidence may lack anything: what is not there is not shown. Measures nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everyangle.core.alignment import Alignment, Verdict
from everyangle.core.ids import Digest
from everyangle.core.items import ItemKind
from everyangle.core.outcomes import conflict_words, is_used, numbers, objects, stretch, why_not
from everyangle.dossier import words
from everyangle.dossier.json_script import Json
from everyangle.dossier.model import Dossier, ShownItem

PICTURES = 24
"""So many relations of a recording carry their pictures, those with the most evidence; the others only words."""

GAP_S = 2.0
"""A stretch goes on over so many seconds that do not agree."""

FINDINGS = {
    Verdict.SAME_EVENT: "heard the same sounds",
    Verdict.REPLAYED_CONTENT: "hold the same played-back sound, which places neither",
    Verdict.AMBIGUOUS: "match in more than one way, so not used",
}

KINDS = (
    ("landmarks", "Peaks of the spectrum that coincide", "seconds"),
    ("envelope", "Loudness in 24 bands over time", "seconds"),
    ("phase", "The waveform itself, phase-correlated", "windows"),
)


def evidence_path(item: ShownItem) -> str | None:
    """Return where what an item's lane opens lies in the dossier, or None for what has no lane."""
    laned = item.kind is ItemKind.RECORDING or (item.kind is ItemKind.PHOTO and item.placement is not None)
    return f"data/evidence-{item.digest}.js" if laned else None


def evidence(dossier: Dossier, item: ShownItem) -> Json:
    """Return what a recording's or a photo's lane opens."""
    mine = [_Seen.of(one, item.digest) for one in dossier.alignments if item.digest in (one.a, one.b)]
    mine.sort(key=lambda one: (not is_used(one.found), -one.found.score, one.other))
    placement = item.placement
    names: dict[str, str] = {i.digest: i.name for i in dossier.items}
    return {
        "words": words.capital(words.placed(placement)) if placement else "Not placed",
        "reason": words.line(item.reason),
        "prior": words.line(placement.prior) if placement else "",
        "stated": _stated(item),
        "duration": round(item.media.duration_s if item.media else 0.0, 3),
        "clock": words.drift(placement.clock.rate) if placement else "",
        "lost": [[round(j.at_s, 3), round(j.lost_s, 3)] for j in placement.clock.jumps] if placement else [],
        "conflicts": [
            words.line(conflict_words(one, names)) for one in dossier.conflicts if item.digest in (one.a, one.b)
        ],
        "alone": "" if mine else _alone(item),
        "relations": [_relation(one, pictures=number < PICTURES) for number, one in enumerate(mine)],
    }


def _alone(item: ShownItem) -> str:
    """Return in words why no other recording is named beside one, where its reason does not say so already."""
    if item.kind is ItemKind.PHOTO:
        return ""
    if item.media is not None and item.media.audio is None:
        return "It has no sound that could be compared."
    return "" if item.reason else "No other recording has anything in common with it."


def _stated(item: ShownItem) -> Json:
    placement = item.placement
    if placement is None or placement.entry is None:
        return None
    return {"said": words.line(placement.said), "why": words.line(placement.why), "entry": placement.entry}


@dataclass(frozen=True, slots=True)
class _Seen:
    """An alignment seen from one of its recordings: ``t_mine = offset_s + rate * t_theirs``.

    Attributes:
        found: the alignment.
        first: whether the recording is its first one.
        other: the other recording.
    """

    found: Alignment
    first: bool
    other: Digest

    @classmethod
    def of(cls, found: Alignment, mine: Digest) -> _Seen:
        first = found.a == mine
        return cls(found, first, Digest(found.b if first else found.a))

    @property
    def sign(self) -> int:
        """1, or -1 where the recording is the second one."""
        return 1 if self.first else -1

    def starts(self, offset_s: float) -> float:
        """Return where the other one starts in the recording's time, by an offset of the alignment."""
        return offset_s if self.first else -offset_s / (1 + self.found.drift_ppm * 1e-6)

    def mine(self, piece: Mapping[str, object], t_b: float) -> float:
        """Return the recording's own time at a media time of the alignment's second recording."""
        if not self.first:
            return t_b
        (a_from,), (b_from,) = numbers(piece, "a_from_s"), numbers(piece, "b_from_s")
        return a_from + (1 + self.found.drift_ppm * 1e-6) * (t_b - b_from)


def _relation(one: _Seen, *, pictures: bool) -> Json:
    found = one.found
    row: dict[str, Json] = {
        "other": one.other,
        "finding": FINDINGS[found.verdict],
        "used": is_used(found),
        "whyNot": words.line(why_not(found)),
        "starts": None if found.offset_s is None else round(one.starts(found.offset_s), 4),
        "candidates": sorted(round(one.starts(x), 3) for x in found.offsets_s)
        if found.verdict is Verdict.AMBIGUOUS
        else [],
        "period": None if found.period_s is None else round(found.period_s, 3),
        "error": words.error(found.error_s),
        "drift": round(one.sign * found.drift_ppm, 1) + 0.0,
        "overlap": words.span(found.overlap_s),
        "nats": round(found.score),
        "kinds": _kinds(found),
        "repeated": _one(found.evidence, "repeated_share"),
        "tonal": _one(found.evidence, "tonal_share"),
        "residual": _signed(found.evidence, "residual_s", one.sign),
        "circles": [
            {"with": str(row["with"]), "closes": abs(closes)}
            for row in objects(found.evidence, "cycles")
            if "with" in row
            for closes in numbers(row, "closes_s")
        ],
        "stretch": _stretch(one),
        "times": _times(one),
        "listen": _longest(one),
    }
    if pictures:
        row["pieces"] = [_piece(one, piece) for piece in objects(found.evidence, "pieces")]
        row["profile"] = _profile(one)
    return row


def _longest(one: _Seen) -> Json:
    """Return the longest stretch that agrees nearly all the time, in the recording's own time; None without one."""
    best: tuple[float, float] | None = None
    for piece in objects(one.found.evidence, "pieces"):
        start = end = None
        for t_b in sorted(numbers(piece, "agreeing_s")):
            t = one.mine(piece, t_b)
            start, end = (t, t + 1.0) if start is None or end is None or t - end > GAP_S else (start, t + 1.0)
            if best is None or end - start > best[1] - best[0]:
                best = (start, end)
    return None if best is None else [round(best[0], 2), round(best[1], 2)]


def _times(one: _Seen) -> str:
    """Return what the times that files say make of a pair that sound leaves open, in words, or nothing."""
    prior = one.found.evidence.get("prior")
    if not isinstance(prior, Mapping):
        return ""
    offset, odds = _one(prior, "offset_s"), _one(prior, "log_odds")
    if offset is None or odds is None:
        return ""
    place = words.clock_time(one.starts(offset), digits=2)
    decided = {"placed": "; they decided its place", "candidate": "; they chose among the offsets"}
    chose = decided.get(str(prior.get("decided")), "; they decided nothing")
    if not prior.get("agrees"):
        return f"The times that the files say are no help here{chose}"
    return f"The times that the files say speak for {place} of this one ({odds:.1f} nats more than chance){chose}"


def _kinds(found: Alignment) -> Json:
    rows: list[Json] = []
    for key, name, unit in KINDS:
        counted = found.evidence.get(key)
        if isinstance(counted, Mapping):
            agreeing, looked, nats = (_one(counted, part) or 0 for part in ("agreeing_s", "looked_s", "nats"))
            rows.append({"name": name, "unit": unit, "agreeing": agreeing, "looked": looked, "nats": nats})
    return rows


def _stretch(one: _Seen) -> Json:
    """Return from where to where the two agree: mine, then theirs; None where nothing tells."""
    found = stretch(one.found)
    if found is None:
        return None
    a, b = (found.a_from_s, found.a_to_s), (found.b_from_s, found.b_to_s)
    return [round(t, 2) for t in (*a, *b)] if one.first else [round(t, 2) for t in (*b, *a)]


def _piece(one: _Seen, piece: Mapping[str, object]) -> Json:
    windows = piece.get("windows")
    rows: Sequence[Json] = ()
    if isinstance(windows, Mapping):
        begins, off = windows.get("b_s"), windows.get("off_ms")
        if isinstance(begins, list | tuple) and isinstance(off, list | tuple):
            rows = [
                [round(one.mine(piece, t), 2), None if x is None else round(one.sign * x, 2) + 0.0]
                for t, x in zip(begins, off, strict=False)
            ]
    return {
        "from": _signed(piece, "a_from_s" if one.first else "b_from_s", 1),
        "to": _signed(piece, "a_to_s" if one.first else "b_to_s", 1),
        "agree": [round(one.mine(piece, t), 1) for t in numbers(piece, "agreeing_s")],
        "windows": rows,
    }


def _profile(one: _Seen) -> Json:
    """Return the correlation picture over milliseconds around the middle of the sources, or None without one."""
    profile = one.found.evidence.get("profile")
    sources = numbers(one.found.evidence, "source_offsets_s")
    if not isinstance(profile, Mapping) or not sources:
        return None
    heights, first, step = numbers(profile, "tenths"), _one(profile, "from_s"), _one(profile, "step_s")
    if not heights or first is None or step is None:
        return None
    middle = (sources[0] + sources[-1]) / 2
    begin = first - middle
    if not one.first:
        heights, begin = heights[::-1], -(begin + step * (len(heights) - 1))
    return {
        "from": round(1000 * begin, 3),
        "step": round(1000 * step, 3),
        "tenths": [round(x) for x in heights],
        "sources": sorted(round(1000 * one.sign * (x - middle), 2) + 0.0 for x in sources),
    }


def _one(fields: Mapping[str, object], name: str) -> float | None:
    found = numbers(fields, name)
    return found[0] if found else None


def _signed(fields: Mapping[str, object], name: str, sign: int) -> float | None:
    value = _one(fields, name)
    return None if value is None else round(sign * value, 4) + 0.0
