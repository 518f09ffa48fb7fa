"""Positions that are no speech: declined, would not say, did not respond, could not be reached, does not know.

A cue here is the whole group that refuses, with the verb of saying that it refuses ("declined to say", "was unable to
comment"), and the content what it is about, its preposition included ("on the sergeant"). Alone, "declined" has the
content "to comment".
"""

from __future__ import annotations

from dataclasses import replace

from everyangle.accounts.acts import SILENT, UNSURE
from everyangle.accounts.contents import complement, subtree, trimmed
from everyangle.accounts.found import Found
from everyangle.accounts.pieces import Pieces, union, without
from everyangle.accounts.sources import noun_phrase, verb_source
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import Verb
from everyangle.core.accounts import Act

ANSWERING = Verb(
    frozenset("so"),
    frozenset({"on", "about", "to", "for", "of", "as", "into", "regarding"}),
    frozenset(),
    Act.DECLINES,
)
"""What may follow a verb of answering."""

SAYING = (SILENT | UNSURE) - {
    "name",
    "release",
    "give",
    "provide",
    "identify",
    "share",
    "return",
    "list",
    "offer",
    "describe",
}
"""Verbs of saying that "declined to" joins to one cue; others ("refused **to name him**") begin the content."""

REFUSING = frozenset({"refuse", "decline"})
UNABLE = frozenset(
    {
        "unable",
        "able",
        "prepared",
        "willing",
        "unwilling",
        "reluctant",
        "allow",
        "allowed",
        "permit",
        "permitted",
        "free",
        "ready",
        "position",
        "liberty",
        "authorized",
        "authorised",
        "go",
    }
)
CALLS = frozenset(
    {"call", "message", "email", "e-mail", "request", "letter", "inquiry", "enquiry", "question", "text", "voicemail"}
)
NOTHINGS = {
    "comment": Act.DECLINES,
    "statement": Act.DECLINES,
    "idea": Act.DOES_NOT_KNOW,
    "information": Act.DOES_NOT_KNOW,
    "knowledge": Act.DOES_NOT_KNOW,
    "record": Act.DOES_NOT_KNOW,
    "recollection": Act.DOES_NOT_KNOW,
    "memory": Act.DOES_NOT_KNOW,
    "explanation": Act.DOES_NOT_KNOW,
    "answer": Act.DOES_NOT_KNOW,
    "figure": Act.DOES_NOT_KNOW,
    "number": Act.DOES_NOT_KNOW,
    "datum": Act.DOES_NOT_KNOW,
    "detail": Act.DECLINES,
}
"""What one has none of: "had no comment", "has no record of the call", "did not have that information"."""

