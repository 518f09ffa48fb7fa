"""Cues: the words that make an attribution, and with them its source and content."""

from __future__ import annotations

from collections.abc import Iterator

from everyangle.accounts.acts import FOOTAGE, PAPERS
from everyangle.accounts.asides import around
from everyangle.accounts.contents import Complement, complement, subtree, trimmed
from everyangle.accounts.found import Found
from everyangle.accounts.idioms import by_idiom
from everyangle.accounts.marks import Marks
from everyangle.accounts.nominal import by_adjective, by_noun
from everyangle.accounts.pieces import Pieces, overlap, union, without
from everyangle.accounts.silence import by_silence
from everyangle.accounts.sources import beside, noun_phrase, only_name, verb_source
from everyangle.accounts.tails import lengthened, shortened
from everyangle.accounts.tree import Tree
from everyangle.accounts.verbs import VERBS, Verb
from everyangle.core.accounts import Act


def cued(tree: Tree, marks: Marks) -> Iterator[Found]:
    """Yield the statements that a word makes, in order of that word."""
    taken: set[int] = set()
    for i in range(len(tree.words)):
        found = None if i in taken else _made_by(tree, marks, i)
        if found is not None:
            # "refused to say" is one cue: "to say" makes no statement of its own.
            taken.add(found.at)
            found.content = lengthened(tree, marks, found.content, found.at, found.frame)
            found.content = shortened(tree, marks, found.content, found.at, found.frame)
            found.content = marks.completed(found.content, union(found.source, found.cue), found.at)
            yield found


def _made_by(tree: Tree, marks: Marks, i: int) -> Found | None:
    word = tree.words[i]
    if word.text.lower() == "according" and i + 1 < len(tree.words) and tree.words[i + 1].text == "to":
        return according(tree, i)
    if word.tag[:2] == "VB" or word.pos == "VERB":
        found = by_silence(tree, i) or by_idiom(tree, i)
        if found is None:
            entry = VERBS.get(word.lemma) or _unknown(tree, i)
            found = by_verb(tree, marks, i, entry) if entry else None
        return by_adjective(tree, i) if found is None else found
    if word.pos == "NOUN":
        return by_noun(tree, i)
    return by_adjective(tree, i) if word.pos == "ADJ" else None


def _unknown(tree: Tree, verb: int) -> Verb | None:
    """Return what a verb that the lexicon lacks may govern: a clause with "that", which hardly anything else takes."""
    words = tree.words
    if words[verb].lemma in HOLDING and words[verb].pos == "VERB":
        head = tree.subject(verb)
        return HELD if head is not None and words[head].lemma.lower() in PAPERS | FOOTAGE else None
    if words[verb].lemma in NO_CUES or words[verb].pos != "VERB":
        return None
    for c in tree.kids(verb, "ccomp"):
        first = words[tree.left[c]]
        if c > verb and first.dep == "mark" and first.text.lower() in {"that", "whether"}:
            return THAT
    return None


HELD = Verb(frozenset("o"), frozenset(), frozenset(), Act.REPORTS_RECORD)
HOLDING = frozenset({"have", "give", "put", "contain", "bear", "carry"})
"""What a paper does with what it says: "the log **has** the call at 4.52"."""

THAT = Verb(frozenset("s"), frozenset(), frozenset(), Act.OTHER)
NO_CUES = frozenset(
    {
        *(
            "ensure",
            "make",
            "happen",
            "mean",
            "seem",
            "appear",
            "turn",
            "help",
            "cause",
            "get",
            "have",
            "be",
            "require",
        ),
        *("prove", "emerge", "dawn", "mark", "uncover", "grow", "start", "spend", "drive", "bear", "break", "try"),
        *("follow", "begin", "work", "become", "go", "come", "keep", "take", "give", "provide", "enable", "allow"),
    }
)
"""Verbs whose clause with "that" nobody says."""


