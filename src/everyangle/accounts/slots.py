"""Slots: what a statement's content claims, clause by clause: who did what to what, whether, how many, when.

Works on the grammar of the content alone. What it cannot tell it leaves empty, and an empty slot matches nothing and
contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from everyangle.accounts import concepts
from everyangle.accounts.amounts import Amount
from everyangle.accounts.parsed import Parsed, Word
from everyangle.core.accounts import TimeMention

_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "pobj", "conj", "agent", "dative", "oprd", "appos"})
_MODALS = frozenset(
    {"may", "might", "could", "would", "should", "must", "will", "shall", "can", "ca", "wo", "'ll", "'d"}
)
_UNREAL_MARKS = frozenset({"if", "whether", "unless", "until", "till"})
_LIGHT = frozenset(
    {"give", "make", "issue", "have", "receive", "hear", "get", "deliver", "do", "take", "serve", "post", "send", "be"}
)
_RECEIVING = frozenset({"receive", "get", "hear"})
_ACTS = frozenset(concepts.NOMINAL.values())
_SENSING = frozenset({"hear", "see"})
"""Verbs of those who may have missed it: "heard no warning" is not "no warning was given"."""
_ONTO = frozenset({"on", "at", "to", "into", "against", "with", "onto"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_NOUNY = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class Status(StrEnum):
    """How a clause is meant."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    """It is what somebody else said, thought or saw, inside the content."""
    UNREAL = "unreal"
    """It may be, should be, was wanted, or is asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause in its own words, reduced: who, the verb's dictionary form, and what; "" where there is none."""

    actor: str = ""
    verb: str = ""
    object: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One clause.

    Attributes:
        frame: what is done or is the case, as a concept; "" where there is no verb.
        negated: whether it is said not to be so.
        status: how it is meant.
        actor: concepts of who does it; empty where unsaid or only a pronoun.
        object: concepts of what it is done to, or of what something is.
        others: concepts of what else stands in the clause: places, means, adjectives.
        limits: those of them that narrow a denial ("no shots at any person").
        amounts: numbers in it, each with the concept of what is counted or timed.
        times: dates and times of day in it.
        names: proper names in it, lower case.
        pronoun: whether the actor is only a pronoun.
        said: the clause in its own words.
    """

    frame: str
    negated: bool
    status: Status
    actor: frozenset[str]
    object: frozenset[str]
    others: frozenset[str]
    limits: frozenset[str]
    amounts: tuple[Amount, ...] = ()
    times: tuple[TimeMention, ...] = ()
    names: frozenset[str] = frozenset()
    pronoun: bool = False
    said: Said = Said()

    @property
    def about(self) -> frozenset[str]:
        """Every concept that tells what the clause is about."""
        frame = {self.frame} if self.frame and self.frame not in concepts.GENERIC else set()
        return frozenset(frame | self.actor | self.object | self.others)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a content claims: its clauses, in order, and all its concepts."""

    claims: tuple[Claim, ...]
    terms: frozenset[str]


def slots_of(parsed: Parsed, amounts: Sequence[Amount] = (), times: Sequence[TimeMention] = ()) -> Slots:
    """Return what a content claims.

    Args:
        parsed: the content's grammar.
        amounts: with places in the parsed text.
        times: with spans in the parsed text.
    """
    tree = _Tree(parsed)
    claims = [claim for index in tree.predicates() for claim in _claims(tree, index, amounts, times)]
    if not claims and parsed.words:
        claims = [_fragment(tree, amounts, times)]
    return Slots(tuple(claims), terms_of(parsed.words))


def terms_of(words: Sequence[Word]) -> frozenset[str]:
    """Return the concepts of some words."""
    return frozenset(term for word in words for term in _terms(word))


