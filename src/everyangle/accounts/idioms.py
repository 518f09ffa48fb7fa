"""Idioms of refusing, of not knowing and of denying, whose meaning no single verb bears.

"Would not be drawn on", "has yet to say", "stopped short of", "had nothing to add", "was not available for comment",
"remained silent on", "invoked his right to", "pushed back on". Each gives a cue with the words that refuse, and as
content what they refuse, its preposition included. Says nothing of plain verbs; see
:mod:`everyangle.accounts.silence`.
"""

from __future__ import annotations

from everyangle.accounts.acts import SILENT, UNSURE
from everyangle.accounts.contents import subtree, trimmed
from everyangle.accounts.found import Found
from everyangle.accounts.pieces import Pieces, union, without
from everyangle.accounts.silence import CALLS, FINDING, about, group_start, made, negated
from everyangle.accounts.sources import noun_phrase, verb_source
from everyangle.accounts.tokens import word_set
from everyangle.accounts.tree import Tree
from everyangle.core.accounts import Act

SPEAKING = SILENT | UNSURE | word_set("testify participate cooperate appear publish produce show join engage meet")
"""What one chooses not to do when one refuses."""

EVADING = word_set("avoid dodge sidestep duck deflect ignore evade parry bat brush wave shrug skirt bypass disregard")
ASKED = CALLS | word_set("interview query reporter appeal demand")
KEEPING_SILENT = word_set("remain stay keep be fall go")
QUIET = word_set("silent quiet mum tight-lipped noncommittal non-committal evasive vague reticent coy guarded")
AVAILABLE = word_set("available unavailable unreachable")
CHOOSING = word_set("choose opt elect prefer decide")
GIVING = word_set("give offer provide release make issue disclose furnish share")
DETAILS = word_set(
    "detail reason explanation answer information figure name date time mention indication timeline reply"
)
ENTERING = frozenset({("get", "into"), ("go", "into"), ("speak", "to"), ("get", "ahead"), ("wade", "into")})
"""Verbs with a preposition by which "cannot" and "will not" decline: "can’t get **into that**"."""

SAID_ON = frozenset({("push", "on"), ("push", "against"), ("hit", "at"), ("hit", "on"), ("take", "with")})
UNSAYING = word_set("withdraw retract recant disown disavow disclaim correct amend")
"""Verbs that take back a statement, which admits that it was wrong, or put away a claim, which denies it."""

DENYING = word_set("disown disavow disclaim")

CLAIMS = word_set("""
    statement account claim allegation testimony confession remark accusation complaint assertion knowledge
    responsibility liability involvement story version evidence
""")
RIGHTS = word_set("right privilege amendment")


def by_idiom(tree: Tree, verb: int) -> Found | None:
    """Return the refusal, the ignorance or the denial that an idiom around a verb stands for, or None."""
    for kind in (
        _drawn,
        _yet_to,
        _short_of,
        _nothing_to,
        _unavailable,
        _quiet,
        _rather_not,
        _evaded,
        _no_details,
        _entered,
        _rights,
        _unreturned,
        _unsaid,
        _pushed_back,
        _not_guilty,
        _nobody,
    ):
        found = kind(tree, verb)
        if found is not None:
            return found
    return None


def _said(
    tree: Tree, verb: int, cue: tuple[int, int], content: Pieces, act: Act, *, source: int | None = None
) -> Found:
    head = verb_source(tree, verb) if source is None else source
    who = noun_phrase(tree, head, barred=verb) if head is not None else ()
    return Found(verb, (cue,), who, trimmed(tree, without(content, union(who, (cue,)))), act, "silence")


def _kept(found: Found) -> Found | None:
    return found if found.content and found.source else None


def _phrase(tree: Tree, i: int, *prepositions: str) -> int | None:
    return next((c for c in tree.kids(i, "prep", "prt") if c > i and tree.words[c].lemma in prepositions), None)