WITHHELD = frozenset(
    {
        "swear",
        "guess",
        "speculate",
        "release",
        "give",
        "take",
        "share",
        "provide",
        "return",
        "hand",
        "discuss",
        "disclose",
        "name",
    }
)
BARE = frozenset({"comment", "respond", "reply", "answer", "elaborate"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
FINDING = frozenset({"determine", "establish", "verify", "ascertain", "corroborate"})
"""Verbs by which "has not" says that one does not know yet."""

YIELDING = frozenset({"let", "allow", "open", "show", "sign", "permit", "admit", "unlock", "hand", "leave", "exit"})
"""What others ask for: whoever "would not" do it refuses."""

BELIEVING = frozenset({"accept", "believe", "agree", "recognise", "recognize"})
FUTURE = frozenset({"will", "would", "wo", "'ll", "’ll"})


def by_silence(tree: Tree, verb: int) -> Found | None:
    """Return the refusal or the ignorance that a verb or an adjective stands for, or None."""
    for kind in (_refused, _unable, _unreached, _nothing, _neither, _unanswered, _knows_nothing):
        found = kind(tree, verb)
        if found is not None:
            return found
    return None


def _refused(tree: Tree, verb: int) -> Found | None:
    """Find "declined **to say whether …**", "refused **to comment on …**"."""
    if tree.words[verb].lemma not in REFUSING:
        return None
    inner = next((c for c in tree.kids(verb, "xcomp") if c > verb and tree.words[c].lemma in SAYING), None)
    if inner is None:
        return None
    found = made(tree, inner, group_start(tree, verb), verb, Act.DECLINES)
    return found and _with_infinitive(tree, found, verb, inner)


def _with_infinitive(tree: Tree, found: Found, verb: int, inner: int) -> Found:
    """Return a refusal whose cue ends with the verb of refusing: what follows, "to say" included, is refused."""
    to = next((c for c in tree.kids(inner, "aux") if tree.words[c].tag == "TO"), inner)
    first = min(to, *(c for c in tree.kids(inner, "neg", "advmod") if verb < c < inner), inner)
    found.cue = without(found.cue, ((first, inner + 1),))
    found.content = union(found.content, ((first, inner + 1),))
    return found


def _unable(tree: Tree, verb: int) -> Found | None:
    """Find "was unable to say …", "is not prepared to discuss …", "’m not going to argue …"."""
    word = tree.words[verb]
    if word.tag[:2] != "VB" or word.lemma not in SILENT | UNSURE | WITHHELD:
        return None
    if not any(tree.words[c].tag == "TO" for c in tree.children[verb]):
        return None
    at = word.head
    if at >= verb or word.dep not in {"xcomp", "acl"}:
        return None
    holder = tree.words[at]
    liberty = any(tree.words[k].lemma in {"liberty", "position"} for k in range(at + 1, verb))
    if holder.lemma not in UNABLE and not (holder.lemma == "be" and liberty):
        return None
    above = at if holder.pos in {"VERB", "AUX"} else holder.head
    none = any(tree.words[k].lemma == "no" for k in (*range(at + 1, verb), *tree.children[at]))
    refuses = (
        none
        or holder.lemma in {"unable", "unwilling", "reluctant"}
        or any(tree.words[c].dep == "neg" for c in (*tree.children[at], *tree.children[above]))
    )
    if not refuses:
        return None
    cannot = holder.lemma in {"unable", "able", "position"} or (liberty and holder.lemma == "be")
    act = Act.DOES_NOT_KNOW if cannot and word.lemma in UNSURE else Act.DECLINES
    found = made(tree, verb, group_start(tree, above), above, act)
    willing = holder.lemma in {"unwilling", "willing", "reluctant"}
    return _with_infinitive(tree, found, at, verb) if found and willing else found


def _unreached(tree: Tree, verb: int) -> Found | None:
    """Find "could not be reached for comment", "did not return calls"."""
    words = tree.words
    if not negated(tree, verb):
        return None
    if words[verb].lemma == "reach" and tree.passive(verb):
        purpose = next((c for c in tree.kids(verb, "prep") if words[c].lemma == "for"), None)
        subject = tree.subject(verb)
        if subject is None or not any(words[c].lemma in {"can", "could"} for c in tree.kids(verb, "aux")):
            return None
        first = group_start(tree, verb)
        cue, content = (first, verb + 1), (verb, verb + 1)
        if purpose is not None:
            content = subtree(tree, purpose)
        else:
            cue = (first, verb)
        return Found(verb, (cue,), noun_phrase(tree, subject, barred=verb), (content,), Act.DECLINES, "silence")
    if words[verb].lemma == "return":
        target = tree.child(verb, "dobj")
        if target is not None and words[target].lemma in CALLS:
            return made(tree, verb, group_start(tree, verb), verb, Act.DECLINES)
    return None


def _nothing(tree: Tree, verb: int) -> Found | None:
    """Find "had no comment on …", "has no record **of the call**", "had no idea who …"."""
    words = tree.words
    target = tree.child(verb, "dobj")
    if words[verb].lemma in KEEPING and target is not None and words[target].lemma in KEPT:
        return _keeps_none(tree, verb, target)
    if words[verb].lemma not in {"have", "offer", "give", "make", "provide"}:
        return None
    has = words[verb].lemma == "have"
    if target is None or words[target].lemma not in NOTHINGS or target < verb:
        return None
    act = NOTHINGS[words[target].lemma]
    able = any(words[c].lemma in {"can", "could"} for c in tree.kids(verb, "aux"))
    if not has:
        act = Act.DOES_NOT_KNOW if able and act is Act.DOES_NOT_KNOW else Act.DECLINES
    none = words[tree.left[target]].lemma == "no"
    if not none and not negated(tree, verb):
        return None
    rest = tree.right[target] + 1
    if (
        rest > target + 1
        and words[target + 1].dep != "prep"
        and words[target + 1].tag != "TO"
        and words[target].lemma == "comment"
    ):
        rest = target + 1  # "made no comment as he left"
    if none and rest > target + 1:
        cue, content = (group_start(tree, verb), target + 1), ((target + 1, rest),)
    else:
        cue, content = (group_start(tree, verb), verb + 1), ((tree.left[target], rest),)
    head = verb_source(tree, verb)
    if head is None:
        return None
    return Found(verb, (cue,), noun_phrase(tree, head, barred=verb), trimmed(tree, content), act, "silence")


KEEPING = frozenset({"hold", "keep", "receive", "get", "have", "find", "see"})
KEPT = frozenset({"complaint", "record", "report", "request", "notification", "referral", "allegation", "recording"})
"""What one knows of by having it: "has received no complaint", "holds no record"."""


def _keeps_none(tree: Tree, verb: int, target: int) -> Found | None:
    """Find "has received **no complaint**", "holds no record **of the hearing**"."""
    words = tree.words
    none = words[tree.left[target]].lemma == "no"
    head = verb_source(tree, verb)
    if head is None or not (none or negated(tree, verb)):
        return None
    rest = tree.right[target] + 1
    if words[target].lemma == "record" and none and rest > target + 1:
        cue, content = (group_start(tree, verb), target + 1), (target + 1, rest)
    else:
        cue, content = (group_start(tree, verb), verb + 1), (tree.left[target], rest)
    source = noun_phrase(tree, head, barred=verb)
    return Found(verb, (cue,), source, trimmed(tree, (content,)), Act.DOES_NOT_KNOW, "silence")


def _neither(tree: Tree, verb: int) -> Found | None:
    """Find "would neither confirm nor deny that …", "would not confirm or deny that …"."""
    words = tree.words
    if verb < 2 or words[verb - 1].text.lower() not in {"nor", "or"} or words[verb].tag[:2] != "VB":
        return None
    other = verb - 2
    if words[other].lemma in {"confirm", "admit"} and negated(tree, other):
        first = group_start(tree, other)
        return made(tree, verb, first, verb, Act.DECLINES) or made(tree, other, first, other, Act.DECLINES)
    if words[other].tag[:2] != "VB" or not any(
        words[k].text.lower() == "neither" for k in range(max(0, other - 2), other)
    ):
        return None
    first = next((k for k in range(max(0, other - 2), other) if words[k].text.lower() == "neither"), other)
    while first and words[first - 1].dep in {"aux", "auxpass"}:
        first -= 1
    return made(tree, verb, first, verb, Act.DECLINES) or made(tree, other, first, other, Act.DECLINES)


def _knows_nothing(tree: Tree, verb: int) -> Found | None:
    """Find "knew nothing **of any instruction**", "did not know **of any**"."""
    words = tree.words
    if words[verb].lemma == "hear" and negated(tree, verb):
        of = next((c for c in tree.kids(verb, "prep") if words[c].lemma == "of"), None)
        return made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW) if of is not None else None
    if words[verb].lemma != "know":
        return None
    target = tree.child(verb, "dobj")
    nothing = target is not None and words[target].lemma == "nothing"
    unknown = negated(tree, verb)
    if not nothing and not unknown:
        return None
    if unknown and (target is not None or tree.child(verb, "ccomp") is None) and not nothing:
        found = made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW)
        if found is not None:
            return found
    of = next(
        (
            c
            for c in (*tree.kids(verb, "prep"), *(tree.kids(target, "prep") if target else ()))
            if c > verb and words[c].lemma in {"of", "about"}
        ),
        None,
    )
    head = verb_source(tree, verb)
    if of is None or head is None:
        return None
    end = target + 1 if nothing and target is not None else verb + 1
    return Found(
        verb,
        ((group_start(tree, verb), end),),
        noun_phrase(tree, head, barred=verb),
        (subtree(tree, of),),
        Act.DOES_NOT_KNOW,
        "silence",
    )


