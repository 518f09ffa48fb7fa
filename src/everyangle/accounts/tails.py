"""Ends of contents: what the writer adds after what was said.

The rule is caution (PolNeAR's guidelines: "be conservative, only include what is clearly attributed"): a clause after
a comma that only adds ("…, which …") is not taken for what the speaker said.
"""

from __future__ import annotations

from everyangle.accounts.marks import Marks
from everyangle.accounts.pieces import Pieces, size
from everyangle.accounts.tree import Tree

ADDING = frozenset({"which", "who", "whom", "whose", "where"})


def shortened(tree: Tree, marks: Marks, content: Pieces, at: int) -> Pieces:
    """Return a content without what the writer adds at its end; what stands in quotation marks stays."""
    start, end = content[-1]
    if start <= at < end or size(content) < 4:
        return content
    cut = end
    words = tree.words
    first = start + 3
    for i in reversed(range(first, end)):
        if marks.of[i] >= 0 and marks.of[i] != marks.of[at]:
            first = i + 1
            break
    for i in range(first, end):
        if words[i].text == ";" and words[min(i + 1, end - 1)].text.lower() not in {"that", "and"}:
            cut = i
            break
        if words[i - 1].text == "," and words[i].text.lower() in ADDING and _clause_to(tree, i, end):
            cut = i - 1
            break
    if cut - start < 3:
        return content
    return (*content[:-1], (start, cut))


def _clause_to(tree: Tree, i: int, end: int) -> bool:
    """Whether a relative clause begins with a word and ends with the content."""
    at = i
    for _ in range(6):
        if tree.words[at].dep == "relcl":
            return tree.right[at] >= end - 1
        if tree.words[at].head == at:
            return False
        at = tree.words[at].head
    return False
