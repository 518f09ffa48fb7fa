"""What aligning found, told so that a person can act on it: placed, linked, ambiguous, set aside, apart.

Shared by ``align``, ``build`` and ``status``. Decides nothing; what became of a recording is said in ``core.outcomes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from shlex import quote

from rich.console import Console

from everyangle.cli.layout import heading, paragraph
from everyangle.cli.placed import tell_placed
from everyangle.cli.recordings import FEW, WORST, Told, count, more
from everyangle.core.alignment import Alignment, Verdict
from everyangle.core.outcomes import Fate, is_used, stretch, why_not
from everyangle.core.time import format_position


def tell(
    out: Console, every: Sequence[Told], alignments: Sequence[Alignment], names: Mapping[str, str], *, whole: bool
) -> None:
    """Print what was placed, with its error and on what evidence, and what was not, and why.

    Args:
        out: where to.
        every: all recordings and photos.
        alignments: what their pairs have in common.
        names: what people call each, by id.
        whole: list all of them, however many.
    """
    placed = [one for one in every if one.placed]
    alone = [one for one in every if not one.placed]
    fates = [Fate.APART if one.outcome is None else one.outcome.fate for one in alone]
    linked, unsure, apart = (
        [one for one, fate in zip(alone, fates, strict=True) if fate is wanted]
        for wanted in (Fate.LINKED, Fate.AMBIGUOUS, Fate.APART)
    )
    if len(every) > FEW:
        groups = len({one.component for one in placed})
        parts = [f"{len(placed):,} placed" + (f" in {groups} groups" if groups > 1 else "")]
        parts += [f"{len(linked):,} linked by replayed content"] if linked else []
        parts += [f"{len(unsure):,} ambiguous"] if unsure else []
        parts += [f"{len(apart):,} not placed"] if apart else []
        heading(out, f"{count(len(every), 'recording', 'recordings')}: {', '.join(parts)}")
    tell_placed(out, placed, whole=whole)
    _tell_leads(out, "Linked by content that can be replayed anywhere; not joined", linked, names, whole=whole)
    _tell_leads(out, "Ambiguous; not joined", unsure, names, whole=whole)
    if linked or unsure:
        words = "What would decide: a recording that overlaps both, or a person who knows, as with:"
        paragraph(out, words, indent=2, style="dim")
        paragraph(out, _command(_by_evidence(unsure or linked)[0], names), indent=4, hanging=2, style="dim")
    _tell_aside(out, placed, alignments, names, whole=whole)
    _tell_apart(out, apart, whole=whole)


def _tell_leads(out: Console, title: str, alone: Sequence[Told], names: Mapping[str, str], *, whole: bool) -> None:
    if not alone:
        return
    heading(out, f"{title}: {count(len(alone), 'recording', 'recordings')}")
    told: dict[frozenset[str], Told] = {}
    for one in _by_evidence(alone):
        told.setdefault(frozenset((_best(one).a, _best(one).b)), one)  # the other one's line says the same
    shown = list(told.values())
    for one in shown if whole else shown[:WORST]:
        lead = _best(one)
        rest = 0 if one.outcome is None else len(one.outcome.leads) - 1
        also = f" ({rest} more like it)" if rest else ""
        paragraph(out, f"{_lead(one, lead, names)}{also}", indent=2, hanging=2)
        paragraph(out, _why(lead), indent=4, style="dim")
    if not whole:
        more(out, len(shown) - WORST, "pair more", "pairs more")


def _by_evidence(alone: Sequence[Told]) -> list[Told]:
    return sorted(alone, key=lambda one: (-_best(one).score, one.name))


def _command(one: Told, names: Mapping[str, str]) -> str:
    """Return the command by which a person would place a recording at its best candidate."""
    lead = _best(one)
    first = one.outcome is not None and lead.a == one.outcome.placement.id
    other = names[lead.b if first else lead.a]
    start = -lead.offsets_s[0] if first else lead.offsets_s[0]
    return f'everyangle place CASE {quote(one.name)} --like {quote(other)} --offset {start:.2f} --why "…"'


def _why(lead: Alignment) -> str:
    """Return why a pair joins nothing, and whether the times that files say agree with it all the same."""
    prior = lead.evidence.get("prior")
    agrees = isinstance(prior, Mapping) and prior.get("agrees") is True and not prior.get("decided")
    times = "; the times that the files say agree with it" if agrees else ""
    return (why_not(lead) or "too little evidence") + times


def _best(one: Told) -> Alignment:
    if one.outcome is None:
        raise ValueError("no outcome")
    return one.outcome.leads[0]


def _lead(one: Told, lead: Alignment, names: Mapping[str, str]) -> str:
    """Return what speaks for a relation of a recording to another, from this recording's side."""
    first = one.outcome is not None and lead.a == one.outcome.placement.id
    other = names[lead.b if first else lead.a]
    if lead.verdict is Verdict.REPLAYED_CONTENT:
        return _shared(lead, names, first=first)
    if lead.offset_s is not None:
        at = format_position(-lead.offset_s if first else lead.offset_s, decimals=2)
        return f"{one.name}: the files' times put it at {at} of {other}; sound leaves {len(lead.offsets_s)} places"
    starts = sorted((-x if first else x) for x in lead.offsets_s)
    places = " or ".join(format_position(x, decimals=2) for x in starts[:4])
    more = f" or {len(starts) - 4} more" if len(starts) > 4 else ""
    period = "" if lead.period_s is None else f", every {lead.period_s:.2f} s"
    return f"{one.name}: may start at {places}{more} of {other}{period}"