def _cue_words(tree: Tree, verb: int, particle: int | None) -> Pieces:
    words = tree.words
    first = verb
    begin = tree.sentences[tree.sentence[verb]][0]
    unled = tree.subject(verb) is None
    own = {c for c in tree.children[verb] if words[c].dep in {"aux", "auxpass", "neg", "advmod"} and c < verb}
    own = {c for c in own if not (unled and words[c].dep == "advmod" and only_name(tree, begin, c))}
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
    head = _unquoted(tree, marks, verb, verb_source(tree, verb))
    source = noun_phrase(tree, head, barred=verb) if head is not None else ()
    cue = _cue_words(tree, verb, got.particle if got else None)
    speech = "q" in entry.frames
    if speech and (got is None or got.frame in {"s", "o"}):
        got = _with_quotations(tree, marks, verb, got, source, cue)
    if got is None and speech:
        inner = _inner_quotation(tree, cue)
        got = Complement(inner, "q") if inner else None
    if got is None and speech:
        beside_it = _parenthetical(tree, verb)
        got = Complement(beside_it, "q") if beside_it else None
    if got is None and speech:
        set_off = around(tree, marks, verb, source, cue)
        got = Complement(set_off, "q") if set_off else None
    if got is None or (got.frame == "o" and words[verb].lemma == "show" and not _records(tree, head)):
        return None
    if _says_nothing(tree, verb, got):
        return None
    if not source and head is None and words[verb].tag in {"VBD", "VBZ", "VBP"} and not tree.passive(verb):
        source = _unseen_source(tree, cue, got)
        near = _adjacent(tree, marks, verb, union(source, cue)) if source and speech and got.frame == "s" else ()
        if near and near[0][1] <= source[0][0] and overlap(got.content, source):
            got = Complement(near, "q", got.particle)
    content = got.content
    if speech and got.frame in {"s", "q"}:
        content = _both_sides(tree, marks, verb, content, union(source, cue))
    content = trimmed(tree, without(content, union(source, cue)))
    if not content:
        return None
    return Found(verb, cue, source, content, entry.act, got.frame, speech)


def _unquoted(tree: Tree, marks: Marks, verb: int, head: int | None) -> int | None:
    """Return who speaks, unless the parser took a quotation's word for it: "“Meh,” wrote **a neighbor**"."""
    if head is None or not 0 <= marks.of[head] != marks.of[verb] or marks.of[verb] >= 0:
        return head
    if not marks.found[marks.of[head]].closed or tree.words[head].head != verb:
        return head
    return next((c for c in tree.kids(verb, "nsubj") if marks.of[c] < 0), None)


def _says_nothing(tree: Tree, verb: int, got: Complement) -> bool:
    """Whether a cue's object is only who hears or does: "identified himself", "asked us", "put the cup at the door"."""
    if got.frame == "o":
        only = [tree.words[i] for a, b in got.content for i in range(a, b)]
        return len(only) == 1 and (
            only[0].text.lower().endswith(("self", "selves"))
            or (only[0].text.lower() in HEARERS and tree.words[verb].lemma in {"ask", "tell", "call", "inform", "warn"})
        )
    if got.frame == "o>" and tree.words[verb].lemma == "put":
        return not any(tree.words[i].pos == "NUM" for a, b in got.content for i in range(a, b))
    return False


HEARERS = frozenset({"me", "us", "him", "her", "them", "you", "it"})


def _inner_quotation(tree: Tree, cue: Pieces) -> Pieces:
    """Find "“He said to me, **‘So read.’**”": a quotation within a quotation, right after the cue and who hears it."""
    words = tree.words
    after = tree.sentences[tree.sentence[cue[-1][1] - 1]][1]
    at = cue[-1][1]
    while at < min(after, cue[-1][1] + 5) and (
        words[at].pos in {"PRON", "PROPN", "ADP"} or words[at].text in {",", ":"}
    ):
        at += 1
    if at >= len(words) or words[at].text[0] != "‘":
        return ()
    line = tree.line[at]
    for k in range(at + 1, min(len(words), at + 60)):
        if tree.line[k] != line:
            break
        closes = words[k].text == "’" and (k + 1 == len(words) or words[k + 1].start > words[k].end or k + 1 >= after)
        if closes or (words[k].text == "’" and words[k + 1].text in {"”", '"', ",", "."}):
            return ((at, k + 1),)
    return ()


def _records(tree: Tree, head: int | None) -> bool:
    """Whether what shows something is a record or footage: who shows a paper says nothing by it."""
    return head is not None and tree.words[head].lemma in PAPERS | FOOTAGE


def _unseen_source(tree: Tree, cue: Pieces, got: Complement) -> Pieces:
    """Return the source of a cue that the parser gave no subject."""
    first, after = cue[0]
    if got.content[0][0] < first and after < len(tree.words):
        found = beside(tree, first, after - 1, after=True)
        if found or tree.words[first - 1].text != ",":
            return found
    return beside(tree, first, after - 1, after=False)


