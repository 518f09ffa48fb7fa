"""Where people's word and sound disagree, told so that a person can look again. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console

from everyangle.cli.layout import heading, paragraph
from everyangle.core.stated import Conflict, ConflictKind


def tell_conflicts(out: Console, conflicts: Sequence[Conflict], names: Mapping[str, str]) -> None:
    """Print what the sound contradicts, the strongest evidence first; nothing where it contradicts nothing."""
    if not conflicts:
        return
    heading(out, f"The sound contradicts what was said: {len(conflicts)}")
    for one in conflicts:
        paragraph(out, words(one, names), indent=2, hanging=2)


def words(one: Conflict, names: Mapping[str, str]) -> str:
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
