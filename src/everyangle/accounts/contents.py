"""What is said: the words that a cue has for its content, by the grammar around it."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.accounts.pieces import Pieces, union, without
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import Verb

CLOSERS = frozenset({",", ".", ";", ":", "—", "–", "--", "-"})
OPENERS = frozenset({",", ";", ":", "—", "–", "--"})


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue governs.

    Attributes:
        content: its words.
        frame: the letter of the lexicon that let it in.
        particle: index of a preposition or particle that belongs to the cue, or None.
    """

    content: Pieces
    frame: str
    particle: int | None = None


def subtree(tree: Tree, i: int) -> tuple[int, int]:
    """Return the range of a word's subtree."""
    return tree.left[i], tree.right[i] + 1


def clause(tree: Tree, i: int, verb: int) -> Pieces:
    """Return a clause, less the cue's own words where they stand in it."""
    first, after = subtree(tree, i)
    if not first <= verb < after:
        return ((first, after),)
    if tree.words[verb].head == i or not tree.within(i, verb):
        return without(((first, after),), (subtree(tree, verb),))
    # "a strike that officials said could spread": the clause's first word stands before the cue.
    subject = tree.subject(verb)
    edges = [verb, *(c for c in tree.children[verb] if tree.words[c].dep in {"aux", "auxpass", "neg"})]
    if subject is not None:
        edges += [tree.left[subject], tree.right[subject]]
    return without(((first, after),), ((min(edges), max(edges) + 1),))


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb with what hangs on it, as each kind of complement needs it."""

    tree: Tree
    at: int
    entry: Verb
    target: int | None
    subject: int | None
    infinitives: tuple[int, ...]

    def thing(self) -> int | None:
        """Return the object, or the subject of a passive verb."""
        return self.subject if self.target is None else self.target


def complement(tree: Tree, verb: int, entry: Verb) -> Complement | None:
    """Return what a verb governs by its lexicon entry, or None. The kinds are tried in a fixed order."""
    target = next((c for c in tree.kids(verb, "dobj") if tree.words[c].tag != "WDT"), None)
    subject = tree.child(verb, "nsubjpass") if tree.passive(verb) else None
    infinitives = tuple(c for c in tree.kids(verb, "xcomp", "ccomp", "advcl") if _infinitive(tree, c))
    it = _Verb(tree, verb, entry, target, subject, infinitives)
    for kind in (_a_clause, _an_infinitive, _a_gerund, _a_name, _an_object_and, _a_preposition, _an_object):
        found = kind(it)
        if found is not None:
            return found
    return None


def _a_clause(it: _Verb) -> Complement | None:
    """Find "said **that he left**", "asked **who did it**"."""
    tree, frames = it.tree, it.entry.frames
    if not frames & {"q", "s"}:
        return None
    clauses = [c for c in tree.kids(it.at, "ccomp") if not _infinitive(tree, c)]
    relative = _relative(it)
    if relative:
        clauses = [c for c in tree.kids(it.at, "ccomp", "xcomp") if c > it.at and _finite(tree, c)]
    if any(c > it.at for c in clauses):
        clauses = [c for c in clauses if c > it.at]
    if not clauses and "r" in frames and it.target is not None:
        # "told the inquiry that …": the parser hangs the clause on the listener.
        clauses = [c for c in tree.kids(it.target, "acl", "ccomp", "relcl") if _marked(tree, c)][:1]
        if clauses:
            return Complement(_joined(tree, it.at, (subtree(tree, clauses[0]),)), "s")
    if not clauses:
        late = _after_phrase(tree, it.at)
        return None if late is None else Complement(_joined(tree, it.at, (subtree(tree, late),)), "s")
    pieces = union(relative, *(clause(tree, c, it.at) for c in clauses))
    if it.target is not None and "r" not in frames and not _time(tree, it.target):
        # The parser took the clause's first words for an object.
        start, end = subtree(tree, it.target)
        if "q" not in frames or (start == it.at + 1 and pieces and end == pieces[0][0]):
            pieces = union(pieces, ((start, end),))
    return Complement(_joined(tree, it.at, pieces), "s")


def _after_phrase(tree: Tree, verb: int) -> int | None:
    """Find "said for the first time **that …**", "argued for years **that …**": a clause hung on a phrase between."""
    for c in tree.kids(verb, "prep", "npadvmod"):
        if c < verb:
            continue
        for noun in (c, *tree.kids(c, "pobj")):
            for k in tree.kids(noun, "acl", "relcl", "ccomp"):
                first = tree.left[k]
                subject = tree.subject(k)
                if tree.words[first].text.lower() == "that" and subject is not None and subject > first:
                    return k
    return None


def _relative(it: _Verb) -> Pieces:
    """Find "the emails, **which** she said were lost": a relative word that is the clause's, not the cue's."""
    tree = it.tree
    first = tree.left[it.at]
    if tree.words[it.at].dep != "relcl" or tree.words[first].tag not in {"WDT", "WP"}:
        return ()
    subject = tree.subject(it.at)
    return ((first, first + 1),) if subject is not None and first < subject < it.at else ()


def _marked(tree: Tree, i: int) -> bool:
    first = tree.words[tree.left[i]]
    return first.dep == "mark" and first.text.lower() in {"that", "whether"}


def _finite(tree: Tree, i: int) -> bool:
    tags = {tree.words[i].tag, *(tree.words[c].tag for c in tree.kids(i, "aux", "auxpass"))}
    return bool(tags & {"VBD", "VBZ", "VBP", "MD"})


UPON = frozenset({"on", "upon"})


def _an_infinitive(it: _Verb) -> Complement | None:
    """Find "urged **them to wait**", "told them **to wait**", "refused **to wait**"."""
    if not it.infinitives:
        return None
    tree, frames, c = it.tree, it.entry.frames, it.infinitives[0]
    if any(it.at < k < c and tree.words[k].lemma in it.entry.before & UPON for k in tree.kids(it.at, "prep", "prt")):
        # "called **on** the governor to resign"
        return None
    base: Pieces = (subtree(tree, c),)
    if "u" in frames:
        if it.target is not None and it.target < c:
            return Complement(union(base, (subtree(tree, it.target),), _between(tree, it.target, c)), "u")
        if it.subject is not None:
            return Complement(union(base, (subtree(tree, it.subject),)), "u")
        if tree.words[c].dep == "ccomp" or tree.child(c, "nsubj") is not None:
            return Complement(base, "u")
    if "n" in frames and it.thing() is not None:
        return Complement(base, "n")
    if "t" in frames and tree.words[c].dep != "advcl" and (it.target is None or it.target > c):
        return Complement(base, "t")
    return None


def _a_gerund(it: _Verb) -> Complement | None:
    """Find "denied **seeing him**"."""
    if "g" not in it.entry.frames:
        return None
    for c in it.tree.kids(it.at, "xcomp", "pcomp", "ccomp"):
        having = any(it.tree.words[k].tag == "VBG" for k in it.tree.kids(c, "aux", "auxpass"))
        if it.tree.words[c].tag == "VBG" or having:
            return Complement((subtree(it.tree, c),), "g")
    return None


def _a_name(it: _Verb) -> Complement | None:
    """Find "called **it a mistake**", "described **him as calm**"."""
    if "l" not in it.entry.frames:
        return None
    found = _called(it.tree, it.at, it.target, it.subject)
    return None if found is None else Complement(found, "l")


def _an_object_and(it: _Verb) -> Complement | None:
    """Find "accused **her of lying**"."""
    tree, thing = it.tree, it.thing()
    if thing is None:
        return None
    for c in tree.kids(it.at, "prep"):
        if tree.words[c].lemma in it.entry.after and c > it.at:
            between = _between(tree, thing, c) if thing < c else ()
            return Complement(union((subtree(tree, thing),), (subtree(tree, c),), between), "o>")
    return None


def _a_preposition(it: _Verb) -> Complement | None:
    """Find "talked about **the raid**", "called for **him to resign**"."""
    tree, before = it.tree, it.entry.before
    if not before:
        return None
    for c in tree.kids(it.at, "prep", "prt", "agent", "dative"):
        if tree.words[c].lemma in before and c > it.at:
            inner = tree.child(c, "pobj", "pcomp")
            if inner is not None:
                extra = [subtree(tree, x) for x in it.infinitives if x > c]
                return Complement(union((subtree(tree, inner),), extra), "p", c)
    for c in tree.kids(it.at, "advcl", "ccomp", "xcomp"):
        mark = tree.child(c, "mark")
        if mark is not None and mark == tree.left[c] and tree.words[mark].lemma in before and _infinitive(tree, c):
            return Complement(((mark + 1, tree.right[c] + 1),), "p", mark)
    return None


def _an_object(it: _Verb) -> Complement | None:
    """Find "denied **the claims**", "**what** they said"."""
    listener = next((c for c in it.tree.kids(it.at, "dative") if it.tree.words[c].pos != "ADP"), None)
    if "o" not in it.entry.frames and not ("r" in it.entry.frames and listener is not None and it.target is not None):
        return None
    thing = it.thing()
    if thing is None:
        thing = it.tree.child(it.at, "dobj")
    if thing is None and "q" in it.entry.frames:
        thing = _short(it)
    if thing is None:
        return None
    pieces = union((subtree(it.tree, thing),))
    return Complement(_with_phrases(it.tree, it.at, pieces) if thing > it.at else pieces, "o")


def _short(it: _Verb) -> int | None:
    """Find "says **five minutes**", "said **so**", "said **yes**"."""
    for c in it.tree.kids(it.at, "npadvmod", "advmod", "intj"):
        word = it.tree.words[c]
        if c == it.at + 1 + (it.tree.right[c] - it.tree.left[c]) and it.tree.left[c] == it.at + 1:
            number = word.dep == "npadvmod" and any(it.tree.words[k].pos == "NUM" for k in it.tree.children[c])
            if number or word.lemma in {"so", "yes", "no"} or word.tag == "WRB":
                return c
    return None


def _with_phrases(tree: Tree, verb: int, pieces: Pieces) -> Pieces:
    """Return an object with the phrases right after it that hang on the verb, unless they say when or where."""
    end = pieces[-1][1]
    for c in tree.children[verb]:
        if tree.left[c] == end and tree.words[c].dep == "prep" and not outside(tree, c):
            end = tree.right[c] + 1
    return union(pieces, ((pieces[-1][1], end),))


ABOUT_OBJECT = frozenset(
    {"of", "for", "as", "from", "against", "in", "with", "over", "under", "to", "about", "on", "at", "between"}
)
MEDIA = frozenset(
    {
        *(
            "interview",
            "statement",
            "tweet",
            "email",
            "e-mail",
            "letter",
            "post",
            "speech",
            "rally",
            "debate",
            "conference",
        ),
        *("briefing", "report", "press", "call", "message", "twitter", "facebook", "television", "tv", "radio", "show"),
        *("memo", "hearing", "testimony", "court", "filing", "release", "video", "text", "meeting", "news", "event"),
        *(
            "article",
            "column",
            "editorial",
            "book",
            "podcast",
            "broadcast",
            "phone",
            "affidavit",
            "complaint",
            "deposition",
        ),
    }
)
"""Where things are said: a phrase with one of these belongs to the cue."""


WHEN = frozenset(
    {
        *(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "today",
            "yesterday",
            "tomorrow",
        ),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
        *(
            "december",
            "jan.",
            "feb.",
            "aug.",
            "sept.",
            "oct.",
            "nov.",
            "dec.",
            "morning",
            "afternoon",
            "evening",
            "night",
        ),
        *("day", "week", "weekend", "month", "year", "hour", "minute", "noon", "midnight", "decade", "time", "moment"),
    }
)


def outside(tree: Tree, prep: int) -> bool:
    """Whether a phrase says when, where or how something was said, and not what."""
    words = tree.words
    if words[prep].lemma not in ABOUT_OBJECT:
        return True
    inner = tree.child(prep, "pobj")
    if inner is None:
        return False
    return _time(tree, inner) or words[inner].lemma.lower() in MEDIA


def _time(tree: Tree, i: int) -> bool:
    """Whether a noun tells when: a day, a month, a year, a length of time."""
    word = tree.words[i]
    return word.lemma.lower() in WHEN or (word.pos == "NUM" and len(word.text) == 4 and word.text.isdigit())


def _infinitive(tree: Tree, i: int) -> bool:
    return any(tree.words[c].tag == "TO" and tree.words[c].dep == "aux" for c in tree.children[i])


def _between(tree: Tree, a: int, b: int) -> Pieces:
    """Return what stands between two subtrees that follow one another closely."""
    start, end = tree.right[a] + 1, tree.left[b]
    return ((start, end),) if 0 < end - start <= 1 else ()


def _joined(tree: Tree, verb: int, pieces: Pieces) -> Pieces:
    """Return a content with the clauses that the parser hung on the cue though they stand at the content's end."""
    end = max((b for _, b in pieces), default=0)
    if end - 1 < verb:
        return pieces
    for c in tree.children[verb]:
        word = tree.words[c]
        if word.dep == "advcl" and word.tag != "VBG" and 0 <= tree.left[c] - end <= 1:
            pieces = union(pieces, ((end, tree.right[c] + 1),))
            end = tree.right[c] + 1
    return pieces


def _called(tree: Tree, verb: int, target: int | None, subject: int | None) -> Pieces | None:
    words = tree.words
    named = next(
        (
            c
            for c in tree.kids(verb, "oprd", "acomp", "xcomp", "prep", "ccomp")
            if c > verb
            and (words[c].dep != "prep" or words[c].lemma in {"as", "like", "to"})
            and not _infinitive(tree, c)
        ),
        None,
    )
    thing = target if target is not None else subject
    if named is None:
        return None
    if thing is None:
        return (subtree(tree, named),) if words[named].dep in {"ccomp", "oprd"} else None
    first = subtree(tree, thing)
    return union((first,), (subtree(tree, named),), _between(tree, thing, named) if thing < named else ())


def trimmed(tree: Tree, pieces: Pieces) -> Pieces:
    """Return pieces without the punctuation that opens or closes them and belongs to the sentence around."""
    out = []
    for start, end in pieces:
        while start < end and tree.words[start].text in OPENERS:
            start += 1
        while start < end and tree.words[end - 1].text in CLOSERS:
            end -= 1
        if start < end:
            out.append((start, end))
    return union(out)
