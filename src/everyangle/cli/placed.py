"""What stands on a clock: each recording with its error and its evidence, or each group where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from rich.console import Console

from everyangle.cli.layout import NARROW, heading, paragraph, table
from everyangle.cli.recordings import FEW, WORST, Told, count, more
from everyangle.core.time import ClockMap, format_position
from everyangle.dossier.words import error

_PLACED = ("recording", "starts", "ends", "within", "evidence")
_GROUPS = ("group", "recordings", "from", "to", "within", "rests on least")


def tell_placed(out: Console, placed: Sequence[Told], *, whole: bool) -> None:
    """Print the placed recordings, group by group; of many groups beside the main one, a line for each.

    Args:
        out: where to.
        placed: recordings that have a place.
        whole: list all of them, however many.
    """
    groups: dict[int, list[Told]] = {}
    for one in placed:
        groups.setdefault(one.component, []).append(one)
    short = len(placed) > FEW and not whole
    for component in sorted(groups):
        if component == 0 or not short:
            _tell_group(out, groups[component], component, whole=whole)
    if short:
        _tell_groups(out, {component: members for component, members in sorted(groups.items()) if component})


def _tell_groups(out: Console, groups: dict[int, list[Told]]) -> None:
    if not groups:
        return
    heading(out, f"Apart, each on a clock of its own: {count(len(groups), 'group', 'groups')}")
    rows = [_group_row(component, members) for component, members in list(groups.items())[:WORST]]
    if out.width >= NARROW:
        table(out, _GROUPS, rows, right=(0, 1, 2, 3, 4))
    else:
        for number, members, starts, ends, within, least in rows:
            paragraph(out, f"{number}: {members} recordings, {starts} to {ends}, {within}; {least}", hanging=2)
    words = "more; --all lists every recording." if len(groups) > WORST else "--all lists every recording."
    rest = f"{count(len(groups) - WORST, 'group', 'groups')} " if len(groups) > WORST else ""
    paragraph(out, f"{rest}{words}", style="dim")


def _group_row(component: int, members: Sequence[Told]) -> tuple[str, ...]:
    solved = [(one, one.outcome) for one in members if one.outcome is not None]
    starts = min(found.placement.clock.offset_s for _, found in solved)
    ends = max(found.placement.clock.event_from_media(found.placement.duration_s) for _, found in solved)
    within = _error(max(one.error_s for one, _ in solved))
    least, _ = min(
        solved, key=lambda row: (row[1].support.circles, row[1].support.others, -row[0].error_s, row[0].name)
    )
    span = (format_position(starts), format_position(ends))
    return str(component), str(len(members)), *span, within, f"{least.name}: {_evidence(least)}"


def _tell_group(out: Console, members: Sequence[Told], component: int, *, whole: bool) -> None:
    shown = sorted(members, key=_start)
    words = "On the event clock" if component == 0 else f"Apart, on a clock of their own ({component})"
    heading(out, f"{words}: {count(len(shown), 'recording', 'recordings')}{_spread(members)}")
    if len(shown) > FEW and not whole:
        shown = sorted(members, key=lambda one: (-one.error_s, _start(one)))[:WORST]
        paragraph(out, f"The {WORST} least certain:", style="dim")
    rows = [(one.name, *_when(one), _within(one), _evidence(one)) for one in shown]
    if out.width >= NARROW:
        table(out, _PLACED, rows, right=(1, 2, 3))
    else:
        for name, starts, ends, within, evidence in rows:
            paragraph(out, name, hanging=2)
            paragraph(out, f"{starts} to {ends}, {within}: {evidence}", indent=2, hanging=2)
    more(out, len(members) - len(shown), "is more certain", "are more certain")


def _spread(members: Sequence[Told]) -> str:
    errors = sorted(one.error_s for one in members if not one.is_clock and one.error_stated)
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


def _when(one: Told) -> tuple[str, str]:
    if one.outcome is None:
        return "", ""
    placement = one.outcome.placement
    end = placement.clock.event_from_media(placement.duration_s)
    return format_position(placement.clock.offset_s, decimals=2), format_position(end, decimals=2)


def _within(one: Told) -> str:
    if not one.error_stated:
        return "not stated"
    return "the clock" if one.is_clock else _error(one.error_s)


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


def jumps_words(clock: ClockMap) -> str:
    """Return a recording's lost stretches in words, or nothing."""
    lost = [f"{j.lost_s:.2f} s lost at {format_position(j.at_s)}" for j in clock.jumps]
    return ", ".join(lost)
