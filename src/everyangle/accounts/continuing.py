"""Quotations that go on: after the cue ("…," she said. "…"), and in the next paragraph."""

from __future__ import annotations

from everyangle.accounts.found import Found
from everyangle.accounts.marks import Marks
from everyangle.accounts.pieces import union
from everyangle.accounts.tree import Tree

ENDS = frozenset({".", "!", "?", "…", ":"})
"""What a sentence ends with before a quotation that goes on."""


def go_on(tree: Tree, marks: Marks, found: list[Found]) -> None:
    """Add to contents the quotations that go on and have no cue of their own."""
    owner: dict[int, Found] = {}
    by_sentence: dict[int, list[Found]] = {}
    for one in found:
        for q in {marks.of[i] for start, end in one.content for i in range(start, end)} - {-1, marks.of[one.at]}:
            owner.setdefault(q, one)
        if marks.of[one.at] < 0:
            by_sentence.setdefault(tree.sentence[one.at], []).append(one)
    for q, (first, after) in enumerate(marks.ranges):
        if q in owner or first == 0 or after <= first:
            continue
        speaking = _after_quotation(tree, marks, q, owner) or _after_cue(tree, marks, q, by_sentence)
        if speaking is not None:
            speaking.content = union(speaking.content, ((first, after),))
            owner[q] = speaking


def _after_quotation(tree: Tree, marks: Marks, q: int, owner: dict[int, Found]) -> Found | None:
    """Return who speaks where a quotation follows another directly."""
    first = marks.ranges[q][0]
    before = marks.of[first - 1]
    if before not in owner:
        return None
    same = tree.line[first - 1] == tree.line[first] or marks.found[before].goes_on
    return owner[before] if same or marks.whole_line(tree, q) else None


def _after_cue(tree: Tree, marks: Marks, q: int, by_sentence: dict[int, list[Found]]) -> Found | None:
    """Return who speaks where a quotation follows the sentence that says who speaks."""
    first = marks.ranges[q][0]
    last = first - 1
    if marks.of[last] >= 0 and last > 0 and marks.of[last - 1] == marks.of[last]:
        # A title in quotation marks ends the sentence: … on “Meet the Press.” “…”
        last -= 1
    same = tree.line[first - 1] == tree.line[first]
    if same and tree.words[last].text not in ENDS:
        return None
    if not same and not marks.whole_line(tree, q):
        return None
    here = [one for one in by_sentence.get(tree.sentence[first - 1], []) if one.at < first and one.quotes]
    direct = [one for one in here if any(marks.of[start] >= 0 for start, _ in one.content)]
    if direct:
        return direct[-1]
    return here[-1] if here else None