def _drawn(tree: Tree, verb: int) -> Found | None:
    """Find "would not be drawn **on the matter**"."""
    on = _phrase(tree, verb, "on", "about", "into")
    if tree.words[verb].lemma != "draw" or on is None or not (tree.passive(verb) and negated(tree, verb)):
        return None
    subject = tree.subject(verb)
    if subject is None:
        return None
    cue = (group_start(tree, verb), verb + 1)
    return _kept(_said(tree, verb, cue, (subtree(tree, on),), Act.DECLINES, source=subject))


def _yet_to(tree: Tree, verb: int) -> Found | None:
    """Find "has yet to say **who fired**", "is still to respond **to the letter**"."""
    words = tree.words
    above = words[verb].head
    if words[verb].dep != "xcomp" or above >= verb or words[above].lemma not in {"have", "be"}:
        return None
    if not any(words[k].lemma == "yet" for k in range(above, verb)) or verb - above > 4:
        return None
    if words[verb].lemma not in SILENT | UNSURE | FINDING:
        return None
    unsure = words[verb].lemma in FINDING | {"determine", "establish"}
    return made(tree, verb, group_start(tree, above), above, Act.DOES_NOT_KNOW if unsure else Act.DECLINES) or _kept(
        _said(tree, above, (above, verb - 1), ((verb - 1, verb + 1),), Act.DECLINES)
    )


def _short_of(tree: Tree, verb: int) -> Found | None:
    """Find "stopped short of **blaming the officer**"."""
    words = tree.words
    if words[verb].lemma not in {"stop", "fall"} or verb + 2 >= len(words) or words[verb + 1].text.lower() != "short":
        return None
    if words[verb + 2].text.lower() != "of":
        return None
    inner = tree.child(verb + 2, "pcomp", "pobj")
    if inner is None:
        return None
    end = verb + 3
    content = subtree(tree, inner)
    if words[inner].lemma in {"say", "state", "claim"} and tree.child(inner, "ccomp", "dobj") is not None:
        end, content = inner + 1, (inner + 1, content[1])
    return _kept(_said(tree, verb, (group_start(tree, verb), end), (content,), Act.DECLINES))


def _nothing_to(tree: Tree, verb: int) -> Found | None:
    """Find "had nothing to say **about that**", "had nothing **to add**"."""
    words = tree.words
    target = tree.child(verb, "dobj")
    if words[verb].lemma == "lack" and target is not None and words[target].lemma in {"knowledge", "information"}:
        cue = (group_start(tree, verb), target + 1)
        return _kept(_said(tree, verb, cue, ((target + 1, tree.right[target] + 1),), Act.DOES_NOT_KNOW))
    if words[verb].lemma not in {"have", "find"} or target is None or target < verb:
        return None
    if words[target].lemma in {"no"} or words[target].lemma not in {"nothing", "anything"}:
        return _found_none(tree, verb, target)
    if words[target].lemma == "anything" and not negated(tree, verb):
        return None
    inner = tree.child(target, "relcl", "acl", "xcomp")
    if inner is None or words[inner].lemma not in SILENT | {"add"}:
        return None
    last = tree.right[target] + 1
    cue, content = (group_start(tree, verb), target + 1), (target + 1, last)
    if words[inner].lemma == "say" and last > inner + 1:
        cue, content = (cue[0], inner + 1), (inner + 1, last)
    return _kept(_said(tree, verb, cue, (content,), Act.DECLINES))


def _found_none(tree: Tree, verb: int, target: int) -> Found | None:
    """Find "could find no record **of a warrant**", "found no trace **of the call**"."""
    words = tree.words
    if words[verb].lemma != "find" or words[target].lemma not in {
        "record",
        "trace",
        "mention",
        "copy",
        "sign",
        "entry",
    }:
        return None
    last = tree.right[target] + 1
    if words[tree.left[target]].lemma != "no" or last <= target + 1:
        return None
    cue = (group_start(tree, verb), target + 1)
    return _kept(_said(tree, verb, cue, ((target + 1, last),), Act.DOES_NOT_KNOW))


