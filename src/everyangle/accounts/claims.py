"""Claims: what a clause says, as values: who did what to what, whether, how many, when. Finds nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.core.accounts import TimeMention


class Status(StrEnum):
    """How a clause is meant."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    """It is what somebody else said, thought or saw, inside the content."""
    UNREAL = "unreal"
    """It may be, should be, was wanted, or is asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause in its own words, reduced: who, the verb's dictionary form, what, "to" what; "" where there is none."""

    actor: str = ""
    verb: str = ""
    object: str = ""
    plural: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One clause.

    Attributes:
        frame: what is done or is the case, as a concept; "" where there is no verb.
        negated: whether it is said not to be so.
        status: how it is meant.
        actor: concepts of who does it; empty where unsaid or only a pronoun.
        object: concepts of what it is done to, or of what something is.
        others: concepts of what else stands in the clause: places, means, adjectives.
        limits: those of them that narrow a denial ("no shots at any person").
        amounts: numbers in it, each with the concept of what is counted or timed.
        times: dates and times of day in it.
        names: proper names in it, lower case.
        pronoun: whether the actor is only a pronoun.
        who: marks of pronouns among those who do it ("he", "they", "i").
        whom: marks of pronouns among what it is done to; "anything" where that is all or nothing.
        always: whether it is said to be so all the time.
        said: the clause in its own words.
    """

    frame: str
    negated: bool
    status: Status
    actor: frozenset[str]
    object: frozenset[str]
    others: frozenset[str]
    limits: frozenset[str]
    amounts: tuple[Amount, ...] = ()
    times: tuple[TimeMention, ...] = ()
    names: frozenset[str] = frozenset()
    pronoun: bool = False
    who: frozenset[str] = frozenset()
    whom: frozenset[str] = frozenset()
    always: bool = False
    said: Said = Said()

    @property
    def about(self) -> frozenset[str]:
        """Every concept that tells what the clause is about."""
        frame = {self.frame} if self.frame and self.frame not in concepts.GENERIC else set()
        return frozenset(frame | self.actor | self.object | self.others)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a content claims: its clauses, in order, and all its concepts."""

    claims: tuple[Claim, ...]
    terms: frozenset[str]
