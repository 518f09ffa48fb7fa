"""What people said beside placements, and where their word and sound disagree. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console

from everyangle.cli.layout import heading, paragraph
from everyangle.core.outcomes import conflict_words
from everyangle.core.stated import Conflict, DeviceFrom
from everyangle.core.time import format_position
from everyangle.dossier.words import line
from everyangle.stages.view import CaseView, names_of


def tell_conflicts(out: Console, conflicts: Sequence[Conflict], names: Mapping[str, str]) -> None:
    """Print what the sound contradicts, the strongest evidence first; nothing where it contradicts nothing."""
    if not conflicts:
        return
    heading(out, f"The sound contradicts what was said: {len(conflicts)}")
    for one in conflicts:
        paragraph(out, conflict_words(one, names), indent=2, hanging=2)


def guidance_words(view: CaseView) -> Iterator[str]:
    """Yield what people said beside placements, a sentence each; nothing where they said nothing."""
    guidance, names = view.guidance, {item: line(name) for item, name in names_of(view.items).items()}
    if not guidance.hints.metadata:
        yield "Times and devices that files say of themselves are not weighed."
    if guidance.hints.device_from is not DeviceFrom.NONE:
        yield f"Which recordings are of one device is told by their {guidance.hints.device_from.value}."
    for item, device in guidance.devices.items():
        yield f"{names[item]} was recorded by “{line(device)}”, a person says."
    for one in guidance.rejections:
        at = "" if one.offset_s is None else f" at {format_position(one.offset_s, decimals=2)} of it"
        yield f"{names[one.item]} does not belong with {names[one.like]}{at}, a person says ({line(one.why)})."