def _unanswered(tree: Tree, verb: int) -> Found | None:
    """Find "would not release the video", "did not respond to …", "does not accept that …"."""
    lemma = tree.words[verb].lemma
    if tree.words[verb].tag[:2] != "VB" or not negated(tree, verb) or tree.passive(verb):
        return None
    if lemma in {"recall", "remember", "exclude"} | FINDING:
        return made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW)
    if lemma in {"say", "claim"} and (_says_that(tree, verb) or _unsaid(tree, verb)):
        return made(tree, verb, group_start(tree, verb), verb, Act.DENIES)
    if lemma in BELIEVING:
        return made(tree, verb, group_start(tree, verb), verb, Act.DENIES)
    able = any(tree.words[c].lemma in {"can", "could"} for c in tree.kids(verb, "aux"))
    if able and lemma in UNSURE:
        return made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW)
    future = any(tree.words[c].lemma in FUTURE or tree.words[c].text.lower() in FUTURE for c in tree.kids(verb, "aux"))
    if lemma == "rule" or (able and lemma in {"provide", "give", "offer", "supply", "account"}):
        return made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW)
    if lemma in SILENT - {"acknowledge", "state", "tell", "argue", "return"} or (
        lemma in WITHHELD | {"tell"} and (future or able)
    ):
        return made(tree, verb, group_start(tree, verb), verb, Act.DECLINES)
    would = any(tree.words[c].lemma in {"would", "wo"} for c in tree.kids(verb, "aux"))
    if would and lemma in YIELDING and tree.words[verb].dep not in {"ccomp", "advcl"}:
        return made(tree, verb, group_start(tree, verb), verb, Act.DECLINES)
    return None


