"""Tables of placements, for the commands that show them. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from everyangle.core.casefile import Decision, DecisionKind
from everyangle.core.items import ItemKind
from everyangle.core.time import ClockMap, format_position
from everyangle.stages.status import Row


def tell_rows(out: Console, rows: Iterable[Row]) -> None:
    """Print what was placed, with its error, and what was not, and why."""
    shown = list(rows)
    placed = [row for row in shown if row.placed]
    for component in sorted({row.placement.component for row in placed if row.placement is not None}):
        members = [row for row in placed if row.placement is not None and row.placement.component == component]
        out.print(_placed_table(members, component))
    unplaced = [row for row in shown if not row.placed and row.one.kind in (ItemKind.RECORDING, ItemKind.PHOTO)]
    if unplaced:
        out.print(_reasons("Not placed", [(row.one.item.name, _why_not(row)) for row in unplaced]))
    problems = [(row.one.item.name, row.one.problem.message) for row in shown if row.one.problem is not None]
    if problems:
        out.print(_reasons("Kept as received, but not usable in full", problems))


def jumps_words(clock: ClockMap) -> str:
    """Return a recording's lost stretches in words, or nothing."""
    lost = [f"{j.lost_s:.2f} s lost at {format_position(j.at_s)}" for j in clock.jumps]
    return ", ".join(lost)


def _placed_table(members: list[Row], component: int) -> Table:
    title = "On the event clock" if component == 0 else f"Apart, on a clock of their own ({component})"
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("recording", overflow="fold")
    table.add_column("starts", justify="right")
    table.add_column("ends", justify="right")
    table.add_column("within", justify="right")
    table.add_column("by")
    for row in members:
        if row.placement is None:
            continue
        clock = row.placement.clock
        end = clock.event_from_media(row.placement.duration_s)
        table.add_row(
            escape(row.one.item.name),
            format_position(clock.offset_s),
            format_position(end),
            _within(row),
            _by(row),
        )
    return table


def _within(row: Row) -> str:
    if row.placement is None or (row.decision is not None and not row.decision.error_stated):
        return "not stated"
    return "the clock" if row.placement.anchor and row.decision is None else f"±{row.placement.clock.error_s:.3f} s"


def _by(row: Row) -> str:
    lost = "" if row.placement is None else jumps_words(row.placement.clock)
    return ", ".join(part for part in (_who(row.decision), lost) if part)


def _who(decision: Decision | None) -> str:
    if decision is None:
        return "sound"
    return "sound, confirmed" if decision.kind is DecisionKind.CONFIRMED else "hand"


def _why_not(row: Row) -> str:
    if row.reason:
        return row.reason
    return "place it by hand: everyangle place" if row.one.kind is ItemKind.PHOTO else "not built yet"


def _reasons(title: str, pairs: list[tuple[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("item", overflow="fold")
    table.add_column("why", overflow="fold")
    for name, why in pairs:
        table.add_row(escape(name), escape(why))
    return table
