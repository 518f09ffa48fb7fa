"""Form, polarity and modality of a content, by its quotation marks and its main verb."""

from __future__ import annotations

from everyangle.accounts.found import Found
from everyangle.accounts.marks import Marks
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Act, Form, Modality, Polarity

POSSIBLE = frozenset({"may", "might", "could"})
OBLIGED = frozenset({"must", "should", "ought"})
INTENDED = frozenset({"will", "shall", "would", "'ll", "’ll"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "without"})


def form(tree: Tree, marks: Marks, found: Found) -> Form:
    """Return direct where all the content's words stand in quotation marks, mixed where some do.

    A turn is direct. In a quotation only the marks count that open in it.
    """
    if found.frame == "turn":
        return Form.DIRECT
    words = quoted = 0
    for start, end in found.content:
        inner = _inner(tree, start, end)
        for i in range(start, end):
            if tree.words[i].text[0].isalnum():
                words += 1
                quoted += (marks.of[i] >= 0 and marks.of[i] != marks.of[found.at]) or i in inner
    return Form.DIRECT if quoted >= words > 0 else Form.MIXED if quoted else Form.INDIRECT


def _inner(tree: Tree, start: int, end: int) -> set[int]:
    """Return the words between single marks, or between double ones in a single one."""
    out: set[int] = set()
    opened: int | None = None
    for i in range(start, end):
        text = tree.words[i].text
        if text[0] == "‘" or (
            text == "'" and opened is None and i + 1 < end and tree.words[i + 1].start == tree.words[i].end
        ):
            opened = i
        if opened is not None:
            out.add(i)
            if text in {"’", "'"} and i > opened:
                opened = None
    return out if opened is None else {i for i in out if i < opened}


def _depth(tree: Tree, i: int, start: int, end: int, enough: int) -> int:
    """Return how many heads of a word stand in a range, counted up to what is enough to know."""
    depth = 0
    for head in tree.above(i):
        depth += start <= head < end
        if depth >= enough:
            break
    return depth


def main_verb(tree: Tree, found: Found) -> int | None:
    """Return the content's main verb: the highest one of its first piece."""
    start, end = found.content[0]
    first = tree.sentence[start]
    best: tuple[int, int] | None = None
    for i in range(start, end):
        if tree.sentence[i] != first:
            break
        if tree.words[i].pos in {"VERB", "AUX"} and tree.words[i].dep not in {"aux", "auxpass"}:
            depth = _depth(tree, i, start, end, len(tree.words) if best is None else best[0])
            if best is None or depth < best[0]:
                best = (depth, i)
    return best[1] if best else None


def polarity(tree: Tree, found: Found) -> Polarity:
    """Return negative where the main clause is negated."""
    verb = main_verb(tree, found)
    if verb is None:
        negated = tree.words[found.content[0][0]].lemma in {"no", "not"}
        return Polarity.NEGATIVE if negated else Polarity.POSITIVE
    for c in tree.children[verb]:
        word = tree.words[c]
        if word.dep == "neg" or (word.dep in {"advmod", "preconj"} and word.lemma in NEGATIONS):
            return Polarity.NEGATIVE
        if word.dep in {"nsubj", "nsubjpass", "dobj", "attr"}:
            first = tree.words[tree.left[c]].lemma
            if word.lemma in NEGATIONS or (first in {"no", "neither", "none"} and tree.left[c] >= found.content[0][0]):
                return Polarity.NEGATIVE
    return Polarity.POSITIVE


QUESTIONS = frozenset({"whether", "if", "who", "what", "when", "where", "why", "how", "which", "whom", "whose"})


def modality(tree: Tree, found: Found) -> Modality:
    """Return in what way the content is said to hold, by its first word and its main verb's auxiliaries."""
    start, end = found.content[0][0], found.content[-1][1]
    asked = found.act in {Act.ASKS, Act.DOES_NOT_KNOW, Act.DECLINES}
    if found.act is Act.ASKS or (asked and tree.words[start].text.lower() in QUESTIONS):
        return Modality.ASKED
    if tree.words[start].text.lower() == "whether" or "?" in {
        word.text for word in tree.words[max(start, end - 2) : end]
    }:
        return Modality.ASKED
    verb = main_verb(tree, found)
    if found.act is Act.PROMISES or (found.act is Act.OTHER and found.frame in {"t", "adj:t", "noun:t"}):
        return Modality.INTENDED
    if verb is None:
        return Modality.FACT
    spoken = {form for c in tree.kids(verb, "aux") for form in (tree.words[c].lemma, tree.words[c].text.lower())}
    to_do = tree.child(verb, "xcomp") is not None
    lemma = tree.words[verb].lemma
    if spoken & POSSIBLE:
        return Modality.POSSIBLE
    if spoken & OBLIGED or (lemma in {"have", "need"} and to_do):
        return Modality.OBLIGED
    if spoken & INTENDED or (lemma in {"plan", "intend"} and to_do):
        return Modality.INTENDED
    return Modality.FACT