def _shared(lead: Alignment, names: Mapping[str, str], *, first: bool) -> str:
    """Return which stretch of the first recording, or else of the second, is also in the other, and where."""
    mine, theirs = (names[lead.a], names[lead.b]) if first else (names[lead.b], names[lead.a])
    found = stretch(lead)
    if found is None:
        return f"{mine} and {theirs}"
    a, b = _span(found.a_from_s, found.a_to_s), _span(found.b_from_s, found.b_to_s)
    here, there = (a, b) if first else (b, a)
    return f"{mine}: its {here} is also in {theirs}, there {there}"


def _span(start_s: float, end_s: float) -> str:
    return f"{format_position(start_s, decimals=0)} to {format_position(end_s, decimals=0)}"


def _tell_aside(
    out: Console, placed: Iterable[Told], alignments: Sequence[Alignment], names: Mapping[str, str], *, whole: bool
) -> None:
    """Tell of pairs that joined nothing although both recordings are placed: a wrong one is named, not hidden."""
    where = {one.outcome.placement.id: one.component for one in placed if one.outcome is not None}
    aside = [x for x in alignments if not is_used(x) and x.a in where and x.b in where]
    links = [x for x in aside if x.verdict is Verdict.REPLAYED_CONTENT and where[x.a] != where[x.b]]
    wrong = [x for x in aside if x.verdict is Verdict.SAME_EVENT]
    shown = sorted([*wrong, *links], key=lambda x: (x.verdict is Verdict.REPLAYED_CONTENT, -x.score, x.a, x.b))
    if not shown:
        return
    heading(out, f"Set aside, although both are placed: {count(len(shown), 'pair', 'pairs')}")
    for one in shown if whole else shown[:WORST]:
        if one.verdict is Verdict.REPLAYED_CONTENT:
            paragraph(out, _shared(one, names, first=True), indent=2, hanging=2)
            paragraph(out, why_not(one), indent=4, style="dim")
        else:
            paragraph(out, f"{names[one.a]} and {names[one.b]}: {why_not(one)}", indent=2, hanging=2)
    if not whole:
        more(out, len(shown) - WORST, "pair more", "pairs more")


def _tell_apart(out: Console, alone: Sequence[Told], *, whole: bool) -> None:
    """Tell of recordings that have nothing in common with others, those with one reason together."""
    reasons: dict[str, list[str]] = {}
    for one in alone:
        reasons.setdefault(one.reason or "not solved yet", []).append(one.name)
    if reasons:
        heading(out, f"Not placed: {count(len(alone), 'item', 'items')}")
    for reason, members in sorted(reasons.items(), key=lambda x: (-len(x[1]), x[0])):
        listed = members if whole else members[:WORST]
        more = f" and {len(members) - len(listed)} more (--all)" if len(listed) < len(members) else ""
        paragraph(out, f"{', '.join(listed)}{more}", indent=2, hanging=2)
        paragraph(out, reason, indent=4, style="dim")
