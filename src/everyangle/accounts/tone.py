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
    """Return direct where all the content's words stand in quotation marks, mixed where some do."""
    words = quoted = 0
    for start, end in found.content:
        for i in range(start, end):
            if tree.words[i].text[0].isalnum():
                words += 1
                quoted += marks.of[i] >= 0 and marks.of[i] != marks.of[found.at]
    return Form.DIRECT if quoted >= words > 0 else Form.MIXED if quoted else Form.INDIRECT


def main_verb(tree: Tree, found: Found) -> int | None:
    """Return the content's main verb: the highest one of its first piece."""
    start, end = found.content[0]
    first = tree.sentence[start]
    best: tuple[int, int] | None = None
    for i in range(start, end):
        if tree.sentence[i] != first:
            break
        if tree.words[i].pos in {"VERB", "AUX"} and tree.words[i].dep not in {"aux", "auxpass"}:
            depth = sum(1 for head in tree.above(i) if start <= head < end)
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


def modality(tree: Tree, found: Found) -> Modality:
    """Return in what way the content is said to hold, by its main verb's auxiliaries."""
    start = found.content[0][0]
    if (
        found.act is Act.ASKS
        or tree.words[start].lemma == "whether"
        or tree.words[found.content[-1][1] - 1].text == "?"
    ):
        return Modality.ASKED
    if found.act is Act.DEMANDS:
        return Modality.OBLIGED
    verb = main_verb(tree, found)
    if verb is None:
        return Modality.FACT
    if found.act is Act.PROMISES:
        return Modality.INTENDED
    lemmas = {tree.words[c].lemma for c in tree.children[verb] if tree.words[c].dep == "aux"}
    texts = {tree.words[c].text.lower() for c in tree.children[verb] if tree.words[c].dep == "aux"}
    if (lemmas | texts) & POSSIBLE:
        return Modality.POSSIBLE
    if (lemmas | texts) & OBLIGED or (
        tree.words[verb].lemma in {"have", "need"} and tree.child(verb, "xcomp") is not None
    ):
        return Modality.OBLIGED
    if (lemmas | texts) & INTENDED or (
        tree.words[verb].lemma in {"plan", "intend"} and tree.child(verb, "xcomp") is not None
    ):
        return Modality.INTENDED
    return Modality.FACT
