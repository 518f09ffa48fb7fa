"""Nesting: statements in the content of others."""

from __future__ import annotations

from bisect import bisect_left

from everyangle.accounts.found import Found
from everyangle.accounts.happening import happens, happens_within
from everyangle.accounts.marks import Marks
from everyangle.accounts.pieces import size
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Act

FIRST = frozenset({"i", "we", "me", "us"})
TOLD = frozenset({"tell", "ask", "promise", "order", "warn", "inform", "advise", "assure", "instruct"})
"""Verbs that report something in the passive voice, though nobody is named ("was told that …")."""

FIRST_PERSON_ACTS = frozenset(
    {Act.DENIES, Act.DECLINES, Act.DOES_NOT_KNOW, Act.PROMISES, Act.ASKS, Act.DEMANDS, Act.ADMITS}
)


def nest(tree: Tree, marks: Marks, found: list[Found]) -> list[Found]:
    """Tell each statement the smallest content that its cue stands in; return those that count.

    In a quotation or a turn, what the speaker says of himself is a statement only where it is an act of its own
    ("we deny", "I don't know", "I told him"), not a way of speaking ("I think", "I mean").
    """
    holders = _holders(found)
    for one in found:
        around = [other for other in holders[one.at] if other is not one and not _holds(one, other.at)]
        one.within = min(around, key=lambda other: size(other.content), default=None)
    kept = [one for one in found if _counts(tree, marks, one)]
    gone = {id(one) for one in found} - {id(one) for one in kept}
    for one in kept:
        while one.within is not None and id(one.within) in gone:
            one.within = one.within.within
    return kept


def _holders(found: list[Found]) -> dict[int, list[Found]]:
    """Return the statements in whose content each cue stands."""
    starts = sorted({one.at for one in found})
    out: dict[int, list[Found]] = {at: [] for at in starts}
    for one in found:
        for start, end in one.content:
            for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
                out[at].append(one)
    return out


def _holds(one: Found, at: int) -> bool:
    return any(start <= at < end for start, end in one.content)


def _counts(tree: Tree, marks: Marks, one: Found) -> bool:
    """Whether a statement is one to keep."""
    if not one.cue:
        return True
    if not happens(tree, one) or (one.within is not None and not happens_within(tree, one)):
        return False
    quoted = marks.of[one.at] >= 0
    words = tree.words
    lemma = words[one.at].lemma
    if one.within is None:
        # In a quotation that nobody is said to have said; "to say so", where nobody says it.
        unsaid = not one.source and one.frame in {"s", "q"} and one.quotes and not tree.passive(one.at)
        return not quoted and not unsaid
    source = [words[i].text.lower() for a, b in one.source for i in range(a, b)]
    if size(one.content) == 1 and words[one.content[0][0]].tag in {"WDT", "WP", "WRB"}:
        return False
    if not source:
        return lemma in TOLD or one.act in {Act.DECLINES, Act.DOES_NOT_KNOW, Act.DENIES}
    if (quoted or one.within.frame == "turn") and source[0] in FIRST and len(source) == 1:
        return one.act in FIRST_PERSON_ACTS or lemma in {"tell", "say"}
    if source == ["you"]:
        return one.act is not Act.OTHER
    return not (one.act is Act.OTHER and one.frame == "o")
