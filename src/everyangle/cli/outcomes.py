"""What aligning found, told so that a person can act on it: placed, linked, ambiguous, set aside, apart.

Shared by ``align``, ``build`` and ``status``. Decides nothing; what became of a recording is said in ``core.outcomes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rich.console import Console

from everyangle.cli.layout import NARROW, heading, paragraph, table
from everyangle.core.alignment import Alignment, Verdict
from everyangle.core.outcomes import Fate, Outcome, is_used, stretch, why_not
from everyangle.core.time import ClockMap, format_position
from everyangle.dossier.words import error

FEW = 24
"""So many recordings of one group are listed whole; of more, the least certain ones."""

WORST = 12
"""How many are listed of what is too much to list whole."""

_PLACED = ("recording", "starts", "ends", "within", "evidence")


@dataclass(frozen=True, slots=True)
class Told:
    """One recording or photo as it is told.

    Attributes:
        name: what people call it, on one line.
        outcome: what became of it, or None where nothing was solved for it.
        reason: why it stands alone, in words.
        hand: who placed it where that was not the machine alone: "by hand", "confirmed by a person"; or nothing.
        error_stated: False where a person placed it and stated no error.
    """

    name: str
    outcome: Outcome | None
    reason: str = ""
    hand: str = ""
    error_stated: bool = True

    @property
    def placed(self) -> bool:
        """Whether it has a place in relation to others, or by a person's word."""
        return self.outcome is not None and (self.outcome.fate is Fate.PLACED or bool(self.hand))


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
    groups = sorted({_component(one) for one in placed})
    for component in groups if whole else groups[:WORST]:
        _tell_placed(out, [one for one in placed if _component(one) == component], component, whole=whole)
    if not whole:
        _more(out, len(groups) - WORST, "group apart", "groups apart")
    alone = [one for one in every if not one.placed]
    linked = [one for one in alone if one.outcome is not None and one.outcome.fate is Fate.LINKED]
    unsure = [one for one in alone if one.outcome is not None and one.outcome.fate is Fate.AMBIGUOUS]
    _tell_leads(out, "Linked by content that can be replayed anywhere; not joined", linked, names, whole=whole)
    _tell_leads(out, "Ambiguous; not joined", unsure, names, whole=whole)
    if unsure:
        words = "What would decide: a recording that overlaps both, or a person who knows (everyangle place)."
        paragraph(out, words, indent=2, style="dim")
    _tell_aside(out, placed, alignments, names, whole=whole)
    _tell_apart(out, [one for one in alone if one not in linked and one not in unsure], whole=whole)


def jumps_words(clock: ClockMap) -> str:
    """Return a recording's lost stretches in words, or nothing."""
    lost = [f"{j.lost_s:.2f} s lost at {format_position(j.at_s)}" for j in clock.jumps]
    return ", ".join(lost)


def count(number: int, one: str, many: str) -> str:
    """Return ``1 recording`` or ``3 recordings``."""
    return f"{number:,} {one if number == 1 else many}"


def _component(one: Told) -> int:
    return -1 if one.outcome is None else one.outcome.placement.component


def _tell_placed(out: Console, members: Sequence[Told], component: int, *, whole: bool) -> None:
    shown = sorted(members, key=_start)
    words = "On the event clock" if component == 0 else f"Apart, on a clock of their own ({component})"
    heading(out, f"{words}: {count(len(shown), 'recording', 'recordings')}{_spread(members)}")
    if len(shown) > FEW and not whole:
        shown = sorted(members, key=lambda one: (-_error_s(one), _start(one)))[:WORST]
        paragraph(out, f"The {WORST} least certain:", style="dim")
    rows = [(one.name, *_when(one), _within(one), _evidence(one)) for one in shown]
    if out.width >= NARROW:
        table(out, _PLACED, rows, right=(1, 2, 3))
    else:
        for name, starts, ends, within, evidence in rows:
            paragraph(out, name, hanging=2)
            paragraph(out, f"{starts} to {ends}, {within}: {evidence}", indent=2, hanging=2)
    _more(out, len(members) - len(shown), "is more certain", "are more certain")


def _more(out: Console, number: int, one: str, many: str) -> None:
    if number > 0:
        paragraph(out, f"{count(number, one, many)}; --all lists every one.", style="dim")


def _spread(members: Sequence[Told]) -> str:
    errors = sorted(_error_s(one) for one in members if not _is_clock(one) and one.error_stated)
    if not errors:
        return ""
    least, most = _error(errors[0]), _error(errors[-1])
    if least == most:
        return f", within {least}"
    half = f", half of them {_error(median(errors))} or better" if len(errors) > WORST else ""
    return f", within {least} to {most}{half}"


def _error(error_s: float) -> str:
    """Return an error as dossiers show it, with plain spaces, so that it can be searched for."""
    return error(error_s).replace("\u00a0", " ")


def _start(one: Told) -> tuple[float, str]:
    return (0.0 if one.outcome is None else one.outcome.placement.clock.offset_s, one.name)


