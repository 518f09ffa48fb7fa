"""What became of each recording, for people: placed and on what, linked, ambiguous or apart. Measures nothing.

Reads only what a solution says of itself, so that commands and dossiers tell the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.stated import Conflict, ConflictKind


class Fate(StrEnum):
    """What became of a recording."""

    PLACED = "placed"
    LINKED = "linked"
    """Alone, but it holds content that another recording holds too and that can be played anywhere."""
    AMBIGUOUS = "ambiguous"
    """Alone, but something speaks for a place that nothing decides."""
    APART = "apart"
    """Alone, with nothing in common with any other."""


@dataclass(frozen=True, slots=True)
class Support:
    """On what a placement by sound rests.

    Attributes:
        others: how many recordings agree with it directly.
        kinds: kinds of evidence that any of these pairs has, in the order of ``KINDS``.
        circles: in how many circles of three agreeing recordings it stands.
    """

    others: int
    kinds: tuple[str, ...]
    circles: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recording.

    Attributes:
        placement: where it stands.
        fate: in a word.
        peers: how many recordings its component holds, itself among them.
        support: on what its place rests; nothing where it is alone or placed by hand only.
        leads: its pairs that joined nothing, those with the most evidence first.
    """

    placement: Placement
    fate: Fate
    peers: int
    support: Support
    leads: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What two recordings share, in both media times, seconds."""

    a_from_s: float
    a_to_s: float
    b_from_s: float
    b_to_s: float


KINDS = ("landmarks", "envelope", "phase")


def outcomes(solution: Solution) -> dict[str, Outcome]:
    """Return what became of each recording, by id, in the solution's order."""
    peers = Counter(p.component for p in solution.placements)
    on = supports([p.id for p in solution.placements], solution.alignments)
    leads: dict[str, list[Alignment]] = {p.id: [] for p in solution.placements}
    for found in sorted(solution.alignments, key=lambda x: (-x.score, x.a, x.b)):
        if not is_used(found):
            leads[found.a].append(found)
            leads[found.b].append(found)
    return {
        one.id: Outcome(
            one, _fate(peers[one.component], leads[one.id]), peers[one.component], on[one.id], tuple(leads[one.id])
        )
        for one in solution.placements
    }


def supports(ids: Sequence[str], alignments: Sequence[Alignment]) -> dict[str, Support]:
    """Return for each recording on what its place rests."""
    near: dict[str, set[str]] = {name: set() for name in ids}
    kinds: dict[str, set[str]] = {name: set() for name in ids}
    for found in alignments:
        if is_used(found):
            near[found.a].add(found.b)
            near[found.b].add(found.a)
            for name in (found.a, found.b):
                kinds[name].update(texts(found.evidence, "kinds"))
    return {
        name: Support(
            len(near[name]),
            tuple(kind for kind in KINDS if kind in kinds[name]),
            sum(len(near[name] & near[other]) for other in near[name]) // 2,
        )
        for name in ids
    }


def _fate(peers: int, leads: Sequence[Alignment]) -> Fate:
    if peers > 1:
        return Fate.PLACED
    if not leads:
        return Fate.APART
    return Fate.LINKED if leads[0].verdict is Verdict.REPLAYED_CONTENT else Fate.AMBIGUOUS


def is_used(found: Alignment) -> bool:
    """Return whether placements rest on a pair."""
    return found.evidence.get("used") is True


def why_not(found: Alignment) -> str:
    """Return why a pair joins nothing, in words."""
    words = found.evidence.get("why_not")
    return words if isinstance(words, str) else ""


def stretch(found: Alignment) -> Stretch | None:
    """Return from which to which second a pair agrees, or None where its evidence does not say."""
    pieces = [piece for piece in objects(found.evidence, "pieces") if numbers(piece, "agreeing_s")]
    if not pieces:
        return None
    longest = max(pieces, key=lambda piece: len(numbers(piece, "agreeing_s")))
    agreeing = numbers(longest, "agreeing_s")
    b_from, b_to = min(agreeing), max(agreeing) + 1.0
    (a_start,), (b_start,) = numbers(longest, "a_from_s"), numbers(longest, "b_from_s")
    rate = 1 + found.drift_ppm * 1e-6
    return Stretch(a_start + rate * (b_from - b_start), a_start + rate * (b_to - b_start), b_from, b_to)


def conflict_words(one: Conflict, names: Mapping[str, str]) -> str:
    """Return a conflict in a sentence without a full stop."""
    a, b = names.get(one.a, one.a), names.get(one.b, one.b)
    placed = " and ".join(names.get(name, name) for name in one.pinned)
    by = "" if one.by_s is None else f"{one.by_s:.2f} s"
    match one.kind:
        case ConflictKind.PIN:
            return f"{a} and {b}: where {placed} was placed by hand is off by {by} (±{one.allowed_s:.2f} s would pass)"
        case ConflictKind.OWN_CLOCK:
            return f"{a} and {b} share an event, but a person put {placed} on an event clock of its own"
        case ConflictKind.DEVICE:
            return f"{a} and {b} overlap by {by}, but are said to be of one device"
        case ConflictKind.REJECTION:
            return f"{a} and {b} share an event by their sound, but a person rejected that"


def texts(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return the texts of a list in evidence; nothing where it holds no such list."""
    value = fields.get(name)
    return tuple(x for x in value if isinstance(x, str)) if isinstance(value, list | tuple) else ()


def numbers(fields: Mapping[str, object], name: str) -> tuple[float, ...]:
    """Return the numbers of a list in evidence, or the one number that stands there; nothing where there is none."""
    value = fields.get(name)
    every = value if isinstance(value, list | tuple) else (value,)
    return tuple(float(x) for x in every if isinstance(x, int | float) and not isinstance(x, bool))


def objects(fields: Mapping[str, object], name: str) -> tuple[Mapping[str, object], ...]:
    """Return the objects of a list in evidence; nothing where it holds no such list."""
    value = fields.get(name)
    return tuple(x for x in value if isinstance(x, Mapping)) if isinstance(value, list | tuple) else ()
