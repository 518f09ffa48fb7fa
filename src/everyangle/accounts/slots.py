"""Slots: what a statement's content claims, clause by clause: who did what to what, whether, how many, when.

Works on the grammar of the content alone. What it cannot tell it leaves empty, and an empty slot matches nothing and
contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.accounts.claims import Claim, Said, Slots
from everyangle.accounts.clause_frames import frame_of, particle_of
from everyangle.accounts.clause_status import is_negated, status_of
from everyangle.accounts.clause_terms import around, concepts_of, limits_of, terms_of
from everyangle.accounts.clause_tree import ClauseTree, subjects
from everyangle.accounts.fragments import dated, fragments
from everyangle.accounts.parsed import Parsed
from everyangle.accounts.persons import persons
from everyangle.core.accounts import TimeMention

_RECEIVING = frozenset({"receive", "get", "hear", "undergo"})
_GIVEN = frozenset({"apologise", "warn", "notify", "explain", "treat", "help", "threaten", "train", "visit"})
"""Acts that whoever "has" their noun undergoes: "has had no apology"."""
_ALWAYS = frozenset({"always", "throughout", "constantly", "continuously", "never"})
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_BIDDING = frozenset({"ask", "tell", "order", "allow", "help"})
"""Acts that are about what somebody is to do."""
_ACTS = frozenset(concepts.NOMINAL.values())
_ONTO = frozenset({"on", "at", "to", "into", "against", "with", "onto"})


def slots_of(parsed: Parsed, amounts: Sequence[Amount] = (), times: Sequence[TimeMention] = ()) -> Slots:
    """Return what a content claims.

    Args:
        parsed: the content's grammar.
        amounts: with places in the parsed text.
        times: with spans in the parsed text.
    """
    tree = ClauseTree(parsed)
    claims = [claim for index in tree.predicates() for claim in _claims(tree, index, amounts, times)]
    claims += fragments(tree, amounts, times)
    claims += dated(tree, times)
    return Slots(tuple(claims), terms_of(parsed.words))


def _claims(tree: ClauseTree, index: int, amounts: Sequence[Amount], times: Sequence[TimeMention]) -> Iterator[Claim]:
    word = tree.words[index]
    actors = subjects(tree, index)
    passive = bool(tree.child(index, "nsubjpass", "auxpass")) or (word.dep == "acl" and word.tag == "VBN")
    agents = [p for agent in tree.child(index, "agent") for p in tree.child(agent, "pobj")]
    objects = tree.heads(tree.child(index, "dobj", "attr", "oprd", "dative"))
    if word.lemma == "be" and any(tree.words[s].lemma == "there" for s in actors):
        objects, actors = [*objects, *(s for s in actors if tree.words[s].lemma != "there")], []
    denying = [*actors, *objects]
    frame, opposite, objects = frame_of(tree, index, objects, tree.heads(actors) if passive else [])
    particle = particle_of(tree, index)
    by_noun = frame in _ACTS and frame not in (concepts.verb(word.lemma, particle), concepts.verb(word.lemma))
    if passive and by_noun and not objects:
        actors = agents
    elif passive:
        actors, objects = agents, [*tree.heads(actors), *objects]
    elif frame == "be" and not actors and objects:
        frame = "exist"
    actors = tree.heads(actors)
    actor, object_ = concepts_of(tree, actors), concepts_of(tree, objects)
    if frame == "use_force":
        object_ -= {"force", "violence"}
    if frame in _BIDDING:
        object_ |= {concepts.verb(tree.words[c].lemma) for c in tree.child(index, "xcomp") if tree.words[c].tag == "VB"}
    actor -= {term for term in actor if by_noun and concepts.NOMINAL.get(term) == frame}
    marks_actor, marks_object = persons(tree, actors), persons(tree, objects)
    given = by_noun and not passive and (word.lemma in _RECEIVING or (word.lemma == "have" and frame in _GIVEN))
    if given:
        actor, object_, marks_actor, marks_object = frozenset(), object_ | actor, frozenset(), marks_actor
    if frame.startswith("be:"):
        actor, object_ = frozenset(), object_ | actor
    own = [tree.words[i] for i in tree.below(index)]
    other = around(tree, index, {*actors, *objects, index})
    other |= {
        "another" for one in (*actors, *objects) for c in tree.child(one, "det") if tree.words[c].lemma == "another"
    }
    if not objects and not passive and word.lemma != "be":
        found = [p for p in tree.child(index, "prep") if tree.words[p].lemma in _ONTO]
        object_ = concepts_of(tree, tree.heads(tree.child(found[0], "pobj"))) if found else object_
    negated = is_negated(tree, index, tree.heads(denying)) != opposite
    yield from _lacking(tree, index, actor)
    yield Claim(
        frame,
        negated,
        status_of(tree, index),
        actor,
        object_,
        frozenset(other - actor - object_ - {frame}),
        frozenset() if opposite else frozenset(limits_of(tree, index, objects) - {frame} - object_ - actor),
        (*(a for a in amounts if _verb_of(tree, a) == index), *_repeated(tree, index, amounts)),
        tuple(t for t in times if tree.governor(t.span.start) == index),
        frozenset(w.text.lower() for w in own if w.pos == "PROPN"),
        pronoun=not actor and any(tree.words[s].tag in ("PRP", "DT") for s in actors),
        who=marks_actor,
        whom=persons(tree, [*objects, *actors]) if frame.startswith("be:") else marks_object,
        always=_always(tree, index),
        said=_said(tree, index, actors, objects),
    )


def _always(tree: ClauseTree, index: int) -> bool:
    below = list(tree.below(index))
    whole = any(
        tree.words[one].lemma == "time" and any(tree.words[c].lemma in ("all", "whole") for c in tree.children[one])
        for one in below
    )
    return whole or any(tree.words[one].lemma in _ALWAYS for one in below)


def _repeated(tree: ClauseTree, index: int, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """Yield how often something was done, where an adverb says it: "was given twice"."""
    for one in tree.child(index, "advmod"):
        word = tree.words[one]
        number = _TIMES.get(word.lemma)
        after = number is not None and one > index and not any(a.start <= word.start < a.end for a in amounts)
        if number is not None and after:
            yield Amount(number, number, number, "time", word.text, word.start, word.end, approximate=False)


def _lacking(tree: ClauseTree, index: int, actor: frozenset[str]) -> Iterator[Claim]:
    """Yield what somebody did without: "without a warrant" is that there was none to have."""
    nothing: frozenset[str] = frozenset()
    for prep in tree.child(index, "prep"):
        lacked = tree.child(prep, "pobj") if tree.words[prep].lemma == "without" else []
        for one in lacked:
            act = concepts.NOMINAL.get(tree.words[one].lemma)
            object_ = nothing if act else concepts_of(tree, [one])
            if act or object_:
                status = status_of(tree, index)
                yield Claim(
                    act or "have",
                    negated=True,
                    status=status,
                    actor=actor,
                    object=object_,
                    others=nothing,
                    limits=nothing,
                )


def _verb_of(tree: ClauseTree, amount: Amount) -> int | None:
    """Return the verb that an amount belongs to: how often and how long tell of the act above an infinitive."""
    index = tree.governor(amount.start)
    while index is not None and (amount.duration or amount.unit in ("time", "occasion")):
        word = tree.words[index]
        if word.dep not in ("xcomp", "ccomp") or word.tag != "VB" or not tree.child(index, "aux"):
            return index
        index = word.head
    return index


def _said(tree: ClauseTree, index: int, subjects: Sequence[int], objects: Sequence[int]) -> Said:
    particle = next((f" {tree.words[p].text}" for p in tree.child(index, "prt")), "")
    objects = [one for one in objects if tree.words[one].pos in ("NOUN", "PROPN")]
    objects = [one for one in objects if tree.words[one].pos in ("NOUN", "PROPN")]
    plural = bool(objects) and (tree.words[objects[0]].tag in ("NNS", "NNPS") or len(objects) > 1)
    actor, object_ = (_phrase(tree, found[0]) if found else "" for found in (subjects, objects))
    to = next((tree.words[c].lemma for c in tree.child(index, "xcomp") if tree.words[c].tag == "VB"), "")
    to = f" to {to}" if to and concepts.verb(tree.words[index].lemma) in _BIDDING else ""
    return Said(actor, tree.words[index].lemma + particle, object_, plural, to)


def _phrase(tree: ClauseTree, index: int) -> str:
    """Return a noun with the nouns before it, as they stand."""
    if tree.words[index].pos == "PRON":
        return ""
    parts = [*(c for c in tree.child(index, "compound", "nmod") if c < index), index]
    return " ".join(tree.words[p].text if tree.words[p].pos == "PROPN" else tree.words[p].text.lower() for p in parts)