def _unavailable(tree: Tree, verb: int) -> Found | None:
    """Find "was not available **for comment**", "was unavailable **for comment**"."""
    words = tree.words
    adjective = tree.child(verb, "acomp")
    if adjective is None or words[adjective].lemma not in AVAILABLE:
        return None
    purpose = _phrase(tree, adjective, "for", "to") or _phrase(tree, verb, "for", "to")
    if purpose is None or not (words[adjective].lemma != "available" or _none(tree, verb)):
        return None
    inner = tree.child(purpose, "pobj")
    if inner is None or words[inner].lemma not in {"comment", "interview", "question", "statement", "reporter"}:
        return None
    cue = (group_start(tree, verb), adjective + 1)
    return _kept(_said(tree, verb, cue, (subtree(tree, purpose),), Act.DECLINES))


def _none(tree: Tree, verb: int) -> bool:
    """Whether a clause is negated by "not" or by its subject: "no one at the firm"."""
    subject = tree.subject(verb)
    if negated(tree, verb):
        return True
    if subject is None:
        return False
    first = tree.words[tree.left[subject]].text.lower()
    return first in {"no", "neither", "none", "nobody", "no-one"} or tree.words[subject].lemma in {"nobody", "none"}


def _quiet(tree: Tree, verb: int) -> Found | None:
    """Find "remained silent **on the matter**", "kept quiet **about the memo**"."""
    words = tree.words
    adjective = tree.child(verb, "acomp", "oprd")
    if words[verb].lemma not in KEEPING_SILENT or adjective is None or words[adjective].text.lower() not in QUIET:
        return None
    topic = _phrase(tree, adjective, "on", "about", "over", "regarding") or _phrase(tree, verb, "on", "about", "over")
    if topic is None:
        return None
    cue = (group_start(tree, verb), adjective + 1)
    return _kept(_said(tree, verb, cue, (subtree(tree, topic),), Act.DECLINES))


def _rather_not(tree: Tree, verb: int) -> Found | None:
    """Find "would rather not say **who called**", "chose not **to testify**", "did not wish **to comment**"."""
    words = tree.words
    if any(words[c].lemma == "rather" for c in tree.kids(verb, "advmod")) and negated(tree, verb):
        return made(tree, verb, group_start(tree, verb), verb, Act.DECLINES)
    above = words[verb].head
    if words[verb].dep not in {"xcomp", "ccomp", "advcl"} or above >= verb:
        return None
    aside = words[above].lemma in CHOOSING and negated(tree, verb)
    unwilling = words[above].lemma in {"wish", "want", "care", "dare"} and negated(tree, above)
    passive = tree.passive(verb) and words[verb].lemma in {"name", "identify", "quote"}
    wished = unwilling and words[above].lemma == "wish"
    if not (aside or unwilling) or tree.child(verb, "nsubj") is not None or not (words[verb].tag == "VB" or passive):
        return None
    if words[verb].lemma not in SPEAKING and not passive and not wished:
        return None
    last = next((k for k in range(above, verb) if words[k].text.lower() == "not"), above) if aside else above
    cue, content = (group_start(tree, above), last + 1), ((last + 1, tree.right[verb] + 1),)
    return _kept(_said(tree, above, cue, content, Act.DECLINES))