class _Tree:
    def __init__(self, parsed: Parsed) -> None:
        self.words = parsed.words
        self.children: list[list[int]] = [[] for _ in parsed.words]
        self.asked = [False] * len(parsed.words)
        for index, word in enumerate(parsed.words):
            if word.head != index:
                self.children[word.head].append(index)
        for first, last in parsed.sentences:
            asked = any(word.text == "?" for word in parsed.words[max(first, last - 2) : last])
            self.asked[first:last] = [asked] * (last - first)

    def predicates(self) -> Iterator[int]:
        """Yield every verb that heads a clause."""
        for index, word in enumerate(self.words):
            if word.pos in ("VERB", "AUX") and word.dep not in ("aux", "auxpass", "amod", "compound", "prep", "case"):
                yield index

    def child(self, index: int, *deps: str) -> list[int]:
        """Return the children of a word with one of these relations."""
        return [one for one in self.children[index] if self.words[one].dep in deps]

    def heads(self, found: Iterable[int]) -> list[int]:
        """Return nouns with those that are joined to them."""
        every: list[int] = []
        for one in found:
            every.append(one)
            every.extend(self.heads(self.child(one, "conj")))
        return every

    def below(self, index: int) -> Iterator[int]:
        """Yield a word and all below it that belong to its own clause."""
        yield index
        for one in self.children[index]:
            word = self.words[one]
            if word.pos in ("VERB", "AUX") and word.dep in (
                "ccomp",
                "advcl",
                "conj",
                "parataxis",
                "relcl",
                "xcomp",
                "acl",
            ):
                continue
            yield from self.below(one)

    def governor(self, at: int) -> int | None:
        """Return the clause's verb above the word at a place of the text."""
        index = next((i for i, word in enumerate(self.words) if word.start <= at < word.end), None)
        seen: set[int] = set()
        while index is not None and index not in seen:
            seen.add(index)
            word = self.words[index]
            if word.pos in ("VERB", "AUX") and word.dep not in ("aux", "auxpass", "amod", "compound"):
                return index
            index = None if word.head == index else word.head
        return None


def _claims(tree: _Tree, index: int, amounts: Sequence[Amount], times: Sequence[TimeMention]) -> Iterator[Claim]:
    word = tree.words[index]
    subjects = _subjects(tree, index)
    passive = bool(tree.child(index, "nsubjpass", "auxpass"))
    agents = [p for agent in tree.child(index, "agent") for p in tree.child(agent, "pobj")]
    objects = tree.heads(tree.child(index, "dobj", "attr", "oprd", "dative"))
    if word.lemma == "be" and any(tree.words[s].lemma == "there" for s in subjects):
        objects, subjects = [*objects, *(s for s in subjects if tree.words[s].lemma != "there")], []
    arguments = objects
    frame, opposite, objects = _frame(tree, index, objects, tree.heads(subjects) if passive else [])
    if passive and frame in _ACTS and not objects:
        arguments, subjects = subjects, agents
    elif passive:
        subjects, objects = agents, [*tree.heads(subjects), *objects]
    elif frame == "be" and not subjects and objects:
        frame = "exist"
    subjects = tree.heads(subjects)
    actor, object_ = _concepts(tree, subjects), _concepts(tree, objects)
    if word.lemma in _RECEIVING and frame in _ACTS:
        actor = frozenset()
    if frame.startswith("be:"):
        actor, object_ = frozenset(), object_ | actor
    own = [tree.words[i] for i in tree.below(index)]
    around = _around(tree, index, {*subjects, *objects, index})
    if not objects and not passive and word.lemma != "be":
        found = [p for p in tree.child(index, "prep") if tree.words[p].lemma in _ONTO]
        object_ = _concepts(tree, tree.heads(tree.child(found[0], "pobj"))) if found else object_
    negated = _negated(tree, index, [*subjects, *arguments]) != opposite
    yield Claim(
        frame,
        negated,
        _status(tree, index),
        actor,
        object_,
        frozenset(around - actor - object_ - {frame}),
        frozenset() if opposite else frozenset(_limits(tree, index, objects) - {frame} - object_ - actor),
        tuple(a for a in amounts if tree.governor(a.start) == index),
        () if opposite else tuple(t for t in times if tree.governor(t.span.start) == index),
        frozenset(w.text.lower() for w in own if w.pos == "PROPN"),
        pronoun=not actor and any(tree.words[s].tag in ("PRP", "DT") for s in subjects),
        said=_said(tree, index, subjects, objects),
    )


