"""Acts: what a speaker does, by the cue's head, its negation and what speaks."""

from __future__ import annotations

from everyangle.accounts.found import Found
from everyangle.accounts.tokens import word_set
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Act

SILENT = frozenset(
    {
        *(
            "say",
            "comment",
            "respond",
            "reply",
            "answer",
            "return",
            "discuss",
            "elaborate",
            "disclose",
            "release",
            "name",
        ),
        *("identify", "speculate", "explain", "address", "argue", "provide", "specify", "reveal", "describe", "give"),
        *("detail", "acknowledge", "talk", "speak", "confirm", "state", "clarify", "tell", "share", "offer", "list"),
        *("mention", "publish", "record", "note"),
    }
)
"""Verbs that, negated, leave a question without an answer."""

UNSURE = frozenset(
    {
        "say",
        "answer",
        "confirm",
        "verify",
        "tell",
        "rule",
        "determine",
        "explain",
        "state",
        "establish",
        "corroborate",
        "identify",
    }
)
"""Those by which "could not" says that one does not know."""

KNOWING = frozenset({"know", "remember", "recall", "sure", "aware", "certain", "see", "understand", "believe"})
UNDENIED = frozenset({"dispute", "deny", "contest", "challenge", "question"})
"""Verbs that, negated, grant what is said: "did not dispute the figures"."""

ABLE = frozenset({"can", "could", "able", "unable"})
PAPERS = frozenset(
    {
        *(
            "record",
            "report",
            "document",
            "file",
            "affidavit",
            "log",
            "transcript",
            "memo",
            "note",
            "certificate",
            "entry",
        ),
        *("filing", "warrant", "register", "registry", "minute", "statement", "paperwork", "data", "figure", "docket"),
        *("bulletin", "review", "audit", "investigation", "finding", "inquiry", "autopsy", "policy", "order", "letter"),
        *(
            "diary",
            "sheet",
            "list",
            "roster",
            "schedule",
            "email",
            "invoice",
            "receipt",
            "citation",
            "summons",
            "study",
        ),
        *("database", "survey", "poll", "manual", "protocol", "agreement", "contract", "record", "history", "chart"),
    }
)
FOOTAGE = frozenset(
    {
        *(
            "video",
            "footage",
            "recording",
            "film",
            "clip",
            "camera",
            "image",
            "photo",
            "photograph",
            "picture",
            "audio",
        ),
        *("tape", "livestream", "screenshot", "cctv", "bodycam", "dashcam", "stream", "map", "still"),
    }
)
PAPER_ACTS = frozenset({Act.ASSERTS, Act.SHOWS, Act.OTHER, Act.ADMITS, Act.PREDICTS})


def act(tree: Tree, found: Found) -> Act:
    """Return what is done: the lexicon's act, unless negation, "to", or what speaks, changes it."""
    word = tree.words[found.at]
    if not found.cue:
        return _uncued(tree, found)
    if found.frame == "silence":
        paper, footage = _head(tree, found) in PAPERS, _head(tree, found) in FOOTAGE
        return Act.REPORTS_RECORD if paper else Act.SHOWS if footage else found.act
    speaker = _head(tree, found)
    if speaker in PAPERS and found.act in PAPER_ACTS:
        return Act.REPORTS_RECORD
    if speaker in FOOTAGE and found.act in PAPER_ACTS:
        return Act.SHOWS
    unsaid = _unsaid(tree, found)
    if unsaid is not None:
        return unsaid
    if word.lemma in {"ask", "tell"} and found.frame in {"u", "n", "t"}:
        return Act.DEMANDS
    if word.lemma in {"ask", "call"} and tree.words[found.cue[-1][1] - 1].lemma in {"for", "on", "upon"}:
        return Act.DEMANDS
    if found.frame == "l" and _untrue(tree, found):
        return Act.DENIES
    if word.lemma == "call" and found.frame in {"u", "n", "t", "p"}:
        return Act.DEMANDS
    if word.lemma == "ask" and found.frame == "o" and _infinitive(tree, found):
        return Act.DEMANDS
    if found.act is Act.SHOWS:
        return Act.ASSERTS
    return found.act


UNTRUE = word_set("""
    lie lies false untrue nonsense fabrication fabricated baseless unfounded fiction rubbish invention invented
    falsehood wrong incorrect inaccurate malicious slander libel fantasy
""")
"""What a claim is called by whoever denies it."""


def _untrue(tree: Tree, found: Found) -> bool:
    """Whether something is called untrue: "called the claim a lie", "described it as baseless"."""
    start, end = found.content[-1]
    return any(tree.words[i].text.lower() in UNTRUE for i in range(max(start, end - 4), end))


def _infinitive(tree: Tree, found: Found) -> bool:
    """Whether a content holds "to" and a verb: "asks anyone with a video to call"."""
    return any(tree.words[i].tag == "TO" for a, b in found.content for i in range(a, b))


def _unsaid(tree: Tree, found: Found) -> Act | None:
    """Return that somebody declines or does not know, or None."""
    word = tree.words[found.at]
    if found.frame in {"s", "q", "o"} and _plain(tree, found) == "no comment":
        return Act.DECLINES
    nothing = tree.child(found.at, "dobj")
    if word.lemma == "say" and nothing is not None and tree.words[nothing].lemma == "nothing":
        return Act.DECLINES
    negated, able = negation(tree, found)
    if negated and word.lemma in SILENT | UNSURE and found.act not in {Act.DENIES, Act.DECLINES}:
        return Act.DOES_NOT_KNOW if able and word.lemma in UNSURE else Act.DECLINES
    if negated and not able and word.lemma in UNDENIED:
        return Act.ADMITS
    ignorant = word.lemma in KNOWING - {"see", "believe", "understand"}
    return Act.DOES_NOT_KNOW if word.lemma in {"unsure", "unaware", "uncertain"} or (negated and ignorant) else None


def negation(tree: Tree, found: Found) -> tuple[bool, bool]:
    """Return whether a cue is negated, and whether it says that one can or cannot."""
    start, end = found.cue[0][0], found.cue[-1][1]
    words = tree.words[start:end]
    negated = any(word.dep == "neg" or word.lemma in {"never", "neither", "nor", "unable"} for word in words)
    near = (*tree.children[found.at], *tree.children[tree.words[found.at].head])
    inside = range(start, found.at + 1)
    negated = negated or any(tree.words[c].dep == "neg" for c in tree.children[found.at])
    negated = negated or any(c in inside and tree.words[c].text.lower() in {"not", "n't", "n’t"} for c in near)
    return negated, any(word.lemma in ABLE for word in words)


def _head(tree: Tree, found: Found) -> str:
    """Return the lemma of the source's head."""
    if not found.source:
        return ""
    start, end = found.source[0]
    for i in range(start, end):
        head = tree.words[i].head
        if (head == i or not start <= head < end) and tree.words[i].dep != "punct":
            return tree.words[i].lemma.lower()
    return ""


def _plain(tree: Tree, found: Found) -> str:
    """Return a content's words in lower case, without the marks around them."""
    words = [tree.words[i].text for a, b in found.content[:8] for i in range(a, b)]
    return " ".join(words).strip("“”\"'‘’., ").lower()


def _uncued(tree: Tree, found: Found) -> Act:
    text = _plain(tree, found)
    if text.endswith("no comment"):
        return Act.DECLINES
    sentences = [s for s in text.replace("!", ".").replace("?", "?.").split(".") if s.strip(' ”"')]
    return Act.ASKS if sentences and all(s.rstrip(' ”"').endswith("?") for s in sentences) else Act.ASSERTS
