"""Statements on their way: their parts as ranges of words, before they become values."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.accounts.pieces import Pieces, union
from everyangle.core.accounts import Act


@dataclass(slots=True, eq=False)
class Found:
    """A statement on its way.

    Attributes:
        at: index of the cue's head; without a cue, of the content's first word.
        cue: its words, or none.
        source: who speaks, or none.
        content: what is said.
        act: what is done by saying it.
        frame: how the content was found: a letter of the lexicon, or a word.
        quotes: whether the cue takes quotations.
        within: the statement in whose content this one stands, or None.
    """

    at: int
    cue: Pieces
    source: Pieces
    content: Pieces
    act: Act
    frame: str
    quotes: bool = False
    within: Found | None = None

    @property
    def whole(self) -> Pieces:
        """All its words."""
        return union(self.source, self.cue, self.content)
