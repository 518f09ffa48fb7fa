"""What a rule of the grammar of times is, and what its builders may ask of the words it matched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from everyangle.accounts.time_forms import Form, Side
from everyangle.accounts.time_words import Words


@dataclass(frozen=True, slots=True)
class Match:
    """The places that a rule's pattern matched.

    Attributes:
        words: of the text.
        found: the pattern's match on the codes.
    """

    words: Words
    found: re.Match[str]

    def has(self, group: str) -> bool:
        """Whether the pattern has the named group and it took part."""
        return group in self.found.re.groupindex and self.found[group] is not None

    def place(self, group: str) -> int:
        """Return the place of a group's first word, or -1."""
        return self.found.start(group)

    def code(self, group: str) -> str:
        """Return a group's codes, or "" where it took no part."""
        return self.found[group] if self.has(group) else ""

    def value(self, group: str) -> float | str:
        """Return what a group's first word stands for, or "" where the group took no part."""
        return self.words.values[self.found.start(group)] if self.has(group) else ""

    def number(self, group: str) -> float:
        """Return the number that a group's first word stands for ("second": 2), or 1 where the group took no part."""
        value = self.value(group)
        return value if isinstance(value, float) else 2.0 if value == "s" else 1.0

    def name(self, group: str) -> str:
        """Return the letters that a group's first word stands for, or ""."""
        value = self.value(group)
        return value if isinstance(value, str) else ""

    def word(self, offset_after: int = 0) -> str:
        """Return the lower-case word that many places after the match, or "" beyond the text."""
        return self.at(self.found.end() + offset_after)

    def before(self, offset: int = 1) -> str:
        """Return the lower-case word that many places before the match, or ""."""
        return self.at(self.found.start() - offset)

    def at(self, place: int) -> str:
        """Return the lower-case word at a place, or "" outside the text."""
        return self.words.tokens[place].lower if 0 <= place < len(self.words.tokens) else ""

    def capital(self, place: int) -> bool:
        """Whether the word at a place begins with a capital letter."""
        return 0 <= place < len(self.words.tokens) and self.words.tokens[place].text[0].isupper()


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over codes and what it says.

    Attributes:
        pattern: what must stand there.
        build: returns the form, or None where the words do not mean a time after all.
    """

    pattern: re.Pattern[str]
    build: Callable[[Match], Form | None]


def rules(*pairs: tuple[str, Callable[[Match], Form | None]]) -> Sequence[Rule]:
    """Return rules from patterns as text, in which spaces are left out."""
    return tuple(Rule(re.compile(pattern.replace(" ", "")), build) for pattern, build in pairs)


SIDES = {"l": Side.BEFORE, "x": Side.AFTER, "t": Side.SAME, "j": Side.SAME}
"""The side that "last", "next", "this" and "that" mean, by their code."""


def side(match: Match, group: str) -> Side:
    """Return the side that a group's code says, or OPEN where it took no part."""
    code = match.code(group)
    return SIDES[code[-1]] if code else Side.OPEN
