"""What a statement's line may say beside what is marked of it, by the guide's rules on acts, names and parties.

Knows rows and whether there is a speaker and a cue; whether the act is the right one is for a reader to judge.
"""

from __future__ import annotations

from everyangle.core.accounts import Act, Modality
from everyangle.testing.corpus.table import Row

THINGS = {Act.REPORTS_RECORD, Act.SHOWS}
"""Acts of papers and footage, which have neither a name nor a role."""

_WITHOUT_CUE = {Act.ASSERTS, Act.ASKS, Act.DECLINES, *THINGS}


def disagreement(row: Row, *, speaker: bool, cue: bool) -> str | None:
    """Return what is wrong with a row, or None.

    Args:
        row: a statement's line.
        speaker: whether words are marked as its speaker.
        cue: whether words are marked as its cue.
    """
    if not speaker and (row.who or row.role or row.party):
        return "has no speaker, and yet a name, role or party"
    if row.act in THINGS and (row.who or row.role):
        return f"{row.act}, and a paper or a film has neither a name nor a role"
    if not cue and row.act not in _WITHOUT_CUE:
        return f"{row.act} without a cue"
    if row.act is Act.ASKS and row.modality is not Modality.ASKED:
        return "asks, and its modality is not asked"
    return None
