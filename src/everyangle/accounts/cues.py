"""Cues: the words that make an attribution, and with them its source and content."""

from __future__ import annotations

from collections.abc import Iterator

from everyangle.accounts.contents import Complement, complement, subtree, trimmed
from everyangle.accounts.found import Found
from everyangle.accounts.marks import Marks
from everyangle.accounts.pieces import Pieces, overlap, union, without
from everyangle.accounts.sources import noun_phrase, verb_source
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import VERBS, Verb
from everyangle.core.accounts import Act


def cued(tree: Tree, marks: Marks) -> Iterator[Found]:
    """Yield the statements that a word makes, in order of that word."""
    words = tree.words
    for i, word in enumerate(words):
        found = None
        if word.text.lower() == "according" and i + 1 < len(words) and words[i + 1].text == "to":
            found = according(tree, i)
        elif word.tag[:2] == "VB" or word.pos == "VERB":
            entry = VERBS.get(word.lemma)
            found = by_verb(tree, marks, i, entry) if entry else None
        if found is not None:
            found.content = marks.completed(found.content, union(found.source, found.cue), found.at)
            yield found


def _cue_words(tree: Tree, verb: int, particle: int | None) -> Pieces:
    words = tree.words
    first = verb
    own = {c for c in tree.children[verb] if words[c].dep in {"aux", "auxpass", "neg", "advmod"} and c < verb}
    while first - 1 in own or (first - 1 >= 0 and words[first - 1].head in own and words[first - 1].head >= first):
        first -= 1
    last = verb
    for c in tree.children[verb]:
        if c == last + 1 and words[c].dep in {"prt", "neg"}:
            last = c
    if particle is not None and particle - last <= 2:
        last = particle
    return ((first, last + 1),)


def by_verb(tree: Tree, marks: Marks, verb: int, entry: Verb) -> Found | None:
    """Return the statement that a verb of the lexicon makes, or None where nothing is said by it."""
    words = tree.words
    got = complement(tree, verb, entry)
    head = verb_source(tree, verb)
    source = noun_phrase(tree, head, barred=verb) if head is not None else ()
    cue = _cue_words(tree, verb, got.particle if got else None)
    if got is not None and "q" in entry.frames and got.frame in {"s", "o"}:
        near = _adjacent(tree, marks, verb, union(source, cue))
        if near and got.frame == "s":
            got = Complement(union(got.content, near), "s")
        elif near and not overlap(near, got.content):
            got = Complement(near, "q", got.particle)
    if got is None:
        if "q" not in entry.frames and not (entry.frames & {"s"} and words[verb].dep in {"parataxis", "ccomp"}):
            return None
        content = _parenthetical(tree, verb)
        if not content:
            content = _adjacent(tree, marks, verb, union(source, cue))
        if not content:
            return None
        frame = "q"
    else:
        content, frame = got.content, got.frame
    content = without(content, union(source, cue)) if frame in {"s", "q"} else without(content, cue)
    content = trimmed(tree, content)
    if not content:
        return None
    return Found(verb, cue, source, content, entry.act, frame, "q" in entry.frames)


def _parenthetical(tree: Tree, verb: int) -> Pieces:
    words = tree.words
    if words[verb].dep in {"parataxis", "ccomp", "dep", "advcl"} and words[verb].head != verb:
        head = words[verb].head
        first, after = subtree(tree, verb)
        if words[verb].dep == "advcl" and not any(words[c].lemma == "as" for c in tree.children[verb]):
            return ()
        around = {",", "—", "–", "--", "-", "”", '"', "''", "("}
        bounded = words[first].text in around or words[after - 1].text in around
        bounded = bounded or (first > 0 and words[first - 1].text in around)
        bounded = bounded or (after < len(words) and words[after].text in around)
        if bounded and tree.subject(verb) is not None:
            return without((subtree(tree, head),), ((first, after),))
    return ()


def _adjacent(tree: Tree, marks: Marks, verb: int, own: Pieces) -> Pieces:
    """Return the quotations that touch a cue and its source on either side."""
    words = tree.words
    first, after = own[0][0], own[-1][1]
    out: Pieces = ()
    before = first - 1
    if before >= 0 and words[before].text in {",", ":"}:
        before -= 1
    if before >= 0 and 0 <= marks.of[before] != marks.of[verb]:
        start, end = marks.ranges[marks.of[before]]
        if end == before + 1 and tree.line[before] == tree.line[first]:
            out = ((start, end),)
    stop = tree.sentences[tree.sentence[verb]][1]
    for i in range(after, min(len(words), max(stop, after) + 1)):
        q = marks.of[i]
        if q >= 0 and q != marks.of[verb] and marks.ranges[q][0] == i:
            if words[i - 1].text in {",", ":"} or i == after:
                out = union(out, (marks.ranges[q],))
            break
        if words[i].pos == "VERB" and words[i].dep in {"conj", "ROOT"}:
            break
    return out


def according(tree: Tree, i: int) -> Found | None:
    """Return the statement that "according to" makes of its sentence."""
    to = i + 1
    inner = tree.child(to, "pobj") or tree.child(i, "pobj")
    if inner is None:
        return None
    source = noun_phrase(tree, inner, barred=to)
    first, last = tree.sentences[tree.sentence[i]]
    own = (i, max(source[-1][1], to + 1))
    content = trimmed(tree, without(((first, last),), (own,)))
    if not content:
        return None
    return Found(i, ((i, to + 1),), source, content, Act.ASSERTS, "according")