def _evaded(tree: Tree, verb: int) -> Found | None:
    """Find "dodged **questions about the video**", "avoided answering **them**", "refused comment"."""
    words = tree.words
    target = tree.child(verb, "dobj")
    if words[verb].lemma == "withhold" and target is not None and words[target].lemma == "comment":
        return _kept(_said(tree, verb, (group_start(tree, verb), verb + 1), (subtree(tree, target),), Act.DECLINES))
    if (
        words[verb].lemma == "refer"
        and target is not None
        and words[target].lemma in ASKED | {"them", "they", "reporter"}
    ):
        to = _phrase(tree, verb, "to")
        content = union((subtree(tree, target),), (subtree(tree, to),) if to is not None else ())
        return _kept(_said(tree, verb, (group_start(tree, verb), verb + 1), content, Act.DECLINES))
    if words[verb].lemma in {"recall", "remember"} and target is not None and words[tree.left[target]].lemma == "no":
        return _kept(
            _said(tree, verb, (group_start(tree, verb), verb + 1), (subtree(tree, target),), Act.DOES_NOT_KNOW)
        )
    if words[verb].lemma not in EVADING and not (words[verb].lemma in {"turn", "take", "pick"} and _none(tree, verb)):
        return None
    inner = tree.child(verb, "xcomp")
    if words[verb].lemma == "avoid" and inner is not None and words[inner].lemma in SILENT:
        return made(tree, inner, group_start(tree, verb), verb, Act.DECLINES)
    if target is None or words[target].lemma not in ASKED or target < verb:
        return None
    if words[verb].lemma == "take" and words[target].lemma not in {"question", "call"}:
        return None
    first = tree.left[target]
    return _kept(
        _said(tree, verb, (group_start(tree, verb), max(verb + 1, first)), (subtree(tree, target),), Act.DECLINES)
    )


def _no_details(tree: Tree, verb: int) -> Found | None:
    """Find "gave no reason **for the delay**", "made no mention **of a dog**", "released **no further details**"."""
    words = tree.words
    target = tree.child(verb, "dobj")
    if words[verb].lemma not in GIVING or target is None or target < verb or words[target].lemma not in DETAILS:
        return None
    if words[tree.left[target]].lemma != "no" or (words[verb].lemma == "make" and words[target].lemma != "mention"):
        return None
    able = any(words[c].lemma in {"can", "could"} for c in tree.kids(verb, "aux"))
    last = tree.right[target] + 1
    if last > target + 1:
        cue, content = (group_start(tree, verb), target + 1), (target + 1, last)
    else:
        cue, content = (group_start(tree, verb), verb + 1), (tree.left[target], last)
    return _kept(_said(tree, verb, cue, (content,), Act.DOES_NOT_KNOW if able else Act.DECLINES))


def _entered(tree: Tree, verb: int) -> Found | None:
    """Find "can’t get **into that**", "will not speak **to what they did**"."""
    words = tree.words
    after = next((c for c in tree.kids(verb, "prep", "advmod", "prt") if c == verb + 1), None)
    if after is None or (words[verb].lemma, words[after].lemma) not in ENTERING:
        return None
    above = words[verb].head if words[verb].dep == "xcomp" else verb
    withheld = negated(tree, above) and (
        above != verb
        or any(words[c].lemma in {"can", "could", "will", "would", "wo", "ca"} for c in tree.kids(verb, "aux"))
    )
    if not withheld:
        return None
    cue = (group_start(tree, above), verb + 1)
    return _kept(_said(tree, above, cue, ((verb + 1, tree.right[verb] + 1),), Act.DECLINES))


def _rights(tree: Tree, verb: int) -> Found | None:
    """Find "invoked **his right not to answer**", "exercised **her right to remain silent**"."""
    words = tree.words
    target = tree.child(verb, "dobj")
    if target is None or words[verb].lemma not in {"invoke", "exercise", "plead", "assert", "claim"}:
        return None
    phrase = {words[k].text.lower() for k in range(tree.left[target], tree.right[target] + 1)}
    fifth = bool(phrase & {"fifth", "5th"})
    silent = bool(phrase & {"silence", "silent", "counsel", "lawyer"}) or bool({"not"} & phrase)
    if words[target].lemma.lower() not in RIGHTS and not fifth:
        return None
    if not (silent or fifth):
        return None
    cue = (group_start(tree, verb), verb + 1)
    return _kept(_said(tree, verb, cue, (subtree(tree, target),), Act.DECLINES))