def _unsaid(tree: Tree, verb: int) -> bool:
    """Whether "I never said **that**", "we did not say **such a thing**" denies having said it."""
    words = tree.words
    target, subject = tree.child(verb, "dobj"), tree.subject(verb)
    if target is None or subject is None or words[subject].text.lower() not in {"i", "we"}:
        return False
    past = any(words[c].text.lower() in {"never", "did", "have"} for c in tree.children[verb])
    return past and target > verb and words[target].text.lower() in {"that", "this", "it", "those", "thing", "so"}


def _says_that(tree: Tree, verb: int) -> bool:
    """Whether a negated verb of saying has a clause with "that": "I do not say **that** he wanted this" denies."""
    able = any(tree.words[c].lemma in {"can", "could"} for c in tree.kids(verb, "aux"))
    clauses = [c for c in tree.kids(verb, "ccomp") if c > verb]
    return not able and any(tree.words[tree.left[c]].text.lower() == "that" for c in clauses)


def made(tree: Tree, verb: int, first: int, at: int, act: Act) -> Found | None:
    """Return the statement whose cue goes from ``first`` to a verb, and whose content is what the verb governs."""
    head = verb_source(tree, at)
    if head is None and tree.words[at].lemma in {"allow", "permit"}:
        head = tree.subject(at)
    if head is None:
        return None
    source = noun_phrase(tree, head, barred=at)
    cue: Pieces = ((first, verb + 1),)
    content = about(tree, verb)
    if not content and tree.words[verb].lemma in {"say", "explain", "specify", "disclose", "reveal", "know", "tell"}:
        content = _fronted(tree, first, source)
    content = trimmed(tree, without(content, union(source, cue)))
    if not content and first < verb == at and tree.words[verb].lemma in BARE:
        # "would not comment": what is refused is the verb itself.
        cue, content = ((first, verb),), ((verb, verb + 1),)
    elif not content and at < verb and tree.words[verb - 1].tag == "TO":
        # "was unable to comment", "declined to answer"
        cue, content = ((first, verb - 1),), ((verb - 1, verb + 1),)
    return Found(verb, cue, source, content, act, "silence") if content else None


