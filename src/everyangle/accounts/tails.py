"""Ends of contents: what the writer adds after what was said.

The rule is caution (PolNeAR's guidelines: "be conservative, only include what is clearly attributed"): a clause after
a comma that only adds ("…, which …") is not taken for what the speaker said.
"""

from __future__ import annotations

from everyangle.accounts.contents import trimmed
from everyangle.accounts.marks import Marks
from everyangle.accounts.pieces import Pieces, size
from everyangle.accounts.repairs import verb_form
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import VERBS

ADDING = frozenset({"which", "who", "whom", "whose", "where"})


ASIDE = frozenset({"compared", "based", "while"})
"""Words that after a comma begin what the writer sets beside what was said."""

GOES_ON = frozenset({"as", "to", "than", "for", "with", "like"})
"""Prepositions that go on with a content which a verb governs ("refers to him **as a friend**")."""

TO_SOMEBODY = frozenset({"say", "apologize", "apologise", "suggest", "explain", "repeat", "complain", "talk", "speak"})
"""Verbs after which "to" names the listener."""

GOVERNED = frozenset({"o", "p", "l", "u", "o>", "g"})
"""Frames whose content is less than a clause."""


def lengthened(tree: Tree, marks: Marks, content: Pieces, at: int, frame: str) -> Pieces:
    """Return a content with what follows it and hangs on the cue: "ads **to attack her**", "**as a friend**"."""
    words = tree.words
    end = content[-1][1]
    if frame == "s":
        return _with_clause(tree, content, at)
    if frame not in GOVERNED or end <= at or end >= len(words) or marks.of[end - 1] != marks.of[at]:
        return content
    for c in tree.children[at]:
        if tree.left[c] != end or c < at or words[c].dep not in {"prep", "advcl", "xcomp"}:
            continue
        first = words[end].text.lower()
        listener = first == "to" and words[at].lemma in TO_SOMEBODY
        if (words[c].dep == "prep" and first in GOES_ON and not listener) or (
            words[c].dep != "prep" and first in {"to", "if"}
        ):
            end = tree.right[c] + 1
    return (*content[:-1], (content[-1][0], end))


def _with_clause(tree: Tree, content: Pieces, at: int) -> Pieces:
    """Return a clause with a second one, "…, **but nobody came**", that the parser set beside the cue.

    It has a subject, is no cue, and does not stand in the cue's form, as what the writer tells would.
    """
    words = tree.words
    start, end = content[-1]
    for c in tree.kids(at, "conj"):
        first = tree.left[c]
        joins = all(words[k].dep in {"cc", "punct"} for k in range(end, first))
        own = words[c].lemma in VERBS or verb_form(tree, c) == verb_form(tree, at)
        if at < end <= first <= end + 2 and joins and not own and tree.subject(c) is not None:
            return trimmed(tree, (*content[:-1], (start, tree.right[c] + 1)))
    return content


def shortened(tree: Tree, marks: Marks, content: Pieces, at: int, frame: str) -> Pieces:
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
        if words[i - 1].text in BEFORE and _aside(tree, i, end, frame):
            cut = i - 1
            break
    if cut - start < 3:
        return content
    return (*content[:-1], (start, cut))


BEFORE = frozenset({",", "—", "–", "--"})


def _aside(tree: Tree, i: int, end: int, frame: str) -> bool:
    """Whether a phrase to the content's end explains a name ("…, a lawyer") or is set against what was said."""
    words = tree.words
    if words[i].text.lower() in ASIDE:
        return frame in {"s", "q"} and _reaches(tree, i, end, "advcl", "prep")
    if words[i].tag == "VBG":
        return frame in {"o", "t"} and _reaches(tree, i, end, "advcl")
    return words[i].tag == "DT" and _reaches(tree, i, end, "appos")


def _reaches(tree: Tree, i: int, end: int, *labels: str) -> bool:
    """Whether the largest phrase that begins with a word has one of the labels and reaches the content's end."""
    at = i
    for _ in range(8):
        above = tree.words[at].head
        if above == at or tree.left[above] < i:
            break
        at = above
    return tree.left[at] == i and tree.words[at].dep in labels and tree.right[at] >= end - 2


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
