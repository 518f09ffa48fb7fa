"""Where people's word and sound disagree, told so that a person can look again. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console

from everyangle.cli.layout import heading, paragraph
from everyangle.core.outcomes import conflict_words
from everyangle.core.stated import Conflict


def tell_conflicts(out: Console, conflicts: Sequence[Conflict], names: Mapping[str, str]) -> None:
    """Print what the sound contradicts, the strongest evidence first; nothing where it contradicts nothing."""
    if not conflicts:
        return
    heading(out, f"The sound contradicts what was said: {len(conflicts)}")
    for one in conflicts:
        paragraph(out, conflict_words(one, names), indent=2, hanging=2)