def _unreturned(tree: Tree, verb: int) -> Found | None:
    """Find "**calls to the station** were not returned", "**messages left for him** went unanswered"."""
    words = tree.words
    subject = tree.subject(verb)
    if subject is None or words[subject].lemma not in CALLS or subject > verb:
        return None
    if words[verb].lemma in {"return", "answer", "acknowledge"} and tree.passive(verb) and negated(tree, verb):
        cue = (group_start(tree, verb), verb + 1)
    else:
        adjective = tree.child(verb, "acomp", "oprd")
        if words[verb].lemma not in {"go", "remain"} or adjective is None:
            return None
        if words[adjective].text.lower() not in {"unanswered", "unreturned"}:
            return None
        cue = (group_start(tree, verb), adjective + 1)
    found = _said(tree, verb, cue, (subtree(tree, subject),), Act.DECLINES, source=subject)
    return Found(verb, found.cue, (), trimmed(tree, (subtree(tree, subject),)), Act.DECLINES, "silence")


def _unsaid(tree: Tree, verb: int) -> Found | None:
    """Find "withdrew **his statement**", "disclaimed **any knowledge of it**", "ruled out **a cover-up**"."""
    words = tree.words
    target = tree.child(verb, "dobj")
    if target is None or target < verb or negated(tree, verb):
        return None
    taken = words[verb].lemma in UNSAYING and words[target].lemma in CLAIMS
    if not taken and not (words[verb].lemma in {"brush", "wave", "shrug"} and words[target].lemma in CLAIMS):
        return None
    cue = (group_start(tree, verb), max(verb + 1, tree.left[target]))
    act = Act.ADMITS if words[verb].lemma in UNSAYING - DENYING else Act.DENIES
    return _kept(_said(tree, verb, cue, (subtree(tree, target),), act))


def _pushed_back(tree: Tree, verb: int) -> Found | None:
    """Find "pushed back on **the claim**", "took issue with **the findings**"."""
    words = tree.words
    if words[verb].lemma == "push":
        back = verb + 1 < len(words) and words[verb + 1].text.lower() == "back"
        after = next(
            (k for k in range(verb + 2, min(verb + 4, len(words))) if words[k].lemma in {"on", "against", "at"}), None
        )
        if not back or after is None:
            return None
    elif words[verb].lemma == "take":
        issue = tree.child(verb, "dobj")
        if issue is None or words[issue].lemma not in {"issue", "exception"}:
            return None
        after = _phrase(tree, issue, "with", "to") or _phrase(tree, verb, "with", "to")
        if after is None:
            return None
    else:
        return None
    inner = tree.child(after, "pobj", "pcomp")
    if inner is None:
        return None
    return _kept(_said(tree, verb, (group_start(tree, verb), after + 1), (subtree(tree, inner),), Act.DENIES))


def _not_guilty(tree: Tree, verb: int) -> Found | None:
    """Find "pleaded not guilty **to assault**"."""
    words = tree.words
    if words[verb].lemma != "plead" or [w.text.lower() for w in words[verb + 1 : verb + 3]] != ["not", "guilty"]:
        return None
    to = next((c for at in (verb + 2, verb) for c in tree.kids(at, "prep") if words[c].lemma == "to"), None)
    cue = (group_start(tree, verb), verb + 3)
    content = ((verb + 1, verb + 3),) if to is None else (subtree(tree, to),)
    return _kept(_said(tree, verb, (cue[0], verb + 1) if to is None else cue, content, Act.DENIES))


def _nobody(tree: Tree, verb: int) -> Found | None:
    """Find "no one could say **who fired**", "nobody knows **who fired**", "neither would say **why**"."""
    words = tree.words
    if not _none(tree, verb):
        return None
    modal = {words[c].lemma for c in tree.kids(verb, "aux")}
    if words[verb].lemma == "know":
        return made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW)
    if modal & {"would", "will"} and words[verb].lemma in SILENT:
        return made(tree, verb, group_start(tree, verb), verb, Act.DECLINES)
    if modal & {"can", "could"} and words[verb].lemma in SILENT | UNSURE:
        return made(tree, verb, group_start(tree, verb), verb, Act.DOES_NOT_KNOW)
    if words[verb].lemma in {"respond", "reply"} and about(tree, verb):
        return made(tree, verb, group_start(tree, verb), verb, Act.DECLINES)
    return None