def about(tree: Tree, verb: int) -> Pieces:
    """Return what a verb of answering governs, its preposition included, or a question hung elsewhere."""
    words = tree.words
    thing = tree.child(verb, "dobj")
    entry = ANSWERING
    if thing is not None and words[thing].pos != "PRON":
        entry = replace(ANSWERING, before=frozenset())
    if words[verb].lemma in {"recall", "remember", "acknowledge"}:
        entry = replace(entry, frames=entry.frames | {"g"})
    if words[verb].lemma == "agree":
        entry = replace(entry, before=entry.before | {"with"})
    got = complement(tree, verb, entry)
    if got is not None and got.content[-1][1] <= verb:
        # The parser took the sentence before a semicolon for what is said.
        got = complement(tree, verb, replace(ANSWERING, frames=ANSWERING.frames - {"s"}))
    if got is not None and got.content[-1][1] > verb:
        content = got.content
        if got.particle is not None:
            content = union(content, ((got.particle, got.particle + 1),))
        for c in tree.kids(verb, "prep"):
            inner = tree.child(c, "pobj")
            if words[c].lemma in {"with", "to"} and inner is not None and words[inner].pos == "PRON":
                content = without(content, ((c, tree.right[c] + 1),))
        return content
    last = tree.sentences[tree.sentence[verb]][1]
    if verb + 1 < last and _asks_at(tree, verb + 1):
        return ((verb + 1, max(verb + 2, tree.right[verb] + 1)),)
    last_phrase = next((c for c in tree.kids(verb, "advmod", "prep") if c > verb and _asks(tree, c)), None)
    return () if last_phrase is None else (subtree(tree, last_phrase),)


def _asks_at(tree: Tree, i: int) -> bool:
    return tree.words[i].tag in {"WRB", "WP", "WDT", "WP$"} or tree.words[i].text.lower() in {"whether", "if"}


def _fronted(tree: Tree, first: int, source: Pieces) -> Pieces:
    """Find "**Who did it**, he did not say", "**By whom**, they would not say"."""
    begin, after = tree.sentences[tree.sentence[first]]
    end = min([first, *(start for start, _ in source)])
    if begin == end and begin > 0 and after - begin <= 7 and tree.words[begin - 1].text == "?":
        # "Who did it? He would not say."
        before = tree.sentences[tree.sentence[begin - 1]]
        return (before,) if tree.line[before[0]] == tree.line[begin] else ()
    if end - begin > 2 and tree.words[begin].text == "Asked" and _asks_at(tree, begin + 1):
        # "Asked whether he had one, he would not say."
        comma = next((k for k in range(end - 1, begin, -1) if tree.words[k].text == ","), end)
        return ((begin + 1, comma),)
    asks = _asks_at(tree, begin) or (tree.words[begin].tag == "IN" and begin + 1 < end and _asks_at(tree, begin + 1))
    if not 0 < end - begin < 40 or not asks:
        return ()
    return ((begin, end),)


def _asks(tree: Tree, i: int) -> bool:
    """Whether a phrase asks ("by whom", "why")."""
    return any(tree.words[k].tag in {"WRB", "WP", "WDT", "WP$"} for k in range(tree.left[i], tree.right[i] + 1))


def negated(tree: Tree, verb: int) -> bool:
    """Whether a verb is negated, by a word beside it or by a subject that is nobody."""
    words = tree.words
    if any(words[c].dep == "neg" or words[c].text.lower() in NEGATIONS for c in tree.children[verb]):
        return True
    if words[verb].dep == "conj" and verb and words[verb - 1].text.lower() == "nor":
        return True
    subject = tree.subject(verb)
    return subject is not None and words[tree.left[subject]].lemma in {"neither", "nobody", "none"}


def group_start(tree: Tree, verb: int) -> int:
    """Return where a verb's group begins: its auxiliaries and its negation."""
    first = verb
    own = {c for c in tree.children[verb] if tree.words[c].dep in {"aux", "auxpass", "neg", "advmod", "preconj"}}
    while first - 1 in own:
        first -= 1
    return first