def _said(tree: _Tree, index: int, subjects: Sequence[int], objects: Sequence[int]) -> Said:
    particle = next((f" {tree.words[p].text}" for p in tree.child(index, "prt")), "")
    objects = [one for one in objects if tree.words[one].pos in ("NOUN", "PROPN")]
    objects = [one for one in objects if tree.words[one].pos in ("NOUN", "PROPN")]
    plural = bool(objects) and (tree.words[objects[0]].tag in ("NNS", "NNPS") or len(objects) > 1)
    actor, object_ = (_phrase(tree, found[0]) if found else "" for found in (subjects, objects))
    return Said(actor, tree.words[index].lemma + particle, object_, plural)


def _phrase(tree: _Tree, index: int) -> str:
    """Return a noun with the nouns before it, as they stand."""
    if tree.words[index].pos == "PRON":
        return ""
    parts = [*(c for c in tree.child(index, "compound", "nmod") if c < index), index]
    return " ".join(tree.words[p].text if tree.words[p].pos == "PROPN" else tree.words[p].text.lower() for p in parts)


def _fragment(tree: _Tree, amounts: Sequence[Amount], times: Sequence[TimeMention]) -> Claim:
    nouns = frozenset(t for w in tree.words if w.pos in ("NOUN", "PROPN") for t in _terms(w)) - concepts.VAGUE
    negated = any(w.lemma in ("no", "not", "never", *_NOBODY) for w in tree.words)
    names = frozenset(w.text.lower() for w in tree.words if w.pos == "PROPN")
    status = Status.UNREAL if any(tree.asked) else Status.ASSERTED
    others = frozenset(t for w in tree.words if w.pos in ("ADJ", "ADV") for t in _terms(w))
    return Claim("", negated, status, frozenset(), nouns, others, frozenset(), tuple(amounts), tuple(times), names)


def _named(tree: _Tree, index: int, objects: list[int], undergoing: list[int]) -> tuple[str, bool, list[int]] | None:
    """Return the act that a noun beside an empty verb names ("gave no warning"), or a motion into a place."""
    word = tree.words[index]
    for one in (*objects, *undergoing):
        nominal = concepts.NOMINAL.get(tree.words[one].lemma)
        there = word.lemma == "be" and any(tree.words[s].lemma == "there" for s in tree.child(index, "expl", "nsubj"))
        unheard = word.lemma in _SENSING and bool(tree.child(index, "neg"))
        if nominal and (there or word.lemma in _LIGHT) and not unheard:
            return nominal, False, [o for o in objects if o != one]
    if word.lemma == "take" and any(tree.words[one].lemma == "part" for one in objects):
        return "take_part", False, []
    into = next((p for p in tree.child(index, "prep") if tree.words[p].lemma == "into"), None)
    if into is not None and word.lemma in concepts.MOVING:
        return "enter", False, tree.child(into, "pobj")
    return None


