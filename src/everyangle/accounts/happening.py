"""Cues that report nothing that was said: negated, only possible, asked about, or done by nobody.

"Nobody told him", "you can ask", "who told the driver to go on?", "had not been told" have a verb of saying and no
statement; neither has what somebody saw or knew. Says nothing of who speaks.
"""

from __future__ import annotations

from everyangle.accounts.acts import negation
from everyangle.accounts.found import Found
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Act

WITHHELD = frozenset(
    {Act.DENIES, Act.DECLINES, Act.DOES_NOT_KNOW, Act.ADMITS, Act.REPORTS_RECORD, Act.SHOWS, Act.OTHER, Act.ACCUSES}
)
"""What a negated cue may do: any other act did not happen."""

NOBODY = frozenset({"nothing", "none", "who", "what"})
"""What alone stands for nobody in particular: "who told him that?"; "no …" and "nobody …" do in any case."""
SEEING = frozenset({"see", "hear", "know", "notice", "observe", "realize", "realise", "learn", "discover", "sense"})
"""Verbs of perceiving: what they govern is nobody's statement within another's words."""

SPEAKING = frozenset({"ask", "tell", "say", "promise", "name", "share", "call", "speak", "give"})
MODAL = frozenset({"can", "could", "should", "will", "would", "might", "may", "must", "'ll", "’ll"})


def happens(tree: Tree, one: Found) -> bool:
    """Whether a cue reports that something was said, withheld or denied."""
    if not one.cue or one.frame in {"silence", "according", "colon", "turn"}:
        return True
    negated, _ = negation(tree, one)
    if negated and one.act not in WITHHELD:
        return False
    if negated and not one.source and tree.words[one.at].lemma in {"tell", "ask", "inform"}:
        return False
    return not _by_nobody(tree, one)


def happens_within(tree: Tree, one: Found) -> bool:
    """The same for a cue in what somebody else says, where more is only spoken of."""
    if not one.cue or one.frame == "silence" or one.act in {Act.DECLINES, Act.DENIES, Act.DOES_NOT_KNOW}:
        return True
    word, words = tree.words[one.at], tree.words
    negated, _ = negation(tree, one)
    if word.lemma in SEEING and not negated and one.act is Act.OTHER:
        return False
    modal = any(words[c].lemma in MODAL or words[c].text.lower() in MODAL for c in tree.kids(one.at, "aux"))
    if modal and word.lemma in SPEAKING and not negated:
        return False
    if word.lemma in SPEAKING and word.dep in {"xcomp", "ccomp"} and _to(tree, one.at):
        return False
    return not (_root(tree, one.at) and _asked(tree, one.at))


def _to(tree: Tree, verb: int) -> bool:
    return any(tree.words[c].tag == "TO" for c in tree.kids(verb, "aux"))


def _root(tree: Tree, verb: int) -> bool:
    return tree.words[verb].head == verb


def _asked(tree: Tree, verb: int) -> bool:
    """Whether a verb's sentence is a question."""
    first, after = tree.sentences[tree.sentence[verb]]
    return any(tree.words[i].text == "?" for i in range(max(first, after - 2), after))


def _by_nobody(tree: Tree, one: Found) -> bool:
    """Whether nobody does it: "nobody told him", "no officer promised"."""
    if not one.source or one.act in {Act.DOES_NOT_KNOW, Act.DECLINES}:
        return False
    start, after = one.source[0]
    first = tree.words[start].text.lower()
    return first in {"no", "nobody"} or (after - start == 1 and first in NOBODY)
