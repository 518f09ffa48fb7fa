"""Nouns and adjectives as cues: "her claim that …", "expressed concern about …", "is convinced that …"."""

from __future__ import annotations

from everyangle.accounts.contents import Complement, subtree, trimmed
from everyangle.accounts.found import Found
from everyangle.accounts.nouns import ADJECTIVES, CARRIERS, NOUNS, RECEIVERS
from everyangle.accounts.pieces import Pieces, union, without
from everyangle.accounts.sources import noun_phrase, verb_source
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import Verb


def by_noun(tree: Tree, noun: int) -> Found | None:
    """Return the statement that a noun of the lexicon makes, or None."""
    entry = NOUNS.get(tree.words[noun].lemma)
    if entry is None:
        return None
    got = _complement(tree, noun, entry)
    if got is None:
        return None
    carrier = _carrier(tree, noun)
    source, barred = _owner(tree, noun, carrier)
    if not source and got.frame != "s":
        return None
    first = noun
    last = noun if got.particle is None else got.particle
    if carrier is not None and carrier < noun and not (source and source[0][0] > carrier):
        first = carrier
        own = {c for c in tree.children[carrier] if tree.words[c].dep in {"aux", "auxpass", "neg", "advmod"}}
        while first - 1 in own:
            first -= 1
    elif barred is None:
        first = max(tree.left[noun], noun - 3)
    else:
        first = max(barred, noun - 3)
    cue = without(((first, last + 1),), source)
    content = trimmed(tree, without(got.content, union(source, cue)))
    if not content or not cue:
        return None
    return Found(noun, cue[-1:], source, content, entry.act, "noun:" + got.frame)


def by_adjective(tree: Tree, adjective: int) -> Found | None:
    """Return the statement that an adjective of the lexicon makes, or None."""
    words = tree.words
    entry = ADJECTIVES.get(words[adjective].lemma) or ADJECTIVES.get(words[adjective].text.lower())
    if entry is None:
        return None
    above = words[adjective].head
    verb = above if words[adjective].dep in {"acomp", "conj", "oprd"} or words[above].lemma == "make" else adjective
    if (words[verb].lemma == "make") != (words[adjective].lemma == "clear"):
        # Who makes clear speaks; who makes sure does not, and what is clear is clear to everybody.
        return None
    got = _complement(tree, adjective, entry) or (
        _complement(tree, verb, entry, adjective) if verb != adjective else None
    )
    if got is None or got.content[0][0] < adjective:
        return None
    if words[adjective].dep == "amod":
        head: int | None = words[adjective].head
    else:
        head = verb_source(tree, verb) if words[verb].pos in {"VERB", "AUX"} else words[verb].head
    if head is None or head == adjective:
        return None
    source = noun_phrase(tree, head, barred=adjective)
    first = min(adjective, verb) if words[verb].pos in {"VERB", "AUX"} else adjective
    if adjective - first > 3:
        first = adjective
    own = {c for c in tree.children[verb] if words[c].dep in {"aux", "auxpass", "neg", "advmod"}}
    while first - 1 in own:
        first -= 1
    cue = without(((first, (adjective if got.particle is None else got.particle) + 1),), source)
    content = trimmed(tree, without(got.content, union(source, cue)))
    if not content or not cue:
        return None
    return Found(adjective, cue[-1:], source, content, entry.act, "adj:" + got.frame)


def _complement(tree: Tree, at: int, entry: Verb, but: int = -1) -> Complement | None:
    words = tree.words
    for c in tree.children[at]:
        if c < at or c == but:
            continue
        dep = words[c].dep
        infinitive = any(words[k].tag == "TO" and words[k].dep == "aux" for k in tree.children[c])
        if dep in {"acl", "ccomp", "relcl", "xcomp", "advcl"}:
            that = words[tree.left[c]].text.lower() in {"that", "whether", "if"} and words[tree.left[c]].dep == "mark"
            if "s" in entry.frames and not infinitive and (that or dep == "ccomp"):
                return Complement((subtree(tree, c),), "s")
            if "t" in entry.frames and infinitive and dep in {"acl", "xcomp", "relcl"}:
                return Complement((subtree(tree, c),), "t")
        elif dep == "prep" and words[c].lemma in entry.before:
            inner = tree.child(c, "pobj", "pcomp")
            if inner is not None and c - at <= 6:
                extra: Pieces = ()
                for k in tree.kids(at, "acl", "xcomp", "relcl"):
                    if k > c and words[c].lemma == "for" and any(words[j].tag == "TO" for j in tree.children[k]):
                        extra = (subtree(tree, k),)
                return Complement(union((subtree(tree, inner),), extra), "p", c)
    return None


def _carrier(tree: Tree, noun: int) -> int | None:
    """Return the verb that a noun is the object of, where that only carries it."""
    word = tree.words[noun]
    at = word.head
    if word.dep == "conj":
        word, at = tree.words[at], tree.words[at].head
    if word.dep in {"dobj", "attr"} and tree.words[at].lemma in CARRIERS:
        return at
    return None


def _owner(tree: Tree, noun: int, carrier: int | None) -> tuple[Pieces, int | None]:
    """Return who speaks by a noun, and the index after an owner that stands before it."""
    owner = tree.child(noun, "poss", "nmod")
    if owner is not None and tree.words[owner].dep == "poss":
        first, after = tree.left[owner], tree.right[owner] + 1
        if tree.words[after - 1].tag == "POS":
            return ((first, after - 1),), after
        return ((first, after),), after
    for c in tree.kids(noun, "prep", "agent"):
        if c > noun and tree.words[c].lemma in {"by", "from", "among"}:
            inner = tree.child(c, "pobj")
            if inner is not None:
                return noun_phrase(tree, inner), None
    if carrier is not None and tree.words[carrier].lemma not in RECEIVERS:
        head = verb_source(tree, carrier)
        if head is not None and head != noun:
            return noun_phrase(tree, head, barred=carrier), None
    return (), None
