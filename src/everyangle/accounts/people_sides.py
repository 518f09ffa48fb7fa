"""Sides of those whom nothing ties to an organization: their own noun, what they saw, what they own or lead.

The last resort after titles, kinship and organizations (:mod:`everyangle.accounts.people_roles`). A side here always
stands in the words: a noun that the text calls someone by, or a clause that tells of it. Who is only named has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from everyangle.accounts.people_figures import Figure, Figures
from everyangle.accounts.people_words import CLASSES, COMMON, KIN, LAWYERS, NO_NAMES, PAPERS, POLICE, SIDES
from everyangle.core.accounts import Span, Statement

_LEADS = re.compile(
    r",? (?:\d{1,2}, )?who (?:also )?(?:owns|owned|runs|ran|manages|managed|heads|headed|leads|led|founded|chairs"
    r"|chaired|directs|represents|works (?:for|at)|worked (?:for|at)|speaks for)"
    r" (?:the |a |an |that )?(?P<what>[^,.;\n]{2,60})"
)
_LOOKED_ON = re.compile(
    r",? (?:\d{1,2}, )?(?:who|and) (?:\w+ ){0,2}?(?:live[sd]?|saw|watched|filmed|recorded|witnessed|heard|photographed"
    r"|was (?:\w+ )?(?:walking|driving|standing|passing|waiting|riding|sitting|shopping|sleeping|cycling|working"
    r"|queuing)"
    r"|happened to be)\b"
)
_SAW = re.compile(
    r"\b(?:I|[Ww]e)(?:’d|'d| had| just| only| also)? (?:saw|seen|heard|watched|filmed|counted|noticed"
    r"|looked out|looked up|was (?:walking|driving|standing|passing|waiting|sitting|sleeping)"
    r"|could (?:see|hear)|ran out|recorded)\b"
)
_SEEING = re.compile(r"\b(?:saw|seen|watched|filmed|counted|noticed|heard|witnessed|recorded)\b")
_BODY = re.compile(
    r"\b(?:the|its|their|our) (agency|company|department|council|union|force|firm|service|ministry|hospital|school"
    r"|district|city|county|university|college|prison|jail|contractor|court|commission|association|board|constabulary|charity)\b"
)
_NO_SIDES = (
    COMMON | PAPERS | NO_NAMES | {"others", "one", "ones", "some", "everyone", "everybody", "somebody", "someone"}
)
_NO_SIDES |= {"sides", "side", "anyone", "anybody", "others", "that", "which", "those", "these", "something"}
_NO_SIDES |= {"reason", "reasons", "correction", "corrections", "version", "versions", "article", "articles", "update"}


_KIN_OF = re.compile(
    r"(?:\b(?:his|her|His|Her)|(?<=[a-z])[’']s) (?:[\w-]+ ){0,2}?"
    rf"(?:{'|'.join(sorted(KIN - {'partner', 'nan'}, key=len, reverse=True))})\b"
)
_LAWYERS = "|".join(sorted(LAWYERS))
_CLIENT_OF = re.compile(rf"[’']s? (?:own |defen[cs]e |civil )?(?:{_LAWYERS})\b")
_LAWYER_FOR = re.compile(rf"\b(?:{_LAWYERS}),? (?:for|representing|acting for) (?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?$")
_FOR_WHOM = re.compile(
    r",? (?:who )?(?:appearing|acting|speaking|representing|represents|represented|appears|acts|acting as counsel)"
    r" (?:for |on behalf of )?(?P<what>[^,.;\n]{2,50})"
)
_OWN = {
    "owner": "witnesses",
    "owners": "witnesses",
    "garda": "gardaí",
    "gardaí": "gardaí",
    "man": "",
    "victim": "victims",
}


_NO_POLICE = {
    "guard",
    "agent",
    "investigator",
    "warden",
    "marshal",
    "captain",
    "commander",
    "major",
    "general",
    "chief",
}
"""Ranks that others than police have."""


def own_noun(noun: str) -> str:
    """Return the side that a noun for a speaker tells by itself, in lower case, or ""."""
    word = re.sub(r"[’']s?$", "", noun.lower())
    if word in _OWN:
        return _OWN[word]
    if word in SIDES:
        return SIDES[word]
    if word in POLICE - _NO_POLICE:
        return "police"
    return "" if word in _NO_SIDES or not word[:1].isalpha() or len(word) < 3 else word


def place(figures: Figures) -> None:
    """Give a document's persons without a party the side that a clause, their kin or the noun for them tells."""
    for match in _KIN_OF.finditer(figures.document.text):
        of = figures.nearest(match.start() + 1, figures.persons)
        if of is not None and of.party in {"", "witnesses"} and not of.role and match.start() - max(of.places) < 400:
            of.party = "family"
    _with_lawyers(figures)
    for each in figures.persons:
        if not each.party and each.places:
            each.party = _by_clause(figures, each) or _by_role(each)


def _with_lawyers(figures: Figures) -> None:
    """Put those for whom the text says that a lawyer speaks with their lawyer's side, the family."""
    text = figures.document.text
    for start, end, each in figures.mentions:
        if not each.is_person or each.party or each.titles & POLICE:
            continue
        if _CLIENT_OF.match(text, end) or _LAWYER_FOR.search(text, max(0, start - 60), start):
            each.party, each.tie = "family", Span(start, end)


def _by_clause(figures: Figures, figure: Figure) -> str:
    text = figures.document.text
    for start, end, each in figures.mentions:
        if each is not figure:
            continue
        client = _FOR_WHOM.match(text, end)
        if client is not None:
            return _named_in(figures, client.start("what"), client.end("what")) or own_noun(client["what"].split()[-1])
        leads = _LEADS.match(text, end)
        if leads is not None:
            named = _named_in(figures, leads.start("what"), leads.end("what"))
            if named:
                return named
            word = leads["what"].split()[-1].lower()
            found = figures.of_class(word, start) if word in CLASSES else None
            return found.party if found else own_noun(word)
        if _LOOKED_ON.match(text, end):
            return "witnesses"
    return ""


def _named_in(figures: Figures, start: int, end: int) -> str:
    return next((each.party for _, _, each in figures.within(start, end) if each.party), "")


def _by_role(figure: Figure) -> str:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", figure.role.lower())
    return own_noun(words[-1]) if words else ""


def looked_on(figure: Figure, statements: Iterable[Statement]) -> bool:
    """Whether a person without a party tells what he saw or heard himself.

    Args:
        figure: a person's, or none does.
        statements: all that the person says.
    """
    return figure.is_person and any(
        _SAW.search(one.content.text) or (one.cue is not None and _SEEING.search(one.cue.passage.text))
        for one in statements
    )


def nearest_body(text: str, before: int) -> str:
    """Return the common noun by which an organization was spoken of last before a place, or ""."""
    found = ""
    for match in _BODY.finditer(text, 0, before):
        found = match[1].lower()
    return found
