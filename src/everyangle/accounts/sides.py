"""Sides: two statements as relations see them, and what came of comparing them. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.accounts.claims import Claim, Slots, Status
from everyangle.core.accounts import Act
from everyangle.core.weighing import RelationKind, Slot


@dataclass(frozen=True, slots=True)
class Side:
    """One statement, as relations see it.

    Attributes:
        act: what the speaker does.
        slots: what the content claims.
        sentence: concepts of the sentence that it stands in.
        before: concepts of the sentence before, which tell what a short answer is about.
        earlier: concepts of the sentence before that one.
    """

    act: Act
    slots: Slots
    sentence: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The clauses as their speaker holds them: what is denied is negated; footage shows so many at least."""
        if self.act is Act.SHOWS:
            return tuple(replace(c, amounts=tuple(map(at_least, c.amounts))) for c in self.slots.claims)
        if self.act is not Act.DENIES:
            return self.slots.claims
        return tuple(replace(c, negated=not c.negated) if c.status is Status.ASSERTED else c for c in self.slots.claims)

    @property
    def own(self) -> frozenset[str]:
        """Concepts of the content itself, without those that tell nothing."""
        return self.slots.terms - concepts.GENERIC - concepts.VAGUE

    @property
    def around(self) -> frozenset[str]:
        """Concepts of the content and of what stands around it, without those that tell nothing."""
        return (self.slots.terms | self.sentence | self.before) - concepts.GENERIC - concepts.VAGUE


def at_least(one: Amount) -> Amount:
    """Return a number of what was seen as the least that there was; what is measured stays."""
    fixed = one.unit in ("second", "metre", "time", "occasion") or one.low == 0
    return one if fixed else replace(one, high=None)


@dataclass(frozen=True, slots=True)
class Found:
    """How two statements stand to each other.

    Attributes:
        kind: how; None where they bear on different points.
        reason: in words.
        slot: what differs in a contradiction.
        difference: by how much, in words, or "".
        point: on what they meet: a frame and what is asked of it ("show:whether"), or "".
    """

    kind: RelationKind | None
    reason: str
    slot: Slot | None = None
    difference: str = ""
    point: str = ""


def listed(terms: frozenset[str] | set[str]) -> str:
    """Return concepts in words, in the order of the alphabet."""
    return ", ".join(one.replace("_", " ") for one in sorted(terms))


def thing(claim: Claim) -> str:
    """Return what a clause says, in few words."""
    frame = claim.frame.removeprefix("be:").replace("_", " ") or "this"
    if claim.frame.startswith("be:"):
        return f"{listed(claim.actor | claim.object) or 'it'} was {frame}"
    if claim.frame == "exist":
        return f"there was {listed(claim.object) or 'some'}"
    objects = listed(claim.object)
    return f"{listed(claim.actor) or 'someone'}: {frame}{f' {objects}' if objects else ''}"