def _error_s(one: Told) -> float:
    return 0.0 if one.outcome is None else one.outcome.placement.clock.error_s


def _is_clock(one: Told) -> bool:
    return one.outcome is not None and one.outcome.placement.anchor and not one.hand


def _when(one: Told) -> tuple[str, str]:
    if one.outcome is None:
        return "", ""
    placement = one.outcome.placement
    end = placement.clock.event_from_media(placement.duration_s)
    return format_position(placement.clock.offset_s, decimals=2), format_position(end, decimals=2)


def _within(one: Told) -> str:
    if not one.error_stated:
        return "not stated"
    return "the clock" if _is_clock(one) else _error(_error_s(one))


def _evidence(one: Told) -> str:
    """Return on what a place rests: "sound of 4 others, 3 kinds, 6 circles"."""
    parts = []
    if one.outcome is not None and one.outcome.support.others:
        support = one.outcome.support
        parts.append(f"sound of {count(support.others, 'other', 'others')}")
        parts.append(count(len(support.kinds), "kind", "kinds"))
        if support.circles:
            parts.append(count(support.circles, "circle", "circles"))
    words = [", ".join(parts)] if parts else []
    words += ["and the files' times"] if one.outcome is not None and one.outcome.placement.prior else []
    words += [one.hand] if one.hand else []
    lost = "" if one.outcome is None else jumps_words(one.outcome.placement.clock)
    return "; ".join([*words, lost] if lost else words)


def _tell_leads(out: Console, title: str, alone: Sequence[Told], names: Mapping[str, str], *, whole: bool) -> None:
    if not alone:
        return
    heading(out, f"{title}: {count(len(alone), 'recording', 'recordings')}")
    by_evidence = sorted(alone, key=lambda one: (-_best(one).score, one.name))
    for one in by_evidence if whole else by_evidence[:WORST]:
        lead = _best(one)
        rest = 0 if one.outcome is None else len(one.outcome.leads) - 1
        also = f" ({rest} more like it)" if rest else ""
        paragraph(out, f"{_lead(one, lead, names)}{also}", indent=2, hanging=2)
        paragraph(out, why_not(lead) or "too little evidence", indent=4, style="dim")
    if not whole:
        _more(out, len(alone) - WORST, "recording more", "recordings more")


def _best(one: Told) -> Alignment:
    if one.outcome is None:
        raise ValueError("no outcome")
    return one.outcome.leads[0]


def _lead(one: Told, lead: Alignment, names: Mapping[str, str]) -> str:
    """Return what speaks for a relation of a recording to another, from this recording's side."""
    first = one.outcome is not None and lead.a == one.outcome.placement.id
    other = names[lead.b if first else lead.a]
    if lead.verdict is Verdict.REPLAYED_CONTENT:
        found = stretch(lead)
        if found is None:
            return f"{one.name} and {other}"
        a, b = _span(found.a_from_s, found.a_to_s), _span(found.b_from_s, found.b_to_s)
        mine, theirs = (a, b) if first else (b, a)
        return f"{one.name}: its {mine} is also in {other}, there {theirs}"
    if lead.offset_s is not None:
        at = format_position(-lead.offset_s if first else lead.offset_s, decimals=2)
        return f"{one.name}: the files' times put it at {at} of {other}; sound leaves {len(lead.offsets_s)} places"
    starts = sorted((-x if first else x) for x in lead.offsets_s)
    places = " or ".join(format_position(x, decimals=2) for x in starts[:4])
    more = f" or {len(starts) - 4} more" if len(starts) > 4 else ""
    period = "" if lead.period_s is None else f", every {lead.period_s:.2f} s"
    return f"{one.name}: may start at {places}{more} of {other}{period}"


def _span(start_s: float, end_s: float) -> str:
    return f"{format_position(start_s, decimals=0)} to {format_position(end_s, decimals=0)}"


def _tell_aside(
    out: Console, placed: Iterable[Told], alignments: Sequence[Alignment], names: Mapping[str, str], *, whole: bool
) -> None:
    """Tell of pairs that joined nothing although both recordings are placed: a wrong one is named, not hidden."""
    where = {one.outcome.placement.id: _component(one) for one in placed if one.outcome is not None}
    aside = [x for x in alignments if not is_used(x) and x.a in where and x.b in where]
    links = [x for x in aside if x.verdict is Verdict.REPLAYED_CONTENT and where[x.a] != where[x.b]]
    wrong = [x for x in aside if x.verdict is Verdict.SAME_EVENT]
    shown = sorted([*wrong, *links], key=lambda x: (x.verdict is Verdict.REPLAYED_CONTENT, -x.score, x.a, x.b))
    if not shown:
        return
    heading(out, f"Set aside, although both are placed: {count(len(shown), 'pair', 'pairs')}")
    for one in shown if whole else shown[:WORST]:
        paragraph(out, f"{names[one.a]} and {names[one.b]}: {why_not(one)}", indent=2, hanging=2)
    if not whole:
        _more(out, len(shown) - WORST, "pair more", "pairs more")


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
