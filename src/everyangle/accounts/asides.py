"""Cues between commas that the parser hung on nothing, as "If she can, **he observed**, then he can" has one.

The words around such a cue are its content: those of its sentence before it, and, where a comma follows, those after
it. Only verbs of speech with a subject of their own right before them are read so.
"""

from __future__ import annotations

from everyangle.accounts.contents import outside, trimmed
from everyangle.accounts.marks import Marks
from everyangle.accounts.pieces import Pieces, size
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import VERBS

LONGEST = 12
"""Words of a cue between commas, its subject included."""

FEWEST = 3
"""Words that a content needs."""

FINITE = frozenset({"VBD", "VBZ", "VBP"})


def around(tree: Tree, marks: Marks, verb: int, source: Pieces, cue: Pieces) -> Pieces:
    """Return what stands around a cue that commas set off, or nothing."""
    words = tree.words
    begin, after = tree.sentences[tree.sentence[verb]]
    if not source or words[verb].tag not in FINITE or source[-1][1] > verb or source[0][0] <= begin + 1:
        return ()
    first = source[0][0]
    if words[first - 1].text != "," or words[first].tag in {"WDT", "WP"} or verb - first > LONGEST:
        return ()
    end = _end(tree, verb, cue[-1][1], after)
    if any(marks.of[i] >= 0 for i in (first - 2, first - 1, verb)):
        return ()
    if end == after:
        before = ((begin, first - 1),)
        return trimmed(tree, before) if _clause(tree, begin, first - 1) and size(before) >= FEWEST else ()
    if words[end].text != "," or end + 2 >= after or marks.of[end + 1] >= 0:
        return ()
    if words[end + 1].tag == "VBG" or not _clause(tree, end + 1, after):
        return ()
    return trimmed(tree, ((begin, first - 1), (end + 1, after)))


def _end(tree: Tree, verb: int, at: int, after: int) -> int:
    """Return where a cue ends, with the phrases that say when, where or to whom; the sentence's end, its stop aside."""
    words = tree.words
    for c in tree.children[verb]:
        when = words[c].dep in {"npadvmod", "advmod", "dobj", "dative"} or (words[c].dep == "prep" and outside(tree, c))
        if tree.left[c] == at and c >= at and when:
            at = tree.right[c] + 1
    return after if at == after - 1 and words[at].text in {".", "!", "?"} else at


def _clause(tree: Tree, first: int, after: int) -> bool:
    """Whether words have a verb that is no cue's."""
    return any(
        word.pos in {"VERB", "AUX"} and not (word.dep == "ROOT" and word.lemma in VERBS)
        for word in tree.words[first:after]
    )