def _with_quotations(
    tree: Tree, marks: Marks, verb: int, got: Complement | None, source: Pieces, cue: Pieces
) -> Complement | None:
    """Return a complement with the quotations that touch the cue."""
    own = cue
    if source and tree.subject(verb) is not None:
        own = union(cue, source)
    near = _adjacent(tree, marks, verb, own)
    if got is not None and len(near) > 0 and near[0][1] <= own[0][0] and tree.words[near[0][1] - 2].text == ".":
        # "… a hoax.” He said that …": the quotation before ends a sentence of its own.
        near = near[1:]
    if not near:
        return got
    if got is None:
        beside_it = _parenthetical(tree, verb)
        return Complement(beside_it if overlap(near, beside_it) else near, "q")
    if got.frame == "s":
        if _goes_before(tree, near[0], got.content, own):
            near = near[1:]
            if not near:
                return got
        if _of_its_own(tree, near[0], got.content, own):
            return Complement(union(near, [piece for piece in got.content if piece[0] >= own[-1][1]]), "s")
        if near[0][1] <= cue[0][0] and source and source[0][0] > verb and not overlap(near, got.content):
            # "“…,” said Whitlock, who …": what follows the speaker is not said.
            return Complement(near, "s")
        return Complement(union(got.content, near), "s", got.particle)
    return got if overlap(near, got.content) else Complement(near, "q", got.particle)


def _goes_before(tree: Tree, quotation: tuple[int, int], content: Pieces, own: Pieces) -> bool:
    """Whether a quotation before a cue is another's or another cue's, the clause right after it the cue's own.

    "“New York values,” **saying the city** …": no comma stands between the cue and its clause.
    """
    end = own[-1][1]
    start = quotation[0]
    if (
        start == 0
        or tree.line[start - 1] != tree.line[start]
        or tree.words[start - 1].text in {".", "!", "?", "”", '"'}
    ):
        return False
    clause = any(start == end for start, _ in content)
    return quotation[1] <= own[0][0] and clause and not any(start < quotation[0] for start, _ in content)


def _of_its_own(tree: Tree, quotation: tuple[int, int], content: Pieces, own: Pieces) -> bool:
    """Whether a quotation right before a cue follows a sentence or a colon that the parser took into the content."""
    start, end = quotation
    taken = content[0][0] < start and end <= own[0][0]
    return taken and tree.words[start - 1].text in {":", ".", "!", "?"}


def _both_sides(tree: Tree, marks: Marks, verb: int, content: Pieces, own: Pieces) -> Pieces:
    """Return a content with what stands on the other side of a cue between commas: "…, she said, …"."""
    words = tree.words
    first, after = tree.sentences[tree.sentence[verb]]
    own = tuple(piece for piece in own if first <= piece[0] < after)
    if not own or not content:
        return content
    start, end = own[0][0], own[-1][1]
    if end - start > 14 or end >= after or words[end].text != "," or start == first or words[start - 1].text != ",":
        return content
    if any(marks.of[i] >= 0 for i in (start - 2, start - 1, end, end + 1) if first <= i < after):
        return content
    following = words[end + 1] if end + 1 < after else None
    if following is None or following.tag == "VBG" or following.text.lower() in {"according", "who", "which", "citing"}:
        return content
    clause_before = any(word.tag in {"VBD", "VBZ", "VBP", "MD"} for word in words[first:start])
    if following.dep == "cc" and clause_before:
        return content
    left = any(b <= start for _, b in content)
    right = any(a >= end for a, _ in content)
    if left and not right:
        return union(content, ((end + 1, after),))
    if right and not left:
        return union(content, ((first, start - 1),))
    return content


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
    words = tree.words
    source = noun_phrase(tree, inner, barred=to)
    first, last = tree.sentences[tree.sentence[i]]
    while first < i and words[first].dep == "punct" and words[first].text in {"(", "-", "–"}:
        first += 1
    before, after = (first, i), (max(source[-1][1], to + 1), last)
    if any(word.pos in {"VERB", "AUX"} for word in words[before[0] : before[1]]):
        content: Pieces = (before,)
    else:
        content = (before, after)
    content = trimmed(tree, union(content))
    if not content:
        return None
    return Found(i, ((i, to + 1),), source, content, Act.ASSERTS, "according")
