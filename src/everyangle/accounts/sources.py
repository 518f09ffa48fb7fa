"""Who speaks: the noun phrase that a cue has for its source."""

from __future__ import annotations

import re

from everyangle.accounts.pieces import Pieces
from everyangle.accounts.tree import Tree

EMPTY = frozenset({"it", "there"})
EMPTY_WITH = frozenset({"be", "seem", "appear", "take", "look", "turn", "remain", "come", "happen", "become", "get"})
"""Verbs whose "it" mostly stands for nobody ("**it** is worth noting that …")."""
_NAMES = (
    "ad advertisement affidavit article banner bill brief column complaint editorial email filing interview lawsuit "
)
_NAMES += "letter memo message note post release report resolution sign speech statement tweet video"
ARTIFACTS = frozenset(_NAMES.split())

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?h?|[0-2]\d{3}h?")


def noun_phrase(tree: Tree, head: int, *, barred: int | None = None) -> Pieces:
    """Return a noun phrase: its head's subtree, less clauses that only add ("…, who …") and the word that is barred."""
    words = tree.words
    first, last = tree.left[head], tree.right[head]
    for c in tree.children[head]:
        dep = words[c].dep
        begin = tree.left[c]
        if dep in {"relcl", "advcl", "acl"} and c > head:
            comma = begin > 0 and words[begin - 1].text in {",", "—", "–", "--", "-"}
            if comma or (barred is not None and tree.within(barred, c)):
                last = min(last, begin - 1)
        elif barred is not None and c > head and tree.within(barred, c):
            last = min(last, begin - 1)
    if barred is not None:
        if first <= barred <= head:
            first = barred + 1
        elif head < barred <= last:
            last = barred - 1
    while (
        last > head and words[last].text in {",", "—", "–", "--", "-", ":", ";", "."} and not _abbreviated(tree, last)
    ):
        last -= 1
    while first < head and words[first].text in {",", "—", "–", "--", "-", ":", ";"}:
        first += 1
    if first < head and _CLOCK.fullmatch(words[first].text) and _begins_line(tree, first):
        first += 2 if first + 1 < head and words[first + 1].text in {"-", "—", "–", ":", "hrs", "h"} else 1
    return ((first, last + 1),)


def _begins_line(tree: Tree, i: int) -> bool:
    """Whether a word is the first of its line, as the time of an entry in a log is ("**20:40** Detainee asks …")."""
    return tree.text[: tree.words[i].start].rpartition("\n")[2].strip() == ""


def _abbreviated(tree: Tree, i: int) -> bool:
    return tree.words[i].text == "." and i > 0 and len(tree.words[i - 1].text) <= 1


CLIMBING = frozenset({"conj", "advcl", "pcomp", "prep", "ccomp", "parataxis", "dep"})
"""By what a verb without a subject hangs on the verb whose subject is its own, too."""


def verb_source(tree: Tree, verb: int) -> int | None:
    """Return the head of the noun phrase that a verb has for its source, or None."""
    words = tree.words
    if tree.passive(verb):
        agent = tree.child(verb, "agent")
        return tree.child(agent, "pobj") if agent is not None else None
    at = verb
    for _ in range(8):
        subject = tree.subject(at)
        if subject is not None:
            return _spoken_for(tree, subject, at, verb)
        dep, head = words[at].dep, words[at].head
        if head == at or (dep == "ccomp" and at != verb):
            return None
        if dep == "acl" or (dep in CLIMBING and words[head].pos in {"NOUN", "PROPN", "PRON"}):
            return _of_noun(tree, head, verb)
        if dep == "relcl":
            return head
        if dep == "xcomp":
            found = tree.child(head, "dobj")
            if found is not None and found < at and words[head].lemma not in KEEPING:
                return found
        elif dep not in CLIMBING and not (dep in {"acomp", "attr", "oprd"} and words[head].pos in {"VERB", "AUX"}):
            return None
        at = head
    return None


ISSUING = frozenset({"issue", "release", "publish", "post", "run", "air", "launch", "send", "write", "tweet", "file"})
GIVING = frozenset({"give", "urge", "ask", "tell", "want", "need", "allow", "help", "lead", "leave", "hire", "get"})
"""Verbs after whose object an infinitive says what the object does ("**give** him reason to doubt")."""

KEEPING = frozenset({"use", "take", "issue", "release", "make", "spend", "hold", "launch", "mount", "write", "devote"})
"""Verbs whose subject does what the infinitive after their object says ("**used** the occasion to say")."""


def _spoken_for(tree: Tree, subject: int, at: int, verb: int) -> int | None:
    """Return whom a subject stands for: in "a man who said", the man; nobody in "there were reporters saying"."""
    words = tree.words
    if words[subject].lemma in EMPTY and at != verb:
        empty = words[subject].lemma == "there" or words[at].lemma in EMPTY_WITH or tree.passive(at)
        return None if empty else subject
    relative = words[subject].tag in {"WP", "WDT"} and words[at].dep == "relcl"
    if not relative:
        return subject
    noun = words[at].head
    issuer = words[noun].head
    if words[noun].lemma in ARTIFACTS and words[noun].dep == "dobj" and words[issuer].lemma in ISSUING:
        # "She issued a statement that said …": she speaks.
        found = verb_source(tree, issuer)
        return noun if found is None else found
    return noun


