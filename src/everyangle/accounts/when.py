"""Times and quantities of statements: which stand in the content, and which tells when it was said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from everyangle.accounts.found import Found
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Quantity, TimeMention, TimeType

Mention = TypeVar("Mention", TimeMention, Quantity)


def inside(tree: Tree, found: Found, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that stand in a statement's content, in order."""
    return tuple(
        mention
        for first, after in found.content
        for mention in _between(mentions, tree.words[first].start, tree.words[after - 1].end)
    )


def said_at(tree: Tree, found: Found, mentions: Sequence[TimeMention]) -> str | None:
    """Return the date or time beside the cue and outside the content ("said **Tuesday** that …"), or None.

    It must stand in the cue's sentence and hang on the cue, or touch the cue or its source.
    """
    if not found.cue:
        return None
    first, after = tree.sentences[tree.sentence[found.cue[0][0]]]
    own = found.whole
    for mention in _between(mentions, tree.words[first].start, tree.words[after - 1].end):
        if mention.type not in {TimeType.DATE, TimeType.TIME} or mention.value.endswith("_REF"):
            continue
        at = next((i for i in range(first, after) if tree.words[i].end > mention.span.start), first)
        if any(start <= at < end for start, end in found.content):
            continue
        beside = any(at in (end, start - 1) for start, end in (*found.cue, *found.source))
        if beside or found.at in _above(tree, at) or (own[0][0] > first and at == first):
            return mention.value
    return None


def _above(tree: Tree, at: int) -> list[int]:
    """Return the words that a word hangs on through nouns and prepositions, the nearest verb last."""
    out = []
    for head in tree.above(at):
        out.append(head)
        if tree.words[head].pos in {"VERB", "AUX"}:
            break
    return out


def _between(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    low = bisect_left(mentions, start, key=lambda mention: mention.span.start)
    high = bisect_left(mentions, end, key=lambda mention: mention.span.start)
    return [mention for mention in mentions[low:high] if mention.span.end <= end]