def _frame(tree: _Tree, index: int, objects: list[int], undergoing: list[int]) -> tuple[str, bool, list[int]]:
    """Return the concept of a predicate, whether it says the opposite of that, and its objects."""
    word = tree.words[index]
    named = _named(tree, index, objects, undergoing)
    if named is not None:
        return named
    if word.lemma == "be":
        states = [*tree.child(index, "acomp"), *tree.child(index, "prt", "advmod", "prep")]
        for one in states:
            if tree.words[one].pos in ("ADJ", "VERB") or tree.words[one].lemma in ("on", "off", "inside", "outside"):
                if any(tree.words[p].lemma not in concepts.VAGUE for p in tree.child(one, "pobj")):
                    continue  # "off the road" is a place, "off the whole time" is not
                concept, opposite = concepts.state(tree.words[one].lemma)
                return f"be:{concept}", opposite, objects
        return "be", False, objects
    particle = next((tree.words[p].lemma for p in tree.child(index, "prt")), "")
    concept = concepts.verb(word.lemma, particle)
    if word.lemma in ("run", "stand", "remain", "stay", "lie") and not objects:
        opened, opposite = concepts.state({"run": "running"}.get(word.lemma, ""))
        for one in tree.child(index, "acomp", "oprd"):
            opened, opposite = concepts.state(tree.words[one].lemma)
        if opened:
            return f"be:{opened}", opposite, objects
    if word.lemma in ("work", "function", "operate") and not tree.child(index, "dobj", "prep"):
        return "be:working", False, objects
    if concept in ("lock", "close") and not tree.child(index, "dobj"):
        return "be:open", True, objects
    if concept == "open" and not tree.child(index, "dobj"):
        return "be:open", False, objects
    return concept, False, objects


def _subjects(tree: _Tree, index: int, depth: int = 0) -> list[int]:
    """Return the subjects of a verb: its own, or those of the verb that it shares them with."""
    own = tree.child(index, "nsubj", "nsubjpass", "csubj", "expl")
    word = tree.words[index]
    if own:
        relative = [s for s in own if tree.words[s].tag in ("WDT", "WP")]
        return [word.head] if relative and word.dep == "relcl" else own
    if depth < 4 and word.dep in ("conj", "xcomp", "advcl") and word.head != index:
        head = word.head
        if word.dep == "xcomp":
            told = tree.child(head, "dobj", "nsubjpass")
            if told:
                return told
        return _subjects(tree, head, depth + 1) if tree.words[head].pos in ("VERB", "AUX") else []
    if word.dep == "acl" and word.tag == "VBG" and word.head != index:
        return [word.head]
    return []


def _negated(tree: _Tree, index: int, arguments: list[int]) -> bool:
    count = bool(tree.child(index, "neg"))
    count ^= any(
        tree.words[c].lemma in ("never", "neither", "nor") for c in tree.child(index, "advmod", "cc", "preconj")
    )
    count ^= any(_none(tree, one) for one in arguments)
    word = tree.words[index]
    if word.dep == "xcomp" and tree.words[word.head].lemma in concepts.REFUSING:
        count ^= not tree.child(word.head, "neg")
    if word.dep == "pcomp" and tree.words[word.head].lemma == "without":
        count ^= True
    if word.dep == "conj" and not tree.child(index, "nsubj", "nsubjpass") and not tree.child(index, "neg"):
        joined = {tree.words[c].lemma for c in tree.child(word.head, "cc")}
        if joined & {"or", "nor"} and tree.child(word.head, "neg"):
            count ^= True
    return count


def _none(tree: _Tree, index: int) -> bool:
    word = tree.words[index]
    no = any(tree.words[c].lemma in ("no", "neither") for c in tree.child(index, "det", "advmod", "neg", "nummod"))
    no = no and not any(tree.words[c].lemma in ("more", "less", "fewer") for c in tree.child(index, "amod", "advmod"))
    one = word.lemma == "one" and any(tree.words[c].lemma == "no" for c in tree.children[index])
    return word.lemma in _NOBODY or one or no


def _status(tree: _Tree, index: int) -> Status:
    """Return how a clause is meant, by the clauses above it."""
    if tree.asked[index]:
        return Status.UNREAL
    seen: set[int] = set()
    status = Status.ASSERTED
    while index not in seen:
        seen.add(index)
        word = tree.words[index]
        if _unreal(tree, index):
            return Status.UNREAL
        if word.head == index:
            return status
        seen_so = tree.words[word.head].lemma in _SENSING and not tree.child(index, "mark")
        if word.dep == "ccomp" and tree.words[word.head].lemma in concepts.REPORTING and not seen_so:
            if tree.child(word.head, "neg"):
                return Status.UNREAL
            status = Status.REPORTED
        if word.dep == "ccomp" and seen_so and tree.child(word.head, "neg"):
            return Status.UNREAL
        index = word.head
    return status