def _of_noun(tree: Tree, noun: int, verb: int) -> int | None:
    """Return who speaks by a noun: its owner where it is an artifact ("her statement saying"), else the noun."""
    to = any(tree.words[c].tag == "TO" for c in tree.children[verb])
    if to and tree.words[noun].pos == "NOUN" and tree.words[noun].dep == "dobj":
        # "has a rare chance to show", "held a briefing to announce"
        governor = tree.words[noun].head
        found = verb_source(tree, governor) if tree.words[governor].lemma not in GIVING else None
        return noun if found is None else found
    if tree.words[noun].lemma in ARTIFACTS or _uttered(tree, noun, verb):
        owner = tree.child(noun, "poss")
        if owner is not None:
            return owner
        governor = tree.words[noun].head
        if tree.words[noun].dep in {"dobj", "pobj"} and governor != noun:
            if tree.words[noun].dep == "pobj":
                governor = tree.words[governor].head
            if tree.words[governor].pos == "VERB" and governor != verb:
                found = verb_source(tree, governor)
                return noun if found is None else found
    return noun


UTTERANCES = frozenset(
    {
        *("response", "reply", "answer", "point", "way", "effort", "argument", "appeal", "pitch", "warning", "remark"),
        *("comment", "claim", "note", "op-ed", "essay", "text", "telegram", "news", "habit", "speech", "case", "move"),
        *("attempt", "challenge", "string", "series", "barrage", "attack", "criticism", "plea", "message", "chance"),
    }
)
"""Nouns of what a speaker makes: "made a **point** of saying" is said by whoever made it."""


def _uttered(tree: Tree, noun: int, verb: int) -> bool:
    return tree.words[noun].lemma in UTTERANCES and tree.words[verb].tag in {"VBG", "VB"}


NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "PART"})


def beside(tree: Tree, first: int, last: int, *, after: bool) -> Pieces:
    """Return the noun phrase that touches a cue from ``first`` to ``last``, where the parser saw no subject.

    Before the cue it is the run of nominal words ("Dems hope …"); after it ("…," said Whitlock, explaining …), the
    subtree of the word there.
    """
    words = tree.words
    begin, end = tree.sentences[tree.sentence[first]]
    if after:
        at = last + 1
        while at < end and words[at].pos in NOMINAL:
            at += 1
        return ((last + 1, at),) if at > last + 1 and _names(tree, last + 1, at) else ()
    at = first
    if at - 1 > begin and words[at - 1].text == ",":
        # "Marcel Lazar, 44, said": the name stands before what is between the commas.
        commas = [k for k in range(at - 2, max(begin, at - 20), -1) if words[k].text == ","]
        comma = next((k for k in commas if words[k - 1].text[:1].isupper() or words[k - 1].pos in NOMINAL), None)
        first = first if comma is None else first - 1
        at = at if comma is None else comma - 1 if words[comma - 1].text[:1].isupper() else comma
    while at > begin and words[at - 1].pos in NOMINAL and words[at - 1].tag not in {"WDT", "WP", "EX", "TO", "RB"}:
        at -= 1
    at = _share(tree, begin, at)
    if at == first and at > begin and only_name(tree, begin, at - 1):
        return ((at - 1, first),)
    return ((at, first),) if at < first and _names(tree, at, first) else ()


def _share(tree: Tree, begin: int, at: int) -> int:
    """Return where "about **4 in 10**" begins, of which only the last number was taken."""
    words = tree.words
    if at - 2 >= begin and words[at].pos == "NUM" and words[at - 1].text in {"in", "of"} and words[at - 2].pos == "NUM":
        at -= 2
        if at > begin and words[at - 1].text.lower() in {"about", "nearly", "roughly", "over", "almost", "some"}:
            at -= 1
    return at


def only_name(tree: Tree, begin: int, i: int) -> bool:
    """Whether a capitalized word before a cue is a name which the parser took for another kind ("**Jolly** said")."""
    word = tree.words[i]
    if not word.text[0].isupper() or word.pos not in {"ADV", "VERB", "INTJ", "X", "AUX", "ADP"}:
        return False
    return i > begin or word.text.lower() not in OPENING


OPENING = frozenset(
    {
        *("also", "then", "later", "still", "once", "soon", "often", "never", "here", "there", "so", "thus", "only"),
        *("just", "earlier", "instead", "however", "meanwhile", "finally", "again", "as", "in", "on", "at", "by"),
        *("would", "could", "did", "does", "do", "has", "have", "had", "is", "was", "were", "are", "asked", "added"),
        *("let", "like", "yes", "no", "even", "please", "oh", "well", "not", "to", "for", "from", "should", "must"),
    }
)
"""Words that begin a sentence before a verb and name nobody."""


def _names(tree: Tree, first: int, after: int) -> bool:
    """Whether words have a noun or a pronoun among them that can speak."""
    return any(
        word.pos in {"NOUN", "PROPN", "NUM"}
        or (word.pos == "PRON" and word.lemma not in EMPTY | {"this", "that", "what"})
        for word in tree.words[first:after]
    )