def _unreal(tree: _Tree, index: int) -> bool:
    """Whether a clause says what may, should or would be, or what is asked, rather than what is."""
    word, head = tree.words[index], tree.words[tree.words[index].head]
    auxiliaries = {text for c in tree.child(index, "aux") for text in (tree.words[c].lemma, tree.words[c].text)}
    if auxiliaries & _MODALS or any(tree.words[c].lemma in _UNREAL_MARKS for c in tree.child(index, "mark")):
        return True
    if word.head == index or word.pos not in ("VERB", "AUX"):
        return False
    if word.dep == "relcl":
        return bool(tree.child(index, "neg"))
    if word.dep == "ccomp":
        return any(tree.words[c].tag in ("WDT", "WP", "WRB") for c in tree.children[index])
    if word.dep == "xcomp":
        return head.lemma not in concepts.BECOMING | concepts.REFUSING | {"be"}
    return word.dep in ("acl", "advcl") and word.tag == "VB"


def _concepts(tree: _Tree, found: Iterable[int]) -> frozenset[str]:
    """Return what nouns mean, without those that name nothing."""
    every: set[str] = set()
    for one in found:
        word = tree.words[one]
        if word.pos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM") and word.lemma not in concepts.VAGUE:
            every.update(_terms(word))
            every.update(t for c in tree.child(one, "compound") for t in _terms(tree.words[c]))
        if (
            word.lemma in ("one", "most", "all", "some", "none", "number", "group", "person", "people")
            or word.pos == "NUM"
        ):
            inner = [
                p for of in tree.child(one, "prep") if tree.words[of].lemma == "of" for p in tree.child(of, "pobj")
            ]
            every.update(t for p in inner for t in _terms(tree.words[p]))
    return frozenset(every - concepts.VAGUE)


def _around(tree: _Tree, index: int, known: set[int]) -> set[str]:
    return {
        term
        for one in tree.below(index)
        if one not in known and tree.words[one].pos in ("NOUN", "PROPN", "ADJ", "ADV", "VERB")
        for term in _terms(tree.words[one])
        if term not in concepts.VAGUE
    }


def _limits(tree: _Tree, index: int, objects: list[int]) -> set[str]:
    """Return what narrows a clause: its places, means, manners, and the adjectives of its objects."""
    found: set[str] = set()
    for one in tree.child(index, "prep", "advmod", "npadvmod", "advcl", "agent"):
        if tree.words[one].lemma in ("at", "in", "on") and any(
            tree.words[p].lemma in ("all", "time") for p in tree.children[one]
        ):
            continue
        found.update(
            t for i in tree.below(one) if tree.words[i].pos in (*_NOUNY, "ADJ", "ADV") for t in _terms(tree.words[i])
        )
    for one in objects:
        for part in tree.child(one, "amod", "compound", "prep", "poss"):
            found.update(
                t for i in tree.below(part) if tree.words[i].pos in (*_NOUNY, "ADJ") for t in _terms(tree.words[i])
            )
    return (
        found
        - (concepts.VAGUE - {"person"})
        - {"single", "any", "all", "ever", "even", "also", "then", "so", "still", "just", "only"}
    )


def _terms(word: Word) -> tuple[str, ...]:
    """Return the concept of a word, or nothing for words without one."""
    if word.pos == "VERB":
        return (concepts.verb(word.lemma),)
    if word.pos == "NOUN":
        return (concepts.noun(word.lemma),)
    if word.pos == "PROPN":
        return (word.text.lower().removesuffix("'s"),)
    if word.pos == "ADJ" or (word.pos == "ADV" and len(word.lemma) > 3 and word.lemma not in concepts.LOOSE):
        return (concepts.state(word.lemma)[0],)
    return ()
